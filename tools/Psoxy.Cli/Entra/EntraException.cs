namespace Psoxy.Cli.Entra;

/// <summary>Entra cannot or will not: the message says what was wanted, what was answered and what to do. Ends the program with <see cref="ExitCode.Failed"/>.</summary>
internal sealed class EntraException(string message) : Exception(message);
