using System.Runtime.CompilerServices;

namespace Psoxy.Core.Sanitize;

/// <summary>Copies what stays in ranges as long as they get: neighbours in the source that both stay are one copy.</summary>
internal sealed class SourceRun(OutputBuffer output)
{
    private int _start;
    private int _end;

    /// <summary>Starts on other bytes.</summary>
    public void Begin() => (_start, _end) = (0, 0);

    /// <summary>Bytes of the source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Copy(ReadOnlySpan<byte> source, int start, int length)
    {
        if (start != _end)
        {
            Flush(source);
            _start = start;
        }

        _end = start + length;
    }

    /// <summary>A byte that mostly stands in the source at this place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(ReadOnlySpan<byte> source, int at, byte expected)
    {
        if (at >= 0 && at < source.Length && source[at] == expected) Copy(source, at, 1);
        else Write(source, new ReadOnlySpan<byte>(in expected));
    }

    /// <summary>Bytes that are not the source's.</summary>
    public void Write(ReadOnlySpan<byte> source, ReadOnlySpan<byte> bytes)
    {
        Flush(source);
        output.Write(bytes);
    }

    /// <summary>Writes what has gathered.</summary>
    public void Flush(ReadOnlySpan<byte> source)
    {
        if (_end > _start) output.Write(source[_start.._end]);
        (_start, _end) = (0, 0);
    }
}
