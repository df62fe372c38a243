using System.Collections.Frozen;

namespace Psoxy.Gcp.Log;

/// <summary>The codes of Graph's errors that a log line may name.</summary>
internal static class SourceErrorCodes
{
    public static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
    [
        "accessDenied", "activityLimitReached", "ApplicationThrottled", "Authorization_IdentityNotFound", "Authorization_RequestDenied", "BadGateway", "BadRequest", "Directory_ExpiredPageToken",
        "ErrorAccessDenied", "ErrorInternalServerError", "ErrorInvalidIdMalformed", "ErrorInvalidUser", "ErrorItemNotFound", "ErrorMailboxMoveInProgress", "ErrorServerBusy", "Forbidden",
        "GatewayTimeout", "generalException", "InternalServerError", "InvalidAuthenticationToken", "invalidRequest", "itemNotFound", "MailboxNotEnabledForRESTAPI", "NotFound", "quotaLimitReached",
        "Request_BadRequest", "Request_ResourceNotFound", "Request_UnsupportedQuery", "ResourceNotFound", "resyncRequired", "serviceNotAvailable", "ServiceUnavailable", "syncStateNotFound",
        "TooManyRequests", "unauthenticated", "UnknownError", "unknownError",
    ],
    StringComparer.Ordinal);
}
