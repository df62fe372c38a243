using System.IO.Compression;

namespace Psoxy.Gcp.Tests.Replies;

/// <summary>Compressed bodies, whole and broken.</summary>
internal static class Compressed
{
    public static byte[] Gzip(byte[] plain) => With(plain, stream => new GZipStream(stream, CompressionLevel.Fastest));

    public static byte[] Brotli(byte[] plain) => With(plain, stream => new BrotliStream(stream, CompressionLevel.Fastest));

    public static byte[] Deflate(byte[] plain) => With(plain, stream => new ZLibStream(stream, CompressionLevel.Fastest));

    public static byte[] Encode(string encoding, byte[] plain) => encoding switch { "gzip" => Gzip(plain), "br" => Brotli(plain), "deflate" => Deflate(plain), _ => plain };

    public static byte[] Decode(string? encoding, byte[] coded)
    {
        using var source = new MemoryStream(coded);
        using Stream stream = encoding switch { "gzip" => new GZipStream(source, CompressionMode.Decompress), "br" => new BrotliStream(source, CompressionMode.Decompress), _ => source };
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>A gzip stream that has begun, and a block that goes on with a mebibyte of blanks and may follow any number of times: ten thousand are 10 GB in 10 MB.</summary>
    public static (byte[] Start, byte[] Mebibyte) Bomb(string start)
    {
        // Behind a flush a block begins at a byte and, as the first of its stream, looks back at nothing before it.
        var head = Flushed(System.Text.Encoding.UTF8.GetBytes(start));
        var blanks = new byte[1 << 20];
        blanks.AsSpan().Fill((byte)' ');
        return ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, .. head], Flushed(blanks));
    }

    private static byte[] Flushed(byte[] plain)
    {
        using var target = new MemoryStream();
        using var deflate = new DeflateStream(target, CompressionLevel.SmallestSize);
        deflate.Write(plain);
        deflate.Flush();
        return target.ToArray();
    }

    private static byte[] With(byte[] plain, Func<Stream, Stream> open)
    {
        using var target = new MemoryStream();
        using (var stream = open(target)) stream.Write(plain);
        return target.ToArray();
    }
}
