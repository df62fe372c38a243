using System.CommandLine;

namespace Psoxy.Cli;

/// <summary>A command whose exit code 2 says that something differs (<see cref="ExitCode.Differs"/>), so that a mistake in calling it must be another: 1.</summary>
internal sealed class DifferenceCommand(string name, string description) : Command(name, description);
