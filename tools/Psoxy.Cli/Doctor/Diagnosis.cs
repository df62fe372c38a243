using Psoxy.Cli.Doctor.Facts;

namespace Psoxy.Cli.Doctor;

/// <summary>All checks over what was gathered.</summary>
internal static class Diagnosis
{
    public static IReadOnlyList<Finding> Of(DeploymentFacts facts) =>
    [
        .. CheckCatalog.OfDeployment.Select(check => new Finding(null, check, check.Judge(facts))),
        .. facts.Connectors.SelectMany(connector => CheckCatalog.OfConnector.Select(check => new Finding(connector.Settings.Connector.Id, check, check.Judge(facts, connector)))),
    ];
}
