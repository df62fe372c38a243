using System.CommandLine;

namespace Psoxy.Cli.Rules;

/// <summary><c>psoxy rules</c>: what a rules file means, without deploying anything.</summary>
internal static class RulesCommand
{
    public static Command Create() => new("rules", "Check, explain and try rules files.")
    {
        CheckCommand.Create(),
        DocsCommand.Create(),
        ExplainCommand.Create(),
        SanitizeCommand.Create(),
    };
}
