namespace Psoxy.Emulator.Faults;

/// <summary>How a dependency misbehaves.</summary>
public enum FaultKind
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>Connections are closed as soon as they are made.</summary>
    Refuse,

    /// <summary>Bytes that are neither TLS nor HTTP, as soon as a connection is made.</summary>
    NoHandshake,

    /// <summary>A certificate for the right name from an authority that nobody trusts.</summary>
    UnknownAuthority,

    /// <summary>A certificate of the trusted authority for another name.</summary>
    OtherName,

    /// <summary>A certificate of the trusted authority for the right name that has expired.</summary>
    ExpiredCertificate,

    /// <summary>It never answers.</summary>
    Hang,

    /// <summary>It answers late.</summary>
    Slow,

    /// <summary>One byte at a time.</summary>
    Dribble,

    /// <summary>The connection breaks in the middle of the body.</summary>
    Cut,

    /// <summary>Says that it is JSON, and is not.</summary>
    Garbage,

    /// <summary>A web page in place of an answer.</summary>
    WrongContentType,

    /// <summary>A redirect elsewhere.</summary>
    Redirect,

    /// <summary>200 without a body.</summary>
    Empty,

    /// <summary>A body that is far too long, and valid.</summary>
    Oversized,

    /// <summary>401.</summary>
    Unauthorized,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>429 with Retry-After.</summary>
    Throttled,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>502.</summary>
    BadGateway,

    /// <summary>503 with Retry-After.</summary>
    Unavailable,

    /// <summary>504.</summary>
    GatewayTimeout,

    /// <summary>What it issues has expired already.</summary>
    ExpiredToken,

    /// <summary>Its clock is an hour late: in the header Date, not in what it issues.</summary>
    WrongDate,
}
