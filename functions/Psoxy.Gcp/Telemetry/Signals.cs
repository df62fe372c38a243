using System.Diagnostics;
using System.Diagnostics.Metrics;
using Psoxy.Gcp.Log;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Telemetry;

/// <summary>
/// The spans and metrics of a request, made by hand of what its log line holds. What frameworks and libraries would measure by themselves (ASP.NET Core, HttpClient) tells URLs, so
/// nobody listens to it. Costs nothing while nobody listens to this either.
/// </summary>
internal static class Signals
{
    /// <summary>Name of the source and of the meter.</summary>
    public const string Name = "Psoxy.Gcp";

    /// <summary>The meter. First, since what follows is made of it.</summary>
    public static Meter Meter { get; } = new(Name, Reply.Version);

    private static readonly string[] Stages = [.. Enum.GetNames<Stage>().Select(stage => stage.ToLowerInvariant())];
    private static readonly string[] Spans = [.. Stages.Select(stage => "psoxy." + stage)];
    private static readonly ActivitySource Source = new(Name, Reply.Version);
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("psoxy.requests", "{request}", "Requests, by endpoint and outcome.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram("psoxy.request.duration", "s", "From a request's arrival to the last byte of its answer.", null, Seconds);
    private static readonly Histogram<double> StageDuration = Meter.CreateHistogram("psoxy.stage.duration", "s", "The same of each stage that took any time.", null, Seconds);
    private static readonly Counter<long> BytesIn = Meter.CreateCounter<long>("psoxy.source.bytes", "By", "Bytes of the source's answers, decompressed.");
    private static readonly Counter<long> BytesOut = Meter.CreateCounter<long>("psoxy.response.bytes", "By", "Bytes of our answers, before compression.");
    private static readonly Counter<long> Dropped = Meter.CreateCounter<long>("psoxy.properties.dropped", "{property}", "Properties and elements that did not pass.");
    private static readonly Counter<long> Changed = Meter.CreateCounter<long>("psoxy.properties.changed", "{property}", "Values that a transform changed.");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("psoxy.source.retries", "{retry}", "Calls to the source made again.");

    private static InstrumentAdvice<double> Seconds => new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 180] };

    /// <summary>The request's span, beginning now, under the caller's if it has one; <c>null</c> if nobody wants it.</summary>
    public static Activity? Begin(TraceContext caller)
    {
        if (!Source.HasListeners()) return null;
        var parent = caller.IsNone || caller.SpanId == default(ActivitySpanId)
            ? default
            : new ActivityContext(caller.TraceId, caller.SpanId, caller.IsSampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None, traceState: null, isRemote: true);
        return Source.StartActivity("psoxy.request", ActivityKind.Server, parent);
    }

    /// <summary>A stage's span, beginning now. Under the request's whatever is current: stages overlap.</summary>
    public static Activity? Begin(Stage stage, Activity? request) =>
        request is null ? null : Source.StartActivity(Spans[(int)stage], stage == Stage.Relay ? ActivityKind.Internal : ActivityKind.Client, request.Context);

    /// <summary>The request is over.</summary>
    public static void Record(RequestSummary summary, Activity? span)
    {
        if (span is not null) Describe(summary, span);
        if (!Requests.Enabled) return;
        var tags = new TagList
        {
            { "psoxy.connector", summary.Connector.Value },
            { "psoxy.kind", summary.Kind.ToString() },
            { "psoxy.endpoint", summary.IsAllowed ? summary.Endpoint.Value : "none" },
            { "psoxy.decision", summary.Decision.ToString() },
            { "psoxy.error", summary.Error.ToString() },
        };
        Requests.Add(1, tags);
        Duration.Record(summary.Duration.TotalSeconds, tags);
        Add(BytesIn, summary.BytesIn, tags);
        Add(BytesOut, summary.BytesOut, tags);
        Add(Dropped, summary.Dropped, tags);
        Add(Changed, summary.Changed, tags);
        Add(Retries, summary.Retries, tags);
        foreach (var (stage, time) in ((Stage, TimeSpan)[])[(Stage.Secrets, summary.Secrets), (Stage.Identity, summary.Identity), (Stage.Graph, summary.Graph), (Stage.Relay, summary.Relay)])
            if (time > TimeSpan.Zero) StageDuration.Record(time.TotalSeconds, new("psoxy.connector", summary.Connector.Value), new("psoxy.stage", Stages[(int)stage]));
    }

    private static void Add(Counter<long> counter, long value, in TagList tags)
    {
        if (value > 0) counter.Add(value, tags);
    }

    private static void Describe(RequestSummary summary, Activity span)
    {
        span.SetTag("psoxy.correlation_id", summary.CorrelationId.ToString("D"));
        span.SetTag("psoxy.connector", summary.Connector.Value);
        span.SetTag("psoxy.rules", summary.Rules.Value);
        span.SetTag("psoxy.kind", summary.Kind.ToString());
        span.SetTag("psoxy.caller", summary.Caller.ToString());
        span.SetTag(summary.IsAllowed ? "psoxy.endpoint" : "psoxy.nearest_endpoint", summary.Endpoint.Value);
        span.SetTag("psoxy.decision", summary.Decision.ToString());
        span.SetTag("psoxy.error", summary.Error.ToString());
        span.SetTag("http.request.method", summary.Method.ToString().ToUpperInvariant());
        span.SetTag("http.response.status_code", summary.Status);
        span.SetTag("psoxy.source.status", summary.SourceStatus);
        span.SetTag("psoxy.source.retries", summary.Retries);
        span.SetTag("psoxy.source.bytes", summary.BytesIn);
        span.SetTag("psoxy.response.bytes", summary.BytesOut);
        span.SetTag("psoxy.properties.dropped", summary.Dropped);
        span.SetTag("psoxy.properties.changed", summary.Changed);
        span.SetTag("psoxy.cold_start", summary.IsColdStart);
        if (summary.Error != ProxyError.None) span.SetStatus(ActivityStatusCode.Error);
    }
}
