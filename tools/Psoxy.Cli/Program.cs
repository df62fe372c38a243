using System.CommandLine;
using Psoxy.Cli.Demo;
using Psoxy.Cli.Deployment;
using Psoxy.Cli.Doctor;
using Psoxy.Cli.Entra;
using Psoxy.Cli.Pseudonyms;
using Psoxy.Cli.Rules;
using Psoxy.Cli.Smoke;

namespace Psoxy.Cli;

internal static class Program
{
    public static Task<int> Main(string[] args) => RunAsync(args, Console.Out, Console.Error);

    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, EntraContext? entra = null)
    {
        var root = new RootCommand("Psoxy.Gcp: a privacy proxy between Worklytics and Microsoft 365.")
        {
            ConfigCommand.Create(),
            DemoCommand.Create(),
            DoctorCommand.Create(entra),
            EntraCommand.Create(entra),
            InitCommand.Create(),
            PseudonymsCommand.Create(),
            RulesCommand.Create(),
            SmokeCommand.Create(),
            TodoCommand.Create(),
        };
        var parsed = root.Parse(args);
        var mistaken = parsed.CommandResult.Command is DifferenceCommand ? ExitCode.Failed : ExitCode.Usage;
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors) await error.WriteLineAsync($"psoxy: {problem.Message}");
            await error.WriteLineAsync($"Try 'psoxy {string.Concat(CommandPath(parsed.CommandResult.Command))}--help'.");
            return mistaken;
        }

        try
        {
            // Our own catch below, so that a user's mistake is a sentence and not a stack trace.
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (UsageException mistake)
        {
            await error.WriteLineAsync($"psoxy: {mistake.Message}");
            return mistaken;
        }
        catch (EntraException refused)
        {
            await error.WriteLineAsync($"psoxy: {refused.Message}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("psoxy: interrupted");
            return ExitCode.Failed;
        }
    }

    private static IEnumerable<string> CommandPath(Command command)
    {
        var names = new Stack<string>();
        for (Symbol? at = command; at is Command and not RootCommand; at = at.Parents.FirstOrDefault()) names.Push(at.Name);
        return names.Select(name => name + " ");
    }
}
