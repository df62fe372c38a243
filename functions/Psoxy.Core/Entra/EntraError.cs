namespace Psoxy.Core.Entra;

/// <summary>An error of Entra's token endpoint: what it means for a connector, in words of our own, and what to do.</summary>
/// <param name="Code">The number after <c>AADSTS</c>.</param>
/// <param name="Cause">What causes it; a sentence.</param>
/// <param name="Fix">What to do; a sentence or more.</param>
/// <param name="Retry">Whether the same request may be answered otherwise.</param>
/// <param name="Seen">How we know.</param>
public sealed record EntraError(int Code, string Cause, string Fix, EntraRetry Retry, EntraEvidence Seen);

/// <summary>Whether asking again helps.</summary>
public enum EntraRetry
{
    /// <summary>The same request will be refused again.</summary>
    Never = 0,

    /// <summary>In the first minutes after the application or its credential was made or changed; else never.</summary>
    AfterChange,

    /// <summary>Once, with a new assertion.</summary>
    FreshAssertion,

    /// <summary>It passes by itself.</summary>
    Later,
}

/// <summary>How we know of an error.</summary>
public enum EntraEvidence
{
    /// <summary>From practice.</summary>
    Reported = 0,

    /// <summary>From Microsoft's documentation.</summary>
    Documented,

    /// <summary>From an answer of the real Entra that somebody published.</summary>
    Measured,
}
