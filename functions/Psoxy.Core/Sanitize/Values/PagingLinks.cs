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
            if (SealParameter(pair, pseudonymizer) is not { } parameter) return ValueOutcome.Failed;
            result.Append(parameter);
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
            var close = open >= 0 && part.AsSpan(open + 2).EndsWith("')", StringComparison.Ordinal) ? part.Length - 2 : part.Length;
            var start = close < part.Length ? open + 2 : 0;
            var isName = at > 2 && TryDecode(part[start..close], out var name) && EmailAddress.TryParse(Unquoted(name, start > 0), out _);
            if (!isName) result.Append(part);
            else result.Append(part, 0, start).Append(pseudonymizer.Tokenize(Unquoted(Uri.UnescapeDataString(part[start..close]), start > 0))).Append(part, close, part.Length - close);
        }
    }

    private static string Unquoted(string text, bool quoted) => quoted ? text.Replace("''", "'", StringComparison.Ordinal) : text;

    // Graph repeats the request's own options. Where a reversible pseudonym came in, its original stands in the link now: as a text of a $filter, or as an
    // address in some other parameter. Null where a value cannot be read.
    private static string? SealParameter(string pair, Pseudonymizer pseudonymizer)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) return pair;
        if (!TryDecode(pair[..equals], out var name) || !TryDecode(pair[(equals + 1)..], out var value)) return null;
        switch (name.TrimStart('$').ToLowerInvariant())
        {
            case "skiptoken" or "deltatoken" or "token":
                return pair[..(equals + 1)] + (value.Length == 0 ? "" : pseudonymizer.Tokenize(value));
            case "filter" or "expand" or "search":
                return value.AsSpan().ContainsAny('\'', '"') ? pair[..(equals + 1)] + CanonicalEncoding.Encode(SealTexts(value, pseudonymizer)) : pair;
            default:
                return EmailAddress.TryParse(value, out _) ? pair[..(equals + 1)] + pseudonymizer.Tokenize(value) : pair;
        }
    }

    // Every quoted text becomes a token of it, personal or not: nobody can tell which. The gate takes a token wherever it takes a text.
    private static string SealTexts(string value, Pseudonymizer pseudonymizer)
    {
        var result = new StringBuilder();
        var from = 0;
        while (from < value.Length)
        {
            var open = value.IndexOf('\'', from);
            if (open < 0) break;
            var close = open + 1;
            while (close < value.Length && (value[close] != '\'' || (close + 1 < value.Length && value[close + 1] == '\''))) close += value[close] == '\'' ? 2 : 1;
            close = Math.Min(close, value.Length);
            var text = value[(open + 1)..close].Replace("''", "'", StringComparison.Ordinal);
            result.Append(value, from, open + 1 - from).Append(text.Length == 0 ? "" : pseudonymizer.Tokenize(text));
            from = close;
            if (from < value.Length) result.Append(value[from++]);
        }

        return result.Append(value, Math.Min(from, value.Length), value.Length - Math.Min(from, value.Length)).ToString();
    }

    // The same reading as the gate's, so that what is sealed here is what it unseals.
    private static bool TryDecode(string raw, out string text)
    {
        var reason = CanonicalUrl.TryRead("GET", "/x", "v=" + raw, out var request);
        text = reason == GateReason.Allowed && request is { Parameters: [var only] } ? only.Value : "";
        return reason == GateReason.Allowed && request!.Parameters.Length == 1;
    }
}
