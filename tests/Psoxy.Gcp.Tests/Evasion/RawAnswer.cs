namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>One answer on a connection.</summary>
internal sealed record RawAnswer(int Status, ILookup<string, string> Headers, string Body)
{
    /// <summary>Whether the function gave it: the host's own have no header of ours.</summary>
    public bool IsOurs => Headers.Contains("X-Psoxy-Psoxy-Version");

    public string? Error => Headers["X-Psoxy-Error"].FirstOrDefault();

    public override string ToString() => $"{Status} {Error ?? (IsOurs ? "without X-Psoxy-Error" : "of the host")}";
}
