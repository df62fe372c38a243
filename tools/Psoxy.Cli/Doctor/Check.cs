using Psoxy.Cli.Doctor.Facts;

namespace Psoxy.Cli.Doctor;

/// <summary>A judgement over what was gathered. Asks nobody.</summary>
/// <param name="Name">What scripts know it by.</param>
/// <param name="Looks">What it looks at; for the table in docs/doctor.md.</param>
internal abstract record Check(string Name, string Looks);

/// <summary>One that is made once.</summary>
internal sealed record DeploymentCheck(string Name, string Looks, Func<DeploymentFacts, Verdict> Judge) : Check(Name, Looks);

/// <summary>One that is made for every connector.</summary>
internal sealed record ConnectorCheck(string Name, string Looks, Func<DeploymentFacts, ConnectorFacts, Verdict> Judge) : Check(Name, Looks);
