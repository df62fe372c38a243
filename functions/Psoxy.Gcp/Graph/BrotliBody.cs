using System.Buffers;
using System.IO.Compression;

namespace Psoxy.Gcp.Graph;

/// <summary>Undoes Brotli; an end before the stream's own, or something behind that, is a fault (<see cref="BrotliStream"/> tells neither).</summary>
internal sealed class BrotliBody(Stream compressed) : PlainBody
{
    private byte[] _input = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private BrotliDecoder _decoder;
    private int _from;
    private int _to;
    private bool _isDone;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            if (!_isDone)
            {
                var status = _decoder.Decompress(_input.AsSpan(_from, _to - _from), buffer.Span, out var consumed, out var written);
                _from += consumed;
                _isDone = status == OperationStatus.Done;
                if (status == OperationStatus.InvalidData) throw new InvalidDataException("not Brotli");
                if (written > 0) return written;
            }

            if (_isDone && _from < _to) throw new InvalidDataException("something behind the end of the Brotli stream");
            if (!await FillAsync(cancellationToken)) return _isDone ? 0 : throw new InvalidDataException("a Brotli stream that breaks off");
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            var input = _input;
            _input = [];
            if (input.Length > 0) ArrayPool<byte>.Shared.Return(input, clearArray: true);
            _decoder.Dispose();
            compressed.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _input.AsSpan(_from, _to - _from).CopyTo(_input);
        (_from, _to) = (0, _to - _from);
        var read = await compressed.ReadAsync(_input.AsMemory(_to), cancellationToken);
        _to += read;
        return read > 0;
    }
}
