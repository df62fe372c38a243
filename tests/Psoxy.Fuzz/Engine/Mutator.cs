using System.Globalization;
using System.Text;

namespace Psoxy.Fuzz.Engine;

/// <summary>Damages inputs: bytes, ranges, words of the target and pieces of other inputs. The same seed does the same.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> words, int maxLength)
{
    private static readonly byte[] Interesting = [0, 9, 10, 13, 32, 34, 35, 37, 39, 40, 41, 44, 46, 47, 58, 59, 64, 91, 92, 93, 95, 123, 125, 126, 127, 128, 0xBF,
        0xC0, 0xE2, 0xED, 0xEF, 0xF4, 0xFF];

    public Random Random { get; } = random;

    public byte[] Mutate(byte[] input, byte[] other)
    {
        var bytes = new List<byte>(input);
        for (var count = 1 << Random.Next(4); count > 0; count--) Once(bytes, other);
        if (bytes.Count > maxLength) bytes.RemoveRange(maxLength, bytes.Count - maxLength);
        return [.. bytes];
    }

    /// <summary>One of the choices, each as likely.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Random.Next(choices.Count)];

    private void Once(List<byte> bytes, byte[] other)
    {
        var at = Random.Next(bytes.Count + 1);
        var inside = Math.Min(at, bytes.Count - 1);
        switch (Random.Next(12))
        {
            case 0 when inside >= 0:
                bytes[inside] ^= (byte)(1 << Random.Next(8));
                break;
            case 1 when inside >= 0:
                bytes[inside] = Pick(Interesting);
                break;
            case 2:
                bytes.Insert(at, Random.Next(2) == 0 ? Pick(Interesting) : (byte)Random.Next(256));
                break;
            case 3:
                bytes.RemoveRange(at, Length(bytes.Count - at));
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, Length(bytes.Count - at)));
                break;
            case 5:
                Repeat(bytes, at);
                break;
            case 6:
                var from = Random.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, Length(other.Length - from)));
                break;
            case 7 when inside >= 0:
                Escape(bytes, inside);
                break;
            case 8:
                var length = Length(bytes.Count - at);
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, Pick(words));
                break;
            case 9 when inside >= 0 && char.IsAsciiLetter((char)bytes[inside]):
                bytes[inside] ^= 0x20;
                break;
            default:
                bytes.InsertRange(at, Pick(words));
                break;
        }
    }

    // Mostly short, now and then all there is.
    private int Length(int most) => Random.Next(Math.Min(most, Random.Next(8) == 0 ? most : 12) + 1);

    // Nesting and long runs are where recursion and quadratic work show.
    private void Repeat(List<byte> bytes, int at)
    {
        var piece = bytes.GetRange(at, Math.Min(bytes.Count - at, 1 + Random.Next(6)));
        for (var times = 1 << Random.Next(9); times > 0 && bytes.Count < maxLength; times--) bytes.InsertRange(at, piece);
    }

    private void Escape(List<byte> bytes, int at)
    {
        var octet = bytes[at];
        bytes.RemoveAt(at);
        var prefix = Random.Next(2) == 0 ? "%" : "\\u00";
        bytes.InsertRange(at, Encoding.ASCII.GetBytes(prefix + octet.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
