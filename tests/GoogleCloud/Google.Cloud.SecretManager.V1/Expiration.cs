namespace Google.Api.Gax;

/// <summary>When a call is given up.</summary>
public sealed class Expiration
{
    private Expiration(TimeSpan timeout) => Timeout = timeout;

    /// <summary>Time from the beginning of the call.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>A time from the beginning of the call.</summary>
    /// <param name="timeout">Positive.</param>
    public static Expiration FromTimeout(TimeSpan timeout) => new(timeout);
}
