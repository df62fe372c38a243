using System.CommandLine;
using Psoxy.Cli.Rules.Review;

namespace Psoxy.Cli.Rules;

/// <summary><c>psoxy rules</c>: what a rules file means, without deploying anything.</summary>
internal static class RulesCommand
{
    public static Command Create() => new("rules", "Check, explain and try rules files.")
    {
        CheckCommand.Create(),
        DocsCommand.Create(),
        ExplainCommand.Create(),
        ReviewCommand.Create(),
        SanitizeCommand.Create(),
    };
}
