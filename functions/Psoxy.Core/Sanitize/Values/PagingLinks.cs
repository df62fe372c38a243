using System.Text;
using System.Text.RegularExpressions;
using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize.Values;

/// <summary>Seals, in paging links, the place marks, which encode the last row's key, and what Graph repeats of the request, where a token's original may stand now.</summary>
internal static class PagingLinks
{
    // No reversible pseudonym stands for one of these.
    private static readonly Regex Harmless = SafeRegex.Own("true|false|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+Z?)?", whole: true);

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

    // Graph repeats the user of the request in the link: a principal name, perhaps one that came in as a token. An id (19%3a…%40thread.v2) is written as the gate
    // writes it: what a rule takes out of the link as a token must be able to come back, and no token may stand for an escape.
    private static void SealPath(string path, Pseudonymizer pseudonymizer, StringBuilder result)
    {
        foreach (var (part, at) in path.Split('/').Select((part, at) => (part, at)))
        {
            if (at > 0) result.Append('/');
            var segment = at > 2 ? Uri.UnescapeDataString(part) : "";
            var names = SealNames(segment, pseudonymizer);
            result.Append(names == segment && !TemplateMatcher.MayBind(segment) ? part : CanonicalEncoding.Encode(names));
        }
    }

    private static string SealNames(string segment, Pseudonymizer pseudonymizer)
    {
        if (IsName(segment)) return pseudonymizer.Tokenize(segment);

        // A key form, users('...'), also where a quote in the key is not doubled as it should be.
        var open = segment.IndexOf("('", StringComparison.Ordinal) + 2;
        if (open >= 2 && segment.EndsWith("')", StringComparison.Ordinal) && segment.Length - 2 > open && segment[open..^2].Replace("''", "'", StringComparison.Ordinal) is var key && IsName(key))
            return string.Concat(segment.AsSpan(0, open), pseudonymizer.Tokenize(key), "')");
        return ReplaceTexts(segment, (text, _) => IsName(text) ? pseudonymizer.Tokenize(text) : null) ?? segment;
    }

    private static bool IsName(string text) => EmailAddress.TryParse(text, out _);

    // Graph repeats the request's own options. Where a reversible pseudonym came in, its original stands in the link now: as a text of a $filter, or as the
    // value of a parameter that OData does not know. Null where the gate could not read it.
    private static string? SealParameter(string pair, Pseudonymizer pseudonymizer)
    {
        if (pair.Length == 0) return pair;
        if (CanonicalUrl.TryRead("GET", "/x", pair, out var request) != GateReason.Allowed) return null;
        var (name, value) = request!.Parameters[0];
        if (value.Length == 0) return pair;
        var prefix = pair[..(pair.IndexOf('=', StringComparison.Ordinal) + 1)];
        switch (name.TrimStart('$').ToLowerInvariant())
        {
            case "skiptoken" or "deltatoken" or "token":
                return prefix + pseudonymizer.Tokenize(value);
            case "filter" or "expand" when value.Contains('\'', StringComparison.Ordinal):
                // Every quoted text, personal or not: nobody can tell which. The gate takes a sealed one wherever it takes a text.
                var texts = ReplaceTexts(value, (text, before) => SealedText.Seal(text, name, before, pseudonymizer));
                return texts is null ? null : prefix + CanonicalEncoding.Encode(texts);
            case "filter" or "expand" or "search" or "select" or "orderby" or "top" or "skip" or "count" or "format":
                // No token can stand in these.
                return pair;
            default:
                return Harmless.IsMatch(value) ? pair : prefix + SealedText.Seal(value, name, "", pseudonymizer);
        }
    }

    // Replaces what stands in single quotes, a doubled quote being one of the text; null where a quote is not closed. Null from the replacement leaves the text.
    private static string? ReplaceTexts(string value, Func<string, string, string?> replacement)
    {
        var result = new StringBuilder();
        var from = 0;
        for (var open = value.IndexOf('\'', StringComparison.Ordinal); open >= 0; open = value.IndexOf('\'', from))
        {
            var close = open + 1;
            while (close < value.Length && (value[close] != '\'' || (close + 1 < value.Length && value[close + 1] == '\''))) close += value[close] == '\'' ? 2 : 1;
            if (close >= value.Length) return null;
            result.Append(value, from, open + 1 - from);
            var inside = value[(open + 1)..close];
            result.Append((inside.Length > 0 ? replacement(inside.Replace("''", "'", StringComparison.Ordinal), result.ToString()) : null) ?? inside).Append('\'');
            from = close + 1;
        }

        return result.Append(value, from, value.Length - from).ToString();
    }
}
