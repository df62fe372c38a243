namespace Psoxy.Cli.Doctor;

/// <summary>A check's verdict.</summary>
/// <param name="Connector">For which connector it was made; <c>null</c> for all.</param>
/// <param name="Check">Which.</param>
/// <param name="Verdict">What it found.</param>
internal sealed record Finding(string? Connector, Check Check, Verdict Verdict);
