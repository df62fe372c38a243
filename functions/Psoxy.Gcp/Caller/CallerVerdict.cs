using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Caller;

/// <summary>What became of the question who calls. The log says it; only <see cref="Accepted"/> and <see cref="NotAsked"/> let a request go on.</summary>
internal enum CallerVerdict
{
    /// <summary>Nothing was decided: refused.</summary>
    Undecided = 0,

    /// <summary><c>ALLOWED_CALLERS</c> is not set: Cloud Run's IAM alone decides.</summary>
    NotAsked,

    /// <summary>A token of Google's, for this function, of a caller on the list.</summary>
    Accepted,

    /// <summary>There is no token.</summary>
    Missing,

    /// <summary>The header that counts is there more than once.</summary>
    Ambiguous,

    /// <summary>The header holds something else than "Bearer", one blank and a token.</summary>
    NotBearer,

    /// <summary>Longer than any ID token.</summary>
    TooLong,

    /// <summary>Not three parts of base64url with JSON objects in the first two, or without claims that every ID token has.</summary>
    Malformed,

    /// <summary>Another algorithm than RS256, no key id, or a header that brings its own key or changes what a token is.</summary>
    UnknownHeader,

    /// <summary>Not issued by Google's accounts.</summary>
    OtherIssuer,

    /// <summary>For somebody else, or also for somebody else.</summary>
    OtherAudience,

    /// <summary>Issued in the future, or not valid yet.</summary>
    NotYetValid,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Cloud Run's IAM took the signature out.</summary>
    SignatureRemoved,

    /// <summary>None of Google's keys made the signature.</summary>
    OtherSignature,

    /// <summary>Google's keys cannot be had, so nothing can be verified.</summary>
    KeysUnreachable,

    /// <summary>Google's token, but the caller is not on the list, or its address is not verified.</summary>
    NotListed,
}

/// <summary>What each verdict is to the caller.</summary>
internal static class CallerVerdicts
{
    private const int RetrySeconds = 5;

    public static ProxyFault? Fault(this CallerVerdict verdict) => verdict switch
    {
        CallerVerdict.Accepted or CallerVerdict.NotAsked => null,
        CallerVerdict.NotListed => new(ProxyError.UnauthorizedCaller, "The caller is not on ALLOWED_CALLERS, by verified e-mail or by unique id."),
        CallerVerdict.KeysUnreachable => new(ProxyError.ConnectionToSource, "Google's public keys cannot be reached, so the caller cannot be verified.", RetrySeconds),
        _ => new(ProxyError.UnauthenticatedCaller, Explain(verdict)),
    };

    private static string Explain(CallerVerdict verdict) => verdict switch
    {
        CallerVerdict.Missing => "Send a Google-signed ID token in the header Authorization: Bearer.",
        CallerVerdict.Ambiguous => "Send one token, not several.",
        CallerVerdict.NotBearer => "The header must hold 'Bearer', one blank and a Google-signed ID token.",
        CallerVerdict.TooLong => "The token is longer than any ID token.",
        CallerVerdict.Malformed => "The token is not a Google-signed ID token.",
        CallerVerdict.UnknownHeader => "The token's header is not that of a Google-signed ID token.",
        CallerVerdict.OtherIssuer => "The token is not issued by https://accounts.google.com.",
        CallerVerdict.OtherAudience => "The token's audience is not, or not only, one of CALLER_AUDIENCES.",
        CallerVerdict.NotYetValid => "The token is not valid yet.",
        CallerVerdict.Expired => "The token has expired.",
        CallerVerdict.SignatureRemoved => "Cloud Run has removed the token's signature, so it cannot be verified here. Send an ID token for this function's own URL in Authorization, and nothing in X-Serverless-Authorization.",
        CallerVerdict.OtherSignature => "The token's signature is not Google's.",
        _ => "The caller could not be verified.",
    };
}
