using System.Buffers;
using System.Text;

namespace Psoxy.Core.Gate;

/// <summary>
/// The one percent-encoding of paths and queries: RFC 3986's unreserved characters and <c>$ ' ( ) , : @ = ! * ~</c> stand as they are, since rules
/// of the original were written against raw URLs that hold them; every other character is the upper-case escapes of its UTF-8.
/// </summary>
public static class CanonicalEncoding
{
    private static readonly SearchValues<char> Literal =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~$'(),:@=!*");

    /// <summary>Whether the text is its own canonical form.</summary>
    public static bool IsLiteral(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Literal);

    /// <summary>Encodes decoded text.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    public static string Encode(ReadOnlySpan<char> text)
    {
        if (IsLiteral(text)) return text.ToString();
        var encoded = new StringBuilder(text.Length + 16);
        Append(encoded, text);
        return encoded.ToString();
    }

    /// <summary>Encodes decoded text onto the end of a builder.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="text">Well-formed UTF-16.</param>
    public static void Append(StringBuilder target, ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(Literal);
            if (plain < 0) plain = text.Length;
            target.Append(text[..plain]);
            text = text[plain..];
            if (text.IsEmpty) return;
            Rune.DecodeFromUtf16(text, out var rune, out var consumed);
            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)]) target.Append('%').Append(Hex(octet >> 4)).Append(Hex(octet & 15));
            text = text[consumed..];
        }
    }

    private static char Hex(int digit) => "0123456789ABCDEF"[digit];
}
