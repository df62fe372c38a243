using System.Text;
using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;

namespace Psoxy.Core.Sanitize.Values;

/// <summary>Seals the place marks in paging links, which encode the last row's key.</summary>
internal static class PagingLinks
{
    /// <summary>Every other byte of the link stays as it is. What is not a link becomes null.</summary>
    public static ValueOutcome Seal(string link, Pseudonymizer pseudonymizer)
    {
        var question = link.IndexOf('?', StringComparison.Ordinal);
        if (!link.StartsWith("https://", StringComparison.Ordinal) || link.AsSpan().ContainsAny(" #\"")) return ValueOutcome.Null;
        var result = new StringBuilder(link.Length + 128);
        SealPath(question < 0 ? link : link[..question], pseudonymizer, result);
        if (question < 0) return ValueOutcome.Replaced(result.ToString());
        result.Append('?');
        var first = true;
        foreach (var pair in link[(question + 1)..].Split('&'))
        {
            if (!first) result.Append('&');
            first = false;
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !IsPlaceMark(pair[..equals])) result.Append(pair);
            else if (TryDecode(pair[(equals + 1)..], out var mark)) result.Append(pair, 0, equals + 1).Append(mark.Length == 0 ? "" : pseudonymizer.Tokenize(mark));
            else return ValueOutcome.Failed;
        }

        return ValueOutcome.Replaced(result.ToString());
    }

    // Graph repeats the user of the request in the link: a principal name, perhaps one that came in as a token.
    private static void SealPath(string path, Pseudonymizer pseudonymizer, StringBuilder result)
    {
        foreach (var (part, at) in path.Split('/').Select((part, at) => (part, at)))
        {
            if (at > 0) result.Append('/');
            var open = part.IndexOf("('", StringComparison.Ordinal);
            var close = part.EndsWith("')", StringComparison.Ordinal) && open >= 0 ? part.Length - 2 : part.Length;
            var start = open >= 0 && close < part.Length ? open + 2 : 0;
            var isName = at > 2 && TryDecode(part[start..close], out var name) && EmailAddress.TryParse(name.Replace("''", "'", StringComparison.Ordinal), out _);
            if (!isName) result.Append(part);
            else result.Append(part, 0, start).Append(pseudonymizer.Tokenize(Uri.UnescapeDataString(part[start..close]).Replace("''", "'", StringComparison.Ordinal))).Append(part, close, part.Length - close);
        }
    }

    private static bool IsPlaceMark(string rawName) =>
        TryDecode(rawName, out var name) && name.TrimStart('$').ToLowerInvariant() is "skiptoken" or "deltatoken" or "token";

    // The same reading as the gate's, so that what is sealed here is what it unseals.
    private static bool TryDecode(string raw, out string text)
    {
        var reason = CanonicalUrl.TryRead("GET", "/x", "v=" + raw, out var request);
        text = reason == GateReason.Allowed && request is { Parameters: [var only] } ? only.Value : "";
        return reason == GateReason.Allowed && request!.Parameters.Length == 1;
    }
}
