using System.Buffers;

namespace Psoxy.Benchmarks;

/// <summary>Counts and forgets.</summary>
internal sealed class CountingSink : IBufferWriter<byte>
{
    private byte[] _buffer = new byte[64 * 1024];

    public long Count { get; private set; }

    public void Advance(int count) => Count += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => Grown(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => Grown(sizeHint);

    private byte[] Grown(int size) => _buffer.Length >= size ? _buffer : _buffer = new byte[size];
}
