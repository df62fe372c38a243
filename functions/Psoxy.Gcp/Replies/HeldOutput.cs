using System.Buffers;
using System.Diagnostics;

namespace Psoxy.Gcp.Replies;

/// <summary>What is held back of an answer, in rented memory: one that is made anew for every request costs more than what is written to it.</summary>
internal sealed class HeldOutput : IBufferWriter<byte>, IDisposable
{
    private const int Initial = 16 * 1024;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Initial);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Advance(int count)
    {
        Debug.Assert(count >= 0 && count <= _bytes.Length - Length, "more than was lent");
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Gives the memory back, without what stood there: others rent it.</summary>
    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        Length = 0;
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
    }

    private void Grow(int sizeHint)
    {
        var free = Math.Max(sizeHint, 1);
        if (_bytes.Length - Length >= free) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + free, (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
        _bytes = larger;
    }
}
