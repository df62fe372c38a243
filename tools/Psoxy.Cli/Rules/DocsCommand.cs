using System.CommandLine;
using Psoxy.Classification;
using Psoxy.Classification.Docs;
using Psoxy.Core.Connectors;

namespace Psoxy.Cli.Rules;

/// <summary><c>psoxy rules docs</c>: the page of all connectors, from the data that tests hold to the rules and to Graph's model.</summary>
internal static class DocsCommand
{
    public static Command Create()
    {
        var file = new Option<string?>("--out") { Description = "Where to write; standard output if not given.", HelpName = "FILE" };
        var command = new Command("docs", "Write the page of all connectors in Markdown: docs/connectors.md.") { file };
        command.SetAction(parsed => Run(parsed.GetValue(file), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string? file, TextWriter output)
    {
        var page = ConnectorPage.Write(GraphClassification.Read(), ConnectorCatalog.All);
        if (file is null) output.Write(page);
        else PageFile.Write(file, page);
        return ExitCode.Ok;
    }
}
