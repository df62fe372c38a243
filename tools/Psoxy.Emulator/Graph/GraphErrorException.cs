namespace Psoxy.Emulator.Graph;

/// <summary>Answered in Graph's shape.</summary>
internal sealed class GraphErrorException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    /// <summary>Where to begin again, when a mark has expired.</summary>
    public string? Location { get; init; }
}
