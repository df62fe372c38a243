using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra;

/// <summary>A connector's plan.</summary>
/// <param name="Connector">Whose.</param>
/// <param name="Wanted">What should be.</param>
/// <param name="Actual">What is; <c>null</c> where there is no application.</param>
/// <param name="Findings">The differences.</param>
/// <param name="Missing">Why the service account is not known; <c>null</c> where it is.</param>
internal sealed record PlannedApplication(ConnectorSettings Connector, WantedApplication Wanted, TenantApplication? Actual, IReadOnlyList<Finding> Findings, string? Missing)
{
    public int Changes => Findings.Count(finding => finding.Step is not null);

    public int Warnings => Findings.Count - Changes;
}
