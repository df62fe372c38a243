using System.CommandLine;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra;

/// <summary><c>psoxy entra consent</c>: what an administrator has to do, and whether it is done.</summary>
internal static class ConsentCommand
{
    public static Command Create(EntraOptions options)
    {
        var connectors = SettingsSource.ConnectorsOption();
        var check = new Option<bool>("--check") { Description = "Say whether exactly what is needed is granted. Exit code 0 yes, 2 no." };
        var file = new Option<string?>("--out") { Description = "Where to write; standard output if not given.", HelpName = "FILE" };
        var command = new DifferenceCommand("consent", "Write for the administrator who consents: links, each permission with its reason, and further commands. Markdown.") { connectors, check, file, options.Config, options.Auth };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async session =>
        {
            var subjects = new List<ConsentSubject>();
            foreach (var connector in SettingsSource.Choose(session.Settings, parsed.GetRequiredValue(connectors)))
            {
                var wanted = WantedApplication.Of(session.Settings, connector, session.Permissions, connector.Subject, []);
                var actual = await session.FindAsync(connector, cancellation) ?? throw new EntraException($"{connector.Connector.Id} has no application yet: 'psoxy entra apply' makes it.");
                var (missing, excess) = Consent.Of(wanted, actual, session.Permissions);
                subjects.Add(new(connector.Connector, actual, [.. connector.Connector.Permissions.Where(permission => wanted.Permissions.ContainsKey(permission.Name))], missing, excess));
            }

            if (parsed.GetValue(check)) return Check(session, subjects);
            Write(parsed.GetValue(file), new ConsentDocument(session.Settings, session.Permissions, session.Api.Root).Write(subjects), session.Output);
            return ExitCode.Ok;
        }, cancellation));
        return command;
    }

    private static int Check(EntraSession session, List<ConsentSubject> subjects)
    {
        foreach (var (connector, _, _, missing, excess) in subjects)
        {
            foreach (var name in missing) session.Output.WriteLine($"{connector.Id}: {name} is not granted");
            foreach (var grant in excess) session.Output.WriteLine($"{connector.Id}: {Consent.Name(grant, session.Permissions)} is granted, and not needed");
            if (missing.Count + excess.Count == 0) session.Output.WriteLine($"{connector.Id}: exactly what is needed is granted");
        }

        return subjects.TrueForAll(subject => subject.Missing.Count + subject.Excess.Count == 0) ? ExitCode.Ok : ExitCode.Differs;
    }

    private static void Write(string? file, string text, TextWriter output)
    {
        if (file is null)
        {
            output.Write(text);
            return;
        }

        PageFile.Write(file, text);
        output.WriteLine($"{file} is written: hand it to a Privileged Role Administrator.");
    }
}
