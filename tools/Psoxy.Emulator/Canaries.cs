using System.Text;

namespace Psoxy.Emulator;

/// <summary>Every synthetic value that must not leave holds one word, so that it is found however it is wrapped.</summary>
public static class Canaries
{
    /// <summary>The word, in any case.</summary>
    public const string Word = "Kanarie";

    // The middle of the word's base64 at each of the three places where it may begin, in both spellings.
    private static readonly string[] Encoded = [.. new[] { "Kanarie", "kanarie" }.SelectMany(word => Enumerable.Range(0, 3).Select(offset => Middle(word, offset)))];

    /// <summary>What of it is in a text, or <c>null</c>: plain, or inside base64 or base64url.</summary>
    /// <param name="text">Where to look.</param>
    public static string? FindIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOf(Word, StringComparison.OrdinalIgnoreCase);
        if (at < 0) at = Encoded.Select(encoded => text.IndexOf(encoded, StringComparison.Ordinal)).FirstOrDefault(found => found >= 0, -1);
        return at < 0 ? null : text.Substring(Math.Max(0, at - 30), Math.Min(80, text.Length - Math.Max(0, at - 30)));
    }

    private static string Middle(string word, int offset)
    {
        var padded = new byte[offset + word.Length];
        Encoding.ASCII.GetBytes(word).CopyTo(padded, offset);

        // The first and the last characters depend on what stands around the word.
        var first = (offset * 8 + 5) / 6;
        var last = padded.Length * 8 / 6;
        return Convert.ToBase64String(padded)[first..last];
    }
}
