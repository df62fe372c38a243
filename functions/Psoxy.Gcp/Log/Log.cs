using Microsoft.Extensions.Logging;
using Psoxy.Core.Gate;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Log;

/// <summary>All that is ever logged. Holes hold enums, counts, names from rules files and ids that we minted; never a path, a query, a header or a message of somebody else's.</summary>
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

    public static void Summary(ILogger log, Exchange exchange) => Summary(
        log,
        exchange.CorrelationId,
        exchange.Connector,
        exchange.Caller,
        exchange.Decision.Endpoint?.Name ?? "none",
        exchange.Decision.Reason,
        exchange.Decision.Detail ?? "none",
        exchange.Error,
        exchange.Context.Response.StatusCode,
        exchange.SourceStatus,
        (long)exchange.Milliseconds,
        (long)exchange.MillisecondsOf(Stage.Secrets),
        (long)exchange.MillisecondsOf(Stage.Identity),
        (long)exchange.MillisecondsOf(Stage.Graph),
        (long)exchange.MillisecondsOf(Stage.Relay),
        exchange.Report?.BytesIn ?? 0,
        exchange.Report?.BytesOut ?? 0,
        exchange.Report?.Dropped ?? 0,
        exchange.Report?.Changed ?? 0,
        exchange.Report?.Warnings ?? 0,
        exchange.HadIgnoredHeader);

    [LoggerMessage(
        10,
        LogLevel.Information,
        "{CorrelationId} {Connector} caller={Caller} endpoint={Endpoint} decision={Decision} detail={Detail} error={Error} status={Status} source={SourceStatus} ms={Milliseconds} secrets={SecretsMs} identity={IdentityMs} graph={GraphMs} relay={RelayMs} in={BytesIn} out={BytesOut} dropped={Dropped} changed={Changed} warnings={Warnings} ignoredHeader={IgnoredHeader}")]
    private static partial void Summary(
        ILogger log,
        string correlationId,
        string connector,
        CallerVerdict caller,
        string endpoint,
        GateReason decision,
        string detail,
        ProxyError error,
        int status,
        int sourceStatus,
        long milliseconds,
        long secretsMs,
        long identityMs,
        long graphMs,
        long relayMs,
        long bytesIn,
        long bytesOut,
        long dropped,
        long changed,
        long warnings,
        bool ignoredHeader);
}
