using Microsoft.Extensions.Logging;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Log;

/// <summary>All that is ever logged besides requests (<see cref="RequestLog"/>). Holes hold enums, counts, names from rules files and ids that we minted; never a path, a query, a header or a message of somebody else's.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Connector} started with rules {RulesSha}, {Problems} problems")]
    public static partial void Started(ILogger log, string connector, string rulesSha, int problems);

    [LoggerMessage(2, LogLevel.Error, "{Problem}")]
    public static partial void Problem(ILogger log, string problem);

    [LoggerMessage(3, LogLevel.Error, "{CorrelationId} bug: {ExceptionType} at {StackTrace}")]
    public static partial void Unexpected(ILogger log, string correlationId, string exceptionType, string? stackTrace);

    [LoggerMessage(4, LogLevel.Warning, "the start could not fetch all: secrets={Secrets} token={Token}; the first request tries again")]
    public static partial void NotWarm(ILogger log, ProxyError secrets, ProxyError token);

    [LoggerMessage(5, LogLevel.Warning, "secrets and token have not come within {Seconds} s of the start; the first request waits for them")]
    public static partial void StillCold(ILogger log, int seconds);
}
