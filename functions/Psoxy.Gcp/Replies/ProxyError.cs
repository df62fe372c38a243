using Microsoft.AspNetCore.Http;

namespace Psoxy.Gcp.Replies;

/// <summary>Every way in which a request may fail. The names of the header <c>X-Psoxy-Error</c> are those that the caller's client knows since the original.</summary>
internal enum ProxyError
{
    /// <summary>Nothing went wrong.</summary>
    None = 0,

    /// <summary>The request, an override, an envelope or its framing is malformed.</summary>
    InvalidRequest,

    /// <summary>The caller came over plain http.</summary>
    HttpsRequired,

    /// <summary>The caller's address is not on the list.</summary>
    UnauthorizedIpAddress,

    /// <summary>The caller's token is missing, forged, expired or for somebody else.</summary>
    UnauthenticatedCaller,

    /// <summary>The caller is who it says, and not on the list.</summary>
    UnauthorizedCaller,

    /// <summary>No rule allows it.</summary>
    BlockedByRules,

    /// <summary>A reversible pseudonym cannot be reversed.</summary>
    TokenizedRequestParameterInvalid,

    /// <summary>The health check found a problem.</summary>
    Unhealthy,

    /// <summary>The configuration is broken.</summary>
    ConfigurationFailure,

    /// <summary>The rules in force are invalid.</summary>
    RulesInvalid,

    /// <summary>The rules in force are not YAML.</summary>
    RulesInvalidYaml,

    /// <summary>Entra refuses the credential, or consent is missing.</summary>
    ConnectionSetup,

    /// <summary>Something between us and the source cannot be reached, or asks us to wait.</summary>
    ConnectionToSource,

    /// <summary>The proxy has as many requests in work as it takes, or as a mailbox allows. Over HTTP it is called as any other connection that is to be tried again: the caller's client knows no name for it.</summary>
    Busy,

    /// <summary>The source is too slow.</summary>
    SourceApiReadTimeout,

    /// <summary>The source answered with an error, or with what cannot be sanitized.</summary>
    ApiError,

    /// <summary>A bug of ours.</summary>
    Unknown,

    /// <summary>The caller went away, or does not read; there is nobody to tell.</summary>
    CallerGone,
}

/// <summary>What each error is over HTTP.</summary>
internal static class ProxyErrors
{
    public static (int Status, string Name) Http(this ProxyError error) => error switch
    {
        ProxyError.InvalidRequest => (StatusCodes.Status400BadRequest, "INVALID_REQUEST"),
        ProxyError.HttpsRequired => (StatusCodes.Status400BadRequest, "HTTPS_REQUIRED"),
        ProxyError.UnauthorizedIpAddress => (StatusCodes.Status403Forbidden, "UNAUTHORIZED_IP_ADDRESS"),
        ProxyError.UnauthenticatedCaller => (StatusCodes.Status401Unauthorized, "UNAUTHORIZED_CALLER"),
        ProxyError.UnauthorizedCaller => (StatusCodes.Status403Forbidden, "UNAUTHORIZED_CALLER"),
        ProxyError.BlockedByRules => (StatusCodes.Status403Forbidden, "BLOCKED_BY_RULES"),
        ProxyError.TokenizedRequestParameterInvalid => (StatusCodes.Status409Conflict, "TOKENIZED_REQUEST_PARAMETER_INVALID"),
        ProxyError.Unhealthy => (StatusCodes.Status412PreconditionFailed, "CONFIGURATION_FAILURE"),
        ProxyError.ConfigurationFailure => (StatusCodes.Status500InternalServerError, "CONFIGURATION_FAILURE"),
        ProxyError.RulesInvalid => (StatusCodes.Status500InternalServerError, "RULES_INVALID"),
        ProxyError.RulesInvalidYaml => (StatusCodes.Status500InternalServerError, "RULES_INVALID_YAML"),
        ProxyError.ConnectionSetup => (StatusCodes.Status500InternalServerError, "CONNECTION_SETUP"),
        ProxyError.ConnectionToSource or ProxyError.Busy => (StatusCodes.Status503ServiceUnavailable, "CONNECTION_TO_SOURCE"),
        ProxyError.SourceApiReadTimeout => (StatusCodes.Status504GatewayTimeout, "SOURCE_API_READ_TIMEOUT"),
        ProxyError.ApiError => (StatusCodes.Status502BadGateway, "API_ERROR"),
        _ => (StatusCodes.Status500InternalServerError, "UNKNOWN"),
    };
}
