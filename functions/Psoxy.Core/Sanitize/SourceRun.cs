using System.Runtime.CompilerServices;

namespace Psoxy.Core.Sanitize;

/// <summary>
/// Writes what stays of some bytes, in ranges as long as they get: neighbours in the source that both stay are one copy. Sees to commas and to names, which
/// are not written before their value is known to stay.
/// </summary>
/// <param name="source">The bytes at hand.</param>
/// <param name="output">Where it goes.</param>
/// <param name="keptName">A name whose value had not come when the bytes before these ended; empty if there is none.</param>
internal ref struct SourceRun(ReadOnlySpan<byte> source, OutputBuffer output, ReadOnlySpan<byte> keptName)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private readonly ReadOnlySpan<byte> _keptName = keptName;
    private int _start;
    private int _end;
    private int _nameStart = -1;
    private int _nameLength;

    /// <summary>The bytes at hand.</summary>
    public readonly ReadOnlySpan<byte> Source => _source;

    /// <summary>The name whose value has not been written, quotes included.</summary>
    public readonly ReadOnlySpan<byte> Name => _nameStart < 0 ? _keptName : _source.Slice(_nameStart, _nameLength);

    /// <summary>The next value's name stands here, quotes included.</summary>
    public void BeginMember(int at, int length) => (_nameStart, _nameLength) = (at, length);

    /// <summary>A value, or the beginning of one, that stays as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(ref SanitizerFrame frame, int at, int length)
    {
        // Without white space the comma, the name and the colon stand right before it, and the run goes on over all of them.
        var from = at;
        if (frame.IsObject)
        {
            from = frame.HasMembers ? _nameStart - 1 : _nameStart;
            if (from < 0 || _nameStart + _nameLength != at - 1 || _source[at - 1] != ':' || (frame.HasMembers && _source[from] != ',')) from = -1;
        }
        else if (frame.HasMembers)
        {
            from = at > 0 && _source[at - 1] == ',' ? at - 1 : -1;
        }

        if (from < 0)
        {
            Begin(ref frame);
            from = at;
        }
        else frame.HasMembers = frame.IsInside;

        Copy(from, at + length - from);
    }

    /// <summary>A value that is not the source's; empty if the caller writes it.</summary>
    public void Write(ref SanitizerFrame frame, ReadOnlySpan<byte> json)
    {
        Begin(ref frame);
        output.Write(json);
    }

    /// <summary>Bytes of the source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Copy(int start, int length)
    {
        if (start != _end)
        {
            Flush();
            _start = start;
        }

        _end = start + length;
    }

    /// <summary>Writes what has gathered.</summary>
    public void Flush()
    {
        if (_end > _start) output.Write(_source[_start.._end]);
        (_start, _end) = (0, 0);
    }

    // The comma and the name that go before a value.
    private void Begin(ref SanitizerFrame frame)
    {
        Flush();
        if (frame.HasMembers) output.Write((byte)',');
        frame.HasMembers = frame.IsInside;
        if (!frame.IsObject) return;
        output.Write(Name);
        output.Write((byte)':');
    }
}
