namespace Psoxy.Cli;

/// <summary>The user can mend this: the message says what is wrong and what to do. Ends the program with <see cref="ExitCode.Usage"/>.</summary>
internal sealed class UsageException(string message) : Exception(message);
