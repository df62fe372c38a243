namespace Psoxy.Emulator.Faults;

/// <summary>How a dependency misbehaves.</summary>
public enum FaultKind
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>Connections are closed as soon as they are made.</summary>
    Refuse,

    /// <summary>It never answers.</summary>
    Hang,

    /// <summary>It answers late.</summary>
    Slow,

    /// <summary>The connection breaks in the middle of the body.</summary>
    Cut,

    /// <summary>Says that it is JSON, and is not.</summary>
    Garbage,

    /// <summary>A web page in place of an answer.</summary>
    WrongContentType,

    /// <summary>A redirect elsewhere.</summary>
    Redirect,

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
