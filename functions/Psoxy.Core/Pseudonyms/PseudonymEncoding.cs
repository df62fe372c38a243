namespace Psoxy.Core.Pseudonyms;

/// <summary>How a pseudonym is written.</summary>
public enum PseudonymEncoding
{
    /// <summary><c>t~hash</c> or <c>p~reversible</c>, followed by <c>@domain</c> for an email.</summary>
    UrlSafeToken = 0,

    /// <summary>A JSON object as text, with <c>domain</c>, <c>hash</c>, <c>original</c>, <c>reversible</c>.</summary>
    Json,

    /// <summary>The hash alone.</summary>
    UrlSafeHashOnly,
}
