using System.Buffers.Binary;
using System.IO.Compression;

namespace Psoxy.Gcp.Graph;

/// <summary>
/// Undoes gzip. <see cref="GZipStream"/> ends quietly where its input breaks off, and passes over what follows, which may be a second member that is broken: both
/// would make a part look like the whole. A body must be one member (RFC 1952), whose last four bytes, the length of what it holds, are the body's last.
/// </summary>
internal sealed class GzipBody : PlainBody
{
    private readonly Tail _compressed;
    private readonly GZipStream _plain;
    private uint _length;

    public GzipBody(Stream compressed)
    {
        _compressed = new Tail(compressed);
        _plain = new GZipStream(_compressed, CompressionMode.Decompress);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _plain.ReadAsync(buffer, cancellationToken);
        _length = unchecked(_length + (uint)read);
        if (read == 0 && !buffer.IsEmpty && (await _compressed.ReadAsync(new byte[1], cancellationToken) > 0 || _compressed.LastNumber != _length))
            throw new InvalidDataException("not one whole gzip member");
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _plain.Dispose();
        base.Dispose(disposing);
    }

    // Remembers the last four bytes.
    private sealed class Tail(Stream source) : PlainBody
    {
        private readonly byte[] _last = new byte[sizeof(uint)];
        private bool _isEmpty = true;

        /// <summary><c>null</c> where nothing has come.</summary>
        public uint? LastNumber => _isEmpty ? null : BinaryPrimitives.ReadUInt32LittleEndian(_last);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await source.ReadAsync(buffer, cancellationToken);
            var seen = buffer.Span[..read];
            if (read >= _last.Length) seen[^_last.Length..].CopyTo(_last);
            else
            {
                _last.AsSpan(read).CopyTo(_last);
                seen.CopyTo(_last.AsSpan(_last.Length - read));
            }

            _isEmpty &= read == 0;
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) source.Dispose();
            base.Dispose(disposing);
        }
    }
}
