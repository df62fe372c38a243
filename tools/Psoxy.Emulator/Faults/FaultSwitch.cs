namespace Psoxy.Emulator.Faults;

/// <summary>Switches one dependency's faults on and off, while it runs.</summary>
public sealed class FaultSwitch
{
    private readonly Lock _lock = new();
    private FaultKind _kind;
    private int _left;
    private int _afterBytes;
    private int _begun;
    private int _abandoned;

    /// <summary>Time between two bytes of what dribbles.</summary>
    public TimeSpan Pace { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The last body that a fault sent, its beginning; what a leak would be made of.</summary>
    public string? Sent { get; internal set; }

    /// <summary>Requests that have come in.</summary>
    public int Begun => Volatile.Read(ref _begun);

    /// <summary>Of them, those whose caller went away before the end.</summary>
    public int Abandoned => Volatile.Read(ref _abandoned);

    /// <summary>The connections there are when a fault of connections begins must break, else it would not be seen.</summary>
    internal event Action? Breaking;

    /// <summary>From now on, for so many requests, or until it is cleared.</summary>
    /// <param name="kind">What goes wrong.</param>
    /// <param name="times">For how many requests or connections.</param>
    /// <param name="afterBytes">Bytes of the true, uncompressed answer that go out before a fault of bodies; with 0 it is the whole answer's, and a cut is in its middle.</param>
    public void Set(FaultKind kind, int times = int.MaxValue, int afterBytes = 0)
    {
        lock (_lock) (_kind, _left, _afterBytes) = (kind, times, afterBytes);
        if (kind.IsOfConnections()) Breaking?.Invoke();
    }

    /// <summary>For how many more requests.</summary>
    public int Left
    {
        get { lock (_lock) return _left; }
    }

    /// <summary>What throttled and unavailable answers say of when to come back; <c>null</c> leaves it out.</summary>
    public string? RetryAfter { get; set; } = "7";

    /// <summary>All is well again.</summary>
    public void Clear()
    {
        // What was connected under the fault is not fit for use: with a wrong certificate for one.
        var wasOfConnections = false;
        lock (_lock) wasOfConnections = _kind.IsOfConnections();
        Set(FaultKind.None);
        if (wasOfConnections) Breaking?.Invoke();
    }

    /// <summary>The fault of the request that comes in now.</summary>
    internal (FaultKind Kind, int AfterBytes) Take() => Take(ofConnections: false);

    /// <summary>The fault of the connection that is made now.</summary>
    internal FaultKind TakeConnection() => Take(ofConnections: true).Kind;

    internal void Begin() => Interlocked.Increment(ref _begun);

    internal void Abandon() => Interlocked.Increment(ref _abandoned);

    private (FaultKind Kind, int AfterBytes) Take(bool ofConnections)
    {
        lock (_lock)
        {
            if (_kind == FaultKind.None || _kind.IsOfConnections() != ofConnections || _left <= 0) return default;
            _left--;
            return (_kind, _afterBytes);
        }
    }
}
