using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Smoke;

/// <summary>One function of a hand-over.</summary>
/// <param name="Connector">Whose.</param>
/// <param name="Address">Where it is called.</param>
/// <param name="Health">What it says of itself.</param>
internal sealed record HandOverEntry(ConnectorSettings Connector, string Address, HealthReport Health);
