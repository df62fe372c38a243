using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Psoxy.Core.Pseudonyms;

namespace Psoxy.Core.Rules;

/// <summary>A change to each value that its paths match. Section 4 of rules-language has each one's exact effect.</summary>
public abstract record Transform
{
    /// <summary>Where it applies.</summary>
    public required ImmutableArray<JsonPath> JsonPaths { get; init; }

    /// <summary>It runs only if this path finds something in the document as the transforms before left it; <c>null</c> always runs.</summary>
    public JsonPath? ApplyOnlyWhen { get; init; }
}

/// <summary>The property or element is removed.</summary>
public sealed record Redact : Transform;

/// <summary>A string or number becomes a pseudonym; blank or null becomes null; a container is removed.</summary>
public sealed record Pseudonymize : Transform
{
    /// <summary>How the pseudonym is written.</summary>
    public PseudonymEncoding Encoding { get; init; } = PseudonymEncoding.UrlSafeToken;

    /// <summary>Whether the JSON form carries the original too.</summary>
    public bool IncludeOriginal { get; init; }

    /// <summary>Whether it can be reversed by who holds the key.</summary>
    public bool IncludeReversible { get; init; }
}

/// <summary>Group 1 (or the whole) of every match becomes its pseudonym; a value without a non-blank match becomes null.</summary>
public sealed record PseudonymizeRegexMatches : Transform
{
    /// <summary>What to look for.</summary>
    public required Regex Regex { get; init; }

    /// <summary>Whether the pseudonyms can be reversed.</summary>
    public bool IncludeReversible { get; init; }
}

/// <summary>An RFC 5322 address list becomes the list of its pseudonyms.</summary>
public sealed record PseudonymizeEmailHeader : Transform
{
    /// <summary>How each pseudonym is written; <see cref="PseudonymEncoding.Json"/> makes the whole a JSON array text.</summary>
    public PseudonymEncoding Encoding { get; init; } = PseudonymEncoding.UrlSafeToken;
}

/// <summary>The whole string, or group 1 of a whole-string match, becomes a reversible token of its exact text.</summary>
public sealed record Tokenize : Transform
{
    /// <summary><c>null</c> takes the whole string.</summary>
    public Regex? Regex { get; init; }
}

/// <summary>Every match of every regex is cut out.</summary>
public sealed record RedactRegexMatches : Transform
{
    /// <summary>In order.</summary>
    public required ImmutableArray<Regex> Redactions { get; init; }
}

/// <summary>Only the longest substring that an exception matches stays.</summary>
public sealed record RedactExceptSubstringsMatchingRegexes : Transform
{
    /// <summary>In order.</summary>
    public required ImmutableArray<Regex> Exceptions { get; init; }
}

/// <summary>Only the listed phrases that occur stay, comma-joined.</summary>
public sealed record RedactExceptPhrases : Transform
{
    /// <summary>In rule order, as the file writes them.</summary>
    public required ImmutableArray<string> AllowedPhrases { get; init; }
}

/// <summary>Only the tokens that a filter matches whole stay, joined by one blank.</summary>
public sealed record FilterTokenByRegex : Transform
{
    /// <summary>What separates tokens.</summary>
    public required Regex Delimiter { get; init; }

    /// <summary>Any one of them must match the whole token.</summary>
    public required ImmutableArray<Regex> Filters { get; init; }
}

/// <summary>A string becomes the JSON text of its <see cref="TextDigest"/>.</summary>
public sealed record DigestText : Transform
{
    /// <summary>What is counted.</summary>
    public required TextDigest Digest { get; init; }

    /// <summary>Whether the string holds JSON, of which <see cref="EscapedPath"/> picks the texts.</summary>
    public bool IsJsonEscaped { get; init; }

    /// <summary>Which strings inside the escaped JSON are digested.</summary>
    public JsonPath? EscapedPath { get; init; }
}

/// <summary>An IP address becomes a token of its canonical form; anything else becomes null.</summary>
public sealed record TokenizeIp : Transform
{
    /// <summary>Whether it is <c>encryptIp</c> (<c>p~</c>) rather than <c>hashIp</c> (<c>t~</c>).</summary>
    public bool Reversible { get; init; }
}

/// <summary>
/// Ours (<c>!&lt;sealPagingLink&gt;</c>): in a link, the decoded value of each <c>$skiptoken</c>, <c>$deltatoken</c>, <c>token</c> parameter (with and without <c>$</c>)
/// becomes a reversible token: directory listings encode the last row's key, a name perhaps, in it (gateway section 3). So does what Graph repeats of the request and
/// may be a token's original: principal names in the path, quoted texts, values of other parameters. Every other byte of the link stays.
/// A value that is not a link becomes null.
/// </summary>
public sealed record SealPagingLink : Transform;
