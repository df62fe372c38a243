using System.Text;
using System.Text.Json;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize.Dom;

namespace Psoxy.Core.Sanitize.Values;

/// <summary>The effect of each transform on one scalar (rules-language section 4). Pure.</summary>
internal static class ScalarTransforms
{
    /// <summary>The scalar that the reader is at.</summary>
    public static JsonScalar Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => new(ScalarKind.String, DomReader.Unescape(ref reader)),
        JsonTokenType.Number => new(ScalarKind.Number, Encoding.UTF8.GetString(reader.ValueSpan)),
        JsonTokenType.True or JsonTokenType.False => new(ScalarKind.Boolean, ""),
        _ => JsonScalar.Null,
    };

    /// <summary>Applies one transform. What cannot be read, or takes too long to match, becomes null and is counted.</summary>
    public static ValueOutcome Apply(Transform transform, JsonScalar value, Pseudonymizer pseudonymizer)
    {
        if (transform is Redact) return ValueOutcome.Removed;
        if (value.Kind == ScalarKind.Null) return ValueOutcome.Null;
        if (value.Text is null) return ValueOutcome.Failed;
        if (transform is Pseudonymize pseudonymize) return Pseudonym(pseudonymize, value, pseudonymizer);
        if (value.Kind != ScalarKind.String) return ValueOutcome.Null;
        try
        {
            var outcome = OfString(transform, value.Text, pseudonymizer);

            // Regexes see UTF-16 units and can cut a character in two; half of one cannot be written as JSON.
            return outcome.Text is { } text && !IsWellFormed(text) ? ValueOutcome.Failed : outcome;
        }
        catch (Exception fault) when (SafeRegex.IsGivenUp(fault))
        {
            return ValueOutcome.GivenUp;
        }
    }

    private static ValueOutcome Pseudonym(Pseudonymize transform, JsonScalar value, Pseudonymizer pseudonymizer)
    {
        if (value.Kind == ScalarKind.Boolean || string.IsNullOrWhiteSpace(value.Text)) return ValueOutcome.Null;
        return ValueOutcome.Replaced(pseudonymizer.Pseudonymize(value.Text, transform.Encoding, transform.IncludeOriginal, transform.IncludeReversible));
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = text.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return false;
            text = text[(at + 2)..];
        }

        return true;
    }

    private static ValueOutcome OfString(Transform transform, string text, Pseudonymizer pseudonymizer) => transform switch
    {
        PseudonymizeRegexMatches matches => RegexMatches.Pseudonymize(matches, text, pseudonymizer),
        PseudonymizeEmailHeader header => EmailHeader.Pseudonymize(header, text, pseudonymizer),
        Tokenize tokenize => RegexMatches.Tokenize(tokenize, text, pseudonymizer),
        RedactRegexMatches redact => ValueOutcome.Replaced(redact.Redactions.Aggregate(text, (left, regex) => regex.Replace(left, ""))),
        RedactExceptSubstringsMatchingRegexes except => ValueOutcome.Replaced(RegexMatches.Longest(except, text)),
        RedactExceptPhrases phrases => ValueOutcome.Replaced(Phrases.Keep(phrases.AllowedPhrases, text)),
        FilterTokenByRegex filter => RegexMatches.Filter(filter, text),
        DigestText digest => Digests.Apply(digest, text),
        TokenizeIp ip => IpAddresses.Tokenize(ip, text, pseudonymizer),
        SealPagingLink => PagingLinks.Seal(text, pseudonymizer),
        _ => ValueOutcome.Removed,
    };
}
