using System.Text.Unicode;

namespace Psoxy.Core.Sanitize;

/// <summary>Checks UTF-8 that comes in chunks, which may cut characters.</summary>
internal struct Utf8Validator
{
    private const int MaxCharacter = 4;
    private uint _cut;
    private int _cutLength;

    /// <summary>Whether the input so far ends with a whole character.</summary>
    public readonly bool IsWhole => _cutLength == 0;

    /// <summary>Takes the next bytes; false if they, or what was cut before them, are not UTF-8.</summary>
    public bool Accept(ReadOnlySpan<byte> utf8)
    {
        if (_cutLength > 0)
        {
            Span<byte> character = stackalloc byte[MaxCharacter];
            for (var at = 0; at < _cutLength; at++) character[at] = (byte)((_cut >> (8 * at)) & 0xFF);
            var missing = Length(character[0]) - _cutLength;
            var taken = utf8[..Math.Min(missing, utf8.Length)];
            taken.CopyTo(character[_cutLength..]);

            // At once: what ends a string must not be taken for the rest of a character.
            if (taken.IndexOfAnyExceptInRange((byte)0x80, (byte)0xBF) >= 0) return false;
            if (taken.Length < missing) return Cut(character[..(_cutLength + taken.Length)]);
            if (!Utf8.IsValid(character[..(_cutLength + missing)])) return false;
            _cutLength = 0;
            utf8 = utf8[missing..];
        }

        var incomplete = Incomplete(utf8);
        return Utf8.IsValid(utf8[..^incomplete]) && Cut(utf8[^incomplete..]);
    }

    private bool Cut(ReadOnlySpan<byte> utf8)
    {
        _cut = 0;
        for (var at = 0; at < utf8.Length; at++) _cut |= (uint)utf8[at] << (8 * at);
        _cutLength = utf8.Length;
        return true;
    }

    /// <summary>Bytes at the end that begin a character without ending it: 0 to 3.</summary>
    private static int Incomplete(ReadOnlySpan<byte> utf8)
    {
        for (var back = 1; back <= Math.Min(MaxCharacter - 1, utf8.Length); back++)
        {
            var octet = utf8[^back];
            if ((octet & 0b1100_0000) == 0b1000_0000) continue;
            return Length(octet) > back ? back : 0;
        }

        return 0;
    }

    private static int Length(byte first) => first >= 0b1111_0000 ? 4 : first >= 0b1110_0000 ? 3 : first >= 0b1100_0000 ? 2 : 1;
}
