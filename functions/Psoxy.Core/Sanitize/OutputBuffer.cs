using System.Buffers;

namespace Psoxy.Core.Sanitize;

/// <summary>Gathers the many small writes of a pass, so that the sink sees few large ones.</summary>
internal sealed class OutputBuffer(IBufferWriter<byte> sink, SanitizeReport report) : IBufferWriter<byte>, IDisposable
{
    private const int Capacity = 32 * 1024;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Capacity);
    private int _length;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _length)
        {
            Flush();
            if (bytes.Length > _buffer.Length)
            {
                report.BytesOut += bytes.Length;
                sink.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>A byte.</summary>
    public void Write(byte octet)
    {
        if (_length == _buffer.Length) Flush();
        _buffer[_length++] = octet;
    }

    public void Flush()
    {
        if (_length == 0) return;
        report.BytesOut += _length;
        sink.Write(_buffer.AsSpan(0, _length));
        _length = 0;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        (_buffer, _length) = ([], 0);
    }

    private void Reserve(int size)
    {
        if (_buffer.Length - _length >= Math.Max(size, 1)) return;
        Flush();
        if (_buffer.Length >= size) return;
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = ArrayPool<byte>.Shared.Rent(size);
    }
}
