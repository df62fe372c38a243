namespace Psoxy.Core.Sanitize;

/// <summary>A value whose bytes are gathered until it is whole, perhaps over several chunks.</summary>
internal sealed class HeldValue(int limit) : IDisposable
{
    private readonly HeldBytes _before = new(limit);
    private int _from;

    /// <summary>How it is treated; <c>null</c> while nothing is held.</summary>
    public PlanState? State { get; private set; }

    /// <summary>It begins at this place of the chunk.</summary>
    public void Begin(PlanState state, int at) => (State, _from) = (state, at);

    /// <summary>The chunk ends before it does; false if it is too large.</summary>
    public bool TryKeep(ReadOnlySpan<byte> chunk)
    {
        var kept = State is null || _before.TryAppend(chunk[_from..]);
        _from = 0;
        return kept;
    }

    /// <summary>All of its bytes, valid until <see cref="Clear"/>; false if it is too large.</summary>
    /// <param name="chunk">Up to its end.</param>
    /// <param name="json">Mostly a part of the chunk.</param>
    public bool TryComplete(ReadOnlySpan<byte> chunk, out ReadOnlySpan<byte> json)
    {
        json = chunk[_from..];
        if (_before.Span.IsEmpty) return json.Length <= limit;
        if (!_before.TryAppend(json)) return false;
        json = _before.Span;
        return true;
    }

    public void Clear()
    {
        State = null;
        _before.Dispose();
    }

    public void Dispose() => Clear();
}
