using System.Text.RegularExpressions;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>One answer on a connection.</summary>
internal sealed partial record RawAnswer(int Status, ILookup<string, string> Headers, string Body)
{
    /// <summary>Whether the function gave it: the host's own have no header of ours.</summary>
    public bool IsOurs => Headers.Contains("X-Psoxy-Psoxy-Version");

    public string? Error => Headers["X-Psoxy-Error"].FirstOrDefault();

    /// <summary>Of an error with a body, the name of its log line.</summary>
    public string? CorrelationId => Named().Match(Body) is { Success: true } match ? match.Groups[1].Value : null;

    public override string ToString() => $"{Status} {Error ?? (IsOurs ? "without X-Psoxy-Error" : "of the host")}";

    [GeneratedRegex("\"correlationId\":\"([0-9a-f-]+)\"")]
    private static partial Regex Named();
}
