namespace Psoxy.Gcp.Log;

/// <summary>What a request turned out to be.</summary>
internal enum RequestKind
{
    /// <summary>It was refused before that was known.</summary>
    Unread = 0,

    /// <summary>A call for the source.</summary>
    Source,

    /// <summary>A health check.</summary>
    HealthCheck,
}

/// <summary>A request's method, of which only these have names: any other is the caller's text.</summary>
internal enum RequestMethod
{
    /// <summary>Any other.</summary>
    Other = 0,

    /// <summary>GET.</summary>
    Get,

    /// <summary>HEAD.</summary>
    Head,

    /// <summary>POST.</summary>
    Post,
}
