using System.CommandLine;

namespace Psoxy.Cli.Entra;

/// <summary><c>psoxy entra</c>: the connector's application in the Entra tenant.</summary>
internal static class EntraCommand
{
    public static Command Create() => new("entra", "What Entra says, and what a connector needs of it.")
    {
        ErrorsCommand.Create(),
        ExplainErrorCommand.Create(),
    };
}
