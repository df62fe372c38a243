using System.Buffers;

namespace Psoxy.Core.Sanitize;

/// <summary>Gathers bytes that must be seen whole before anything of them is written. Cleared when it is given back: it holds what has not been sanitized.</summary>
internal sealed class HeldBytes(int limit) : IDisposable
{
    private byte[] _bytes = [];
    private int _length;

    /// <summary>What has been gathered; valid until the next call.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <summary>How many.</summary>
    public int Length => _length;

    /// <summary>Adds bytes; false if they would be more than the limit.</summary>
    public bool TryAppend(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > limit - _length) return false;
        if (_length + bytes.Length > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + bytes.Length, (int)Math.Min(_bytes.Length * 2L, limit)));
            Span.CopyTo(larger);
            Return();
            _bytes = larger;
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        return true;
    }

    /// <summary>Forgets the first bytes.</summary>
    public void Forget(int count)
    {
        _bytes.AsSpan(count, _length - count).CopyTo(_bytes);
        _length -= count;
    }

    public void Dispose()
    {
        Return();
        (_bytes, _length) = ([], 0);
    }

    private void Return()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
    }
}
