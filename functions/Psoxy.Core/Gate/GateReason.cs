namespace Psoxy.Core.Gate;

/// <summary>Every reason for which the gate refuses. The closed set behind log lines, headers and tests.</summary>
public enum GateReason
{
    /// <summary>No decision was made: refused.</summary>
    Undecided = 0,

    /// <summary>Not refused.</summary>
    Allowed,

    /// <summary>The request target cannot be read safely (400): encoding, dot segments, empty segments, forbidden characters.</summary>
    MalformedPath,

    /// <summary>The query cannot be read safely (400): encoding, control characters.</summary>
    MalformedQuery,

    /// <summary>An option that OData reads once stands there twice (400).</summary>
    DuplicateQueryOption,

    /// <summary>No endpoint has this path.</summary>
    NoEndpoint,

    /// <summary>The endpoint does not allow the method.</summary>
    MethodNotAllowed,

    /// <summary>A path parameter does not fit its schema.</summary>
    PathParameterNotAllowed,

    /// <summary>The endpoint does not allow a query parameter of this name.</summary>
    QueryParameterNotAllowed,

    /// <summary>A query parameter does not fit its schema.</summary>
    QueryValueNotAllowed,

    /// <summary>A query parameter that must be there is not.</summary>
    QueryParameterMissing,

    /// <summary>An OData option holds what our small grammar does not know.</summary>
    ODataNotUnderstood,

    /// <summary>An OData option names a property that the rules hide, so the answer would tell what may not be seen.</summary>
    HiddenProperty,

    /// <summary>A pseudonymized property may only be compared with a reversible pseudonym.</summary>
    PseudonymRequired,

    /// <summary>A token may only be compared with what is pseudonymized too: any other property would show what it stands for, or its order tell.</summary>
    TokenNotComparable,
}
