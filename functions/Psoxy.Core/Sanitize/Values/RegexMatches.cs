using System.Text;
using System.Text.RegularExpressions;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize.Values;

/// <summary>Transforms that pick parts of a string by regex.</summary>
internal static class RegexMatches
{
    public static ValueOutcome Pseudonymize(PseudonymizeRegexMatches transform, string text, Pseudonymizer pseudonymizer)
    {
        var result = new StringBuilder();
        var from = 0;
        var any = false;
        foreach (Match match in transform.Regex.Matches(text))
        {
            // What matched without group 1, in another alternative, was meant all the same.
            var part = match.Groups.Count > 1 && match.Groups[1].Success ? match.Groups[1] : match;
            if (string.IsNullOrWhiteSpace(part.Value)) continue;

            // A group inside a look-around may reach back into what the match before has replaced.
            if (part.Index < from) return ValueOutcome.Failed;
            any = true;
            result.Append(text, from, part.Index - from);
            result.Append(pseudonymizer.Pseudonymize(part.Value, PseudonymEncoding.UrlSafeToken, includeReversible: transform.IncludeReversible));
            from = part.Index + part.Length;
        }

        return any ? ValueOutcome.Replaced(result.Append(text, from, text.Length - from).ToString()) : ValueOutcome.Null;
    }

    public static ValueOutcome Tokenize(Tokenize transform, string text, Pseudonymizer pseudonymizer)
    {
        if (text.Length == 0) return ValueOutcome.Kept;
        if (transform.Regex is not { } regex) return ValueOutcome.Replaced(pseudonymizer.Tokenize(text));
        var match = regex.Match(text);
        if (!match.Success) return ValueOutcome.Kept;
        if (match.Groups.Count > 1 && !match.Groups[1].Success) return ValueOutcome.Failed;
        var part = match.Groups.Count > 1 ? match.Groups[1].Value : text;

        // Every occurrence: an id that stands in a link twice must not survive once.
        return part.Length == 0 ? ValueOutcome.Kept : ValueOutcome.Replaced(text.Replace(part, pseudonymizer.Tokenize(part), StringComparison.Ordinal));
    }

    public static string Longest(RedactExceptSubstringsMatchingRegexes transform, string text) =>
        transform.Exceptions.SelectMany(regex => regex.Matches(text)).Select(match => match.Value).MaxBy(match => match.Length) ?? "";

    public static ValueOutcome Filter(FilterTokenByRegex transform, string text)
    {
        var kept = Split(transform.Delimiter, text).Where(token => token.Length > 0 && transform.Filters.Any(filter => filter.IsMatch(token))).ToList();
        return kept.Count == 0 ? ValueOutcome.Null : ValueOutcome.Replaced(string.Join(' ', kept));
    }

    // Unlike Java's, Regex.Split puts what the delimiter's groups have matched among the tokens.
    private static IEnumerable<string> Split(Regex delimiter, string text)
    {
        var from = 0;
        foreach (Match match in delimiter.Matches(text))
        {
            yield return text[from..match.Index];
            from = match.Index + match.Length;
        }

        yield return text[from..];
    }
}
