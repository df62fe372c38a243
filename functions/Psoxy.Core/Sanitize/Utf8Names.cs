namespace Psoxy.Core.Sanitize;

/// <summary>Compares property names by their unescaped UTF-8.</summary>
internal sealed class Utf8Names : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static readonly Utf8Names Instance = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

    // The tables hold the rules' own names only, so there is nobody to fear collisions from; length and three bytes tell names of Graph well apart.
    public int GetHashCode(ReadOnlySpan<byte> alternate) =>
        alternate.IsEmpty ? 0 : (alternate.Length << 24) ^ (alternate[0] << 16) ^ (alternate[alternate.Length / 2] << 8) ^ alternate[^1];
}
