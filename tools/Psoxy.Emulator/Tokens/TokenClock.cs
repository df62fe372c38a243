namespace Psoxy.Emulator.Tokens;

/// <summary>By which clock tokens are made and how long they are good. A function's own clock cannot be moved, so Google's and Entra's are.</summary>
/// <param name="graphTokenSeconds">Seconds for which Graph tokens are good.</param>
public sealed class TokenClock(int graphTokenSeconds)
{
    /// <summary>How far the metadata server's clock is ahead of the function's.</summary>
    public TimeSpan GoogleIsAhead { get; set; }

    /// <summary>How far Entra's clock is ahead of the function's.</summary>
    public TimeSpan EntraIsAhead { get; set; }

    /// <summary>Seconds for which identity tokens are good.</summary>
    public int IdentityTokenSeconds { get; set; } = 3600;

    /// <summary>Seconds for which Graph tokens are good.</summary>
    public int GraphTokenSeconds { get; set; } = graphTokenSeconds;

    /// <summary>What Entra says of it; the truth where <c>null</c>.</summary>
    public long? ExpiresIn { get; set; }
}
