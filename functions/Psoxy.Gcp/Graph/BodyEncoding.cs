namespace Psoxy.Gcp.Graph;

/// <summary>How an answer's body is compressed.</summary>
internal enum BodyEncoding
{
    /// <summary>In a way that is not read here, or in several: a bomb in a bomb.</summary>
    Unknown = 0,

    /// <summary>Not at all.</summary>
    Identity,

    /// <summary>gzip.</summary>
    Gzip,

    /// <summary>Brotli.</summary>
    Brotli,
}

/// <summary>Reads the header and undoes the encoding. The handler's own decompression takes a stream that breaks off for a whole one.</summary>
internal static class BodyEncodings
{
    /// <summary>What may be sent to us.</summary>
    public const string Accepted = "gzip, br";

    /// <summary>Reads the values of Content-Encoding.</summary>
    public static BodyEncoding Read(string contentEncoding) => contentEncoding.Trim().ToLowerInvariant() switch
    {
        "" or "identity" => BodyEncoding.Identity,
        "gzip" or "x-gzip" => BodyEncoding.Gzip,
        "br" => BodyEncoding.Brotli,
        _ => BodyEncoding.Unknown,
    };

    /// <summary>The plain body; whoever reads it to the end has all of it, or an <see cref="InvalidDataException"/>.</summary>
    public static Stream Decode(this BodyEncoding encoding, Stream body) => encoding switch
    {
        BodyEncoding.Identity => body,
        BodyEncoding.Gzip => new GzipBody(body),
        BodyEncoding.Brotli => new BrotliBody(body),
        _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
    };
}
