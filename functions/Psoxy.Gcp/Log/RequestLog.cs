using Microsoft.Extensions.Logging;
using Psoxy.Gcp.Telemetry;

namespace Psoxy.Gcp.Log;

/// <summary>One line for each request, whatever became of it, and the same in metrics and traces where they are on.</summary>
internal sealed class RequestLog(Engine engine, ILogger<RequestLog> lines, ILogger<ProxyFunction> bugs)
{
    private static readonly Func<RequestSummary, Exception?, string> Text = static (summary, _) => RequestLine.Message(summary);
    private static readonly EventId Event = new(10, "Request");
    private int _requests;

    /// <summary>The request is over.</summary>
    public void Write(Exchange exchange)
    {
        var summary = RequestSummary.Of(exchange, engine, isColdStart: Interlocked.Exchange(ref _requests, 1) == 0);
        var severity = RequestSeverity.Of(summary.Error);
        if (lines.IsEnabled(severity)) lines.Log(severity, Event, summary, null, Text);
        Signals.Record(summary, exchange.Span);
    }

    /// <summary>A bug of ours. Only the type and where: an exception's text may hold what must not be logged.</summary>
    public void Unexpected(Exchange exchange, Exception bug)
    {
        if (bugs.IsEnabled(LogLevel.Error)) Log.Unexpected(bugs, exchange.CorrelationId, bug.GetType().Name, bug.StackTrace);
    }
}
