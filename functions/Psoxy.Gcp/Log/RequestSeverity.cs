using Microsoft.Extensions.Logging;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Log;

/// <summary>How loud a request's line is.</summary>
internal static class RequestSeverity
{
    /// <summary>An error is what stays until somebody does something; a warning is one request that got no answer from the source.</summary>
    public static LogLevel Of(ProxyError error) => error switch
    {
        ProxyError.None => LogLevel.Information,
        ProxyError.ConfigurationFailure or ProxyError.RulesInvalid or ProxyError.RulesInvalidYaml or ProxyError.ConnectionSetup or ProxyError.Unknown => LogLevel.Error,
        _ => LogLevel.Warning,
    };
}
