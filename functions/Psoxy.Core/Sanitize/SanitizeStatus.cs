namespace Psoxy.Core.Sanitize;

/// <summary>How far a response has come. After a fault nothing more is written.</summary>
public enum SanitizeStatus
{
    /// <summary>Nothing has been said: a fault.</summary>
    Undecided = 0,

    /// <summary>Give more input, or say that there is none.</summary>
    NeedMore,

    /// <summary>The whole document is sanitized and written.</summary>
    Complete,

    /// <summary>Not JSON: syntax, encoding, something after the end, or the end is missing.</summary>
    Malformed,

    /// <summary>Nested deeper than the limit.</summary>
    TooDeep,

    /// <summary>More bytes than the limits allow.</summary>
    TooLarge,

    /// <summary>A rule's filter took too long to decide, or too many values too long to treat.</summary>
    Timeout,

    /// <summary>A name with a <c>+</c>, which would have kept our augments from being made, came after one had been written.</summary>
    Forged,

    /// <summary>At its root stands <c>error</c>, which no rule knows: an error, whatever the status says.</summary>
    SourceError,

    /// <summary>A paging link cannot be read; without it the page would look like the last.</summary>
    LinkUnreadable,
}
