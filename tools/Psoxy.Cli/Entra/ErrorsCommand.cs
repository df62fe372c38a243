using System.CommandLine;

namespace Psoxy.Cli.Entra;

/// <summary><c>psoxy entra errors</c>: the page of Entra's errors.</summary>
internal static class ErrorsCommand
{
    public static Command Create()
    {
        var file = new Option<string?>("--out") { Description = "Where to write; standard output if not given.", HelpName = "FILE" };
        var command = new Command("errors", "Write the page of Entra's errors in Markdown: docs/entra-errors.md.") { file };
        command.SetAction(parsed => Run(parsed.GetValue(file), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string? file, TextWriter output)
    {
        if (file is null) output.Write(ErrorsPage.Write());
        else PageFile.Write(file, ErrorsPage.Write());
        return ExitCode.Ok;
    }
}
