using System.CommandLine;

namespace Psoxy.Cli.Pseudonyms;

/// <summary><c>psoxy pseudonyms</c>: what two deployments make of the same people.</summary>
internal static class PseudonymsCommand
{
    public static Command Create() => new("pseudonyms", "Look at pseudonyms without seeing whom they stand for.") { CompareCommand.Create() };
}
