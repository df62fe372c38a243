namespace Psoxy.Core.Pseudonyms;

/// <summary>Choices of a deployment that change pseudonyms; they must never change once data has been collected.</summary>
/// <param name="Canonicalization"><c>EMAIL_CANONICALIZATION</c>.</param>
/// <param name="DomainHandling"><c>EMAIL_DOMAIN_HANDLING</c>.</param>
public sealed record PseudonymOptions(
    EmailCanonicalization Canonicalization = EmailCanonicalization.Strict,
    EmailDomainHandling DomainHandling = EmailDomainHandling.Preserve);

/// <summary>Which spellings of an address are one person.</summary>
public enum EmailCanonicalization
{
    /// <summary>Case and what follows a <c>+</c> do not matter.</summary>
    Strict = 0,

    /// <summary>Dots in the local part do not matter either.</summary>
    IgnoreDots,
}

/// <summary>What becomes of the domain of an address.</summary>
public enum EmailDomainHandling
{
    /// <summary>It follows the token as it was written.</summary>
    Preserve = 0,

    /// <summary>It is left out.</summary>
    Redact,

    /// <summary>Its hash follows (<c>@h~…</c>).</summary>
    Tokenize,

    /// <summary>Its reversible token follows (<c>@e~…</c>).</summary>
    Encrypt,
}
