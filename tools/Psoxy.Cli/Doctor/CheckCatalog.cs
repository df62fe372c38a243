using Psoxy.Cli.Doctor.Checks;

namespace Psoxy.Cli.Doctor;

/// <summary>All checks, in the order in which things depend on each other: from the engineer's tools to a row of data.</summary>
internal static class CheckCatalog
{
    public static IReadOnlyList<DeploymentCheck> OfDeployment { get; } = [.. ProjectChecks.All, .. SecretChecks.All, TenantChecks.SignedIn];

    public static IReadOnlyList<ConnectorCheck> OfConnector { get; } = [.. AccountChecks.All, .. FunctionChecks.All, .. CallerChecks.All, .. TenantChecks.All, .. LiveChecks.All];
}
