using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Psoxy.Core.Tests.Laws.Canaries;

/// <summary>Finds canaries in a text, however they are written there: plain, escaped as in JSON, percent-encoded, in base64 at any offset, and each in each other.</summary>
internal static partial class CanarySight
{
    private const int MaxLayers = 3;
    private const int Mark = 4;
    private const int Digits = 6;

    /// <summary>Numbers of the canaries that can be seen.</summary>
    public static HashSet<int> In(string text)
    {
        var seen = new HashSet<int>();
        Look(text, seen);
        var plain = text;
        for (var layer = 0; layer < MaxLayers; layer++)
        {
            var inner = Uri.UnescapeDataString(Escape().Replace(plain, Unescaped));
            if (inner == plain) break;
            Look(plain = inner, seen);
        }

        foreach (var each in plain == text ? [text] : (string[])[text, plain])
            foreach (var run in Base64Run().EnumerateMatches(each))
                for (var skip = 0; skip < 4; skip++) Look(Decoded(each.AsSpan(run.Index + skip, run.Length - skip)), seen);
        return seen;
    }

    /// <summary>The same where they can only be plain, or escaped as in JSON: what was planted.</summary>
    public static HashSet<int> PlainIn(string json)
    {
        var seen = new HashSet<int>();
        Look(json.Contains("\\u0063", StringComparison.Ordinal) ? Escape().Replace(json, Unescaped) : json, seen);
        return seen;
    }

    private static void Look(string text, HashSet<int> seen)
    {
        foreach (var match in Canary().EnumerateMatches(text)) seen.Add(int.Parse(text.AsSpan(match.Index + Mark, Digits), CultureInfo.InvariantCulture));
    }

    // One UTF-16 unit at a time, and the letters of the short ones, which no canary has.
    private static string Unescaped(Match match) =>
        match.Length == 6 ? ((char)ushort.Parse(match.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString() : match.Value[1..];

    private static string Decoded(ReadOnlySpan<char> run)
    {
        var standard = run[..(run.Length / 4 * 4)].ToString().Replace('-', '+').Replace('_', '/');
        return Encoding.Latin1.GetString(Convert.FromBase64String(standard));
    }

    [GeneratedRegex("(?:cnry|7700)[0-9]{6}(?:x|77)", RegexOptions.IgnoreCase)]
    private static partial Regex Canary();

    [GeneratedRegex(@"\\(?:u[0-9a-fA-F]{4}|.)")]
    private static partial Regex Escape();

    [GeneratedRegex("[A-Za-z0-9+/_-]{14,}")]
    private static partial Regex Base64Run();
}
