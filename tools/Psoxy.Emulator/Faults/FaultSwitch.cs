namespace Psoxy.Emulator.Faults;

/// <summary>Switches one dependency's faults on and off, while it runs.</summary>
public sealed class FaultSwitch
{
    private readonly Lock _lock = new();
    private FaultKind _kind;
    private int _left;

    /// <summary>From now on, for so many requests, or until it is cleared.</summary>
    /// <param name="kind">What goes wrong.</param>
    /// <param name="times">For how many requests.</param>
    public void Set(FaultKind kind, int times = int.MaxValue)
    {
        lock (_lock) (_kind, _left) = (kind, times);
    }

    /// <summary>For how many more requests.</summary>
    public int Left
    {
        get { lock (_lock) return _left; }
    }

    /// <summary>What throttled and unavailable answers say of when to come back; <c>null</c> leaves it out.</summary>
    public string? RetryAfter { get; set; } = "7";

    /// <summary>All is well again.</summary>
    public void Clear() => Set(FaultKind.None);

    /// <summary>The fault of the request that comes in now.</summary>
    internal FaultKind Take()
    {
        lock (_lock)
        {
            if (_kind == FaultKind.None || _kind == FaultKind.Refuse || _left <= 0) return FaultKind.None;
            _left--;
            return _kind;
        }
    }

    /// <summary>Whether the connection that is made now is refused.</summary>
    internal bool TakeRefusal()
    {
        lock (_lock)
        {
            if (_kind != FaultKind.Refuse || _left <= 0) return false;
            _left--;
            return true;
        }
    }
}
