using System.CommandLine;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Smoke;

/// <summary><c>psoxy todo</c>: what whoever calls the functions must know, and what they should try.</summary>
internal static class TodoCommand
{
    public static Command Create()
    {
        var config = SettingsSource.Option();
        var connectors = SettingsSource.ConnectorsOption();
        var file = new Option<string?>("--out") { Description = "Write it there, not to standard output.", HelpName = "FILE" };
        var command = new Command("todo", "Write the hand-over for the caller, in Markdown: addresses, fingerprints, requests to try. Nothing in it is secret. Asks the functions as 'psoxy smoke' does.") { connectors, file, config };
        command.SetAction(async (parsed, cancellation) =>
        {
            var io = parsed.InvocationConfiguration;
            if (SettingsSource.Read(parsed.GetRequiredValue(config), io.Error) is not { } settings) return ExitCode.InvalidFile;
            var entries = new List<HandOverEntry>();
            foreach (var connector in SettingsSource.Choose(settings, parsed.GetRequiredValue(connectors)))
            {
                using var caller = new FunctionCaller(settings, connector);
                var health = await caller.CallAsync("""{"healthCheck":true}""", cancellation);
                if (!health.IsSuccess || HealthReport.Read(health.Body) is not { SaltFingerprint: not null } report)
                {
                    io.Error.WriteLine($"psoxy: {settings.NameOf(connector)} is not well, so that there is nothing to hand over yet: './deploy.sh smoke' says why. {health.Problem}".TrimEnd());
                    return ExitCode.Failed;
                }

                entries.Add(new(connector, await caller.AddressAsync(cancellation), report));
            }

            var text = HandOver.Write(settings, entries);
            if (parsed.GetValue(file) is not { } path)
            {
                io.Output.Write(text);
                return ExitCode.Ok;
            }

            PageFile.Write(path, text);
            io.Output.WriteLine($"{path} is written: send it to whoever calls. Nothing in it is secret.");
            return ExitCode.Ok;
        });
        return command;
    }
}
