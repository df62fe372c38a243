namespace Google.Api.Gax;

/// <summary>When a call is given up, retries included.</summary>
public sealed class Expiration
{
    private Expiration(ExpirationType type, TimeSpan? timeout, DateTime? deadline) => (Type, Timeout, Deadline) = (type, timeout, deadline);

    /// <summary>Never.</summary>
    public static Expiration None { get; } = new(ExpirationType.None, null, null);

    /// <summary>Which of the two limits is set.</summary>
    public ExpirationType Type { get; }

    /// <summary>Time from the beginning of the call; null where the limit is another one.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>A moment; null where the limit is another one.</summary>
    public DateTime? Deadline { get; }

    /// <summary>A limit relative to the beginning of the call.</summary>
    public static Expiration FromTimeout(TimeSpan timeout) => new(ExpirationType.Timeout, timeout, null);

    /// <summary>A limit at a moment, in UTC.</summary>
    public static Expiration FromDeadline(DateTime deadline) => new(ExpirationType.Deadline, null, deadline);

    /// <summary>The moment that this means for a call that begins now, in UTC; null for never.</summary>
    internal DateTime? At(DateTime now) => Timeout is { } timeout ? now + timeout : Deadline;
}

/// <summary>Kinds of <see cref="Expiration"/>.</summary>
public enum ExpirationType
{
    /// <summary>No limit.</summary>
    None = 1,

    /// <summary>A time from the beginning of the call.</summary>
    Timeout = 2,

    /// <summary>A moment.</summary>
    Deadline = 3,
}
