using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Psoxy.Core.Tests.Laws.Canaries;

/// <summary>Finds canaries in a text, however they are written there: plain, escaped as in JSON, percent-encoded, in base64 at any offset, and each in each other.</summary>
internal static partial class CanarySight
{
    private const int MaxDepth = 3;

    /// <summary>Numbers of the canaries that can be seen.</summary>
    public static HashSet<int> In(string text)
    {
        var seen = new HashSet<int>();
        Look(text, seen, 0);
        return seen;
    }

    /// <summary>The same where they can only be plain, or escaped as in JSON: what was planted.</summary>
    public static HashSet<int> PlainIn(string json)
    {
        var seen = new HashSet<int>();
        Look(json.Contains("\\u0063", StringComparison.Ordinal) ? Escape().Replace(json, Unescaped) : json, seen, MaxDepth);
        return seen;
    }

    private static void Look(string text, HashSet<int> seen, int depth)
    {
        foreach (Match match in Canary().Matches(text)) seen.Add(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        if (depth == MaxDepth) return;
        if (text.Contains('\\', StringComparison.Ordinal)) Look(Escape().Replace(text, Unescaped), seen, depth + 1);
        if (text.Contains('%', StringComparison.Ordinal)) Look(Uri.UnescapeDataString(text), seen, depth + 1);
        var decoded = new StringBuilder();
        foreach (Match run in Base64Run().Matches(text))
            for (var skip = 0; skip < 4; skip++) decoded.Append(Decoded(run.Value.AsSpan(skip))).Append('\n');
        if (decoded.Length > 0) Look(decoded.ToString(), seen, MaxDepth);
    }

    // One UTF-16 unit at a time, and the letters of the short ones, which no canary has.
    private static string Unescaped(Match match) =>
        match.Length == 6 ? ((char)ushort.Parse(match.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString() : match.Value[1..];

    private static string Decoded(ReadOnlySpan<char> run)
    {
        var standard = run[..(run.Length / 4 * 4)].ToString().Replace('-', '+').Replace('_', '/');
        return Encoding.Latin1.GetString(Convert.FromBase64String(standard));
    }

    [GeneratedRegex("(?:cnry|7700)([0-9]{6})(?:x|77)", RegexOptions.IgnoreCase)]
    private static partial Regex Canary();

    [GeneratedRegex(@"\\(?:u[0-9a-fA-F]{4}|.)")]
    private static partial Regex Escape();

    [GeneratedRegex("[A-Za-z0-9+/_-]{14,}")]
    private static partial Regex Base64Run();
}
