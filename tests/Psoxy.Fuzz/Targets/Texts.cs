using System.Numerics;
using System.Text;

namespace Psoxy.Fuzz.Targets;

/// <summary>Small things that targets share.</summary>
internal static class Texts
{
    public static byte[][] Words(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Where a size stands on a coarse scale, for signatures.</summary>
    public static int Bucket(long size) => BitOperations.Log2((ulong)size + 1);

    /// <summary>The same in every process, unlike <see cref="object.GetHashCode"/>.</summary>
    public static int StableHash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var octet in bytes) hash = unchecked((hash ^ octet) * 16777619u);
        return (int)(hash & int.MaxValue);
    }

    /// <summary>Lines as an editor counts them, whichever of YAML's line ends they have.</summary>
    public static int Lines(ReadOnlySpan<byte> utf8)
    {
        var lines = 1;
        foreach (var c in Encoding.UTF8.GetString(utf8)) lines += c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029' ? 1 : 0;
        return lines;
    }
}
