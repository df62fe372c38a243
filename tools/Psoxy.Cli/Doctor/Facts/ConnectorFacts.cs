using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Doctor.Facts;

/// <summary>What was gathered of one connector.</summary>
internal sealed record ConnectorFacts
{
    public required ConnectorSettings Settings { get; init; }

    public required Fact<Account> Account { get; init; }

    /// <summary>Who may call its function.</summary>
    public required Fact<Policy> Invokers { get; init; }

    public required Fact<Registration> Application { get; init; }

    public required Fact<Health> Health { get; init; }
}
