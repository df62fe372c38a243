using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Psoxy.Core.Gate;
using Psoxy.Core.Sanitize;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Log;
using Psoxy.Gcp.Replies;
using Psoxy.Gcp.Telemetry;

namespace Psoxy.Gcp;

/// <summary>One request and what becomes of it: the time it has, and what its log line will say.</summary>
internal sealed class Exchange : IDisposable
{
    private static readonly int Stages = Enum.GetValues<Stage>().Length;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly TimeSpan _total;
    private readonly CancellationTokenSource _budget;
    private readonly CancellationTokenRegistration _callerGone;
    private readonly TimeSpan[] _elapsed = new TimeSpan[Stages];
    private string? _correlationId;

    public Exchange(HttpContext context, Engine engine, TimeProvider time)
    {
        (Context, _time, _start, _total) = (context, time, time.GetTimestamp(), engine.Budget);
        Trace = TraceContext.Of(context.Request.Headers);
        Span = Signals.Begin(Trace);
        if (Span is not null) Trace = new(Span.TraceId, Span.SpanId, Span.Recorded);
        _budget = new CancellationTokenSource(_total, time);
        _callerGone = context.RequestAborted.UnsafeRegister(static budget => ((CancellationTokenSource)budget!).Cancel(), _budget);
    }

    public HttpContext Context { get; }

    /// <summary>Ours, random; finds the log line.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The same as text.</summary>
    public string CorrelationId => _correlationId ??= Id.ToString("D");

    /// <summary>The trace that the request belongs to: ours where traces are on, else the caller's.</summary>
    public TraceContext Trace { get; }

    /// <summary>Where traces are on.</summary>
    public Activity? Span { get; }

    public RequestKind Kind { get; set; }

    /// <summary>Ends when the caller goes away or the time is up, the request's or the step's.</summary>
    public CancellationToken Cancellation => _budget.Token;

    public bool IsOutOfTime => _budget.IsCancellationRequested && !IsCallerGone;

    public bool IsCallerGone => Context.RequestAborted.IsCancellationRequested;

    /// <summary>What is left of the request's time.</summary>
    public TimeSpan Remaining => _time.GetElapsedTime(_start) is var spent && spent < _total ? _total - spent : TimeSpan.Zero;

    public CallerVerdict Caller { get; set; }

    /// <summary>Number of the entry of ALLOWED_CALLERS, from 1, that an accepted caller is.</summary>
    public int CallerEntry { get; set; }

    public Decision Decision { get; set; }

    public ProxyError Error { get; set; }

    public int SourceStatus { get; set; }

    public SourceError? SourceError { get; set; }

    /// <summary>Graph's own name for the call, for Microsoft's support.</summary>
    public Guid SourceRequestId { get; set; }

    /// <summary>How often the call to the source was repeated.</summary>
    public int Retries { get; set; }

    public SanitizeReport? Report { get; set; }

    /// <summary>Headers of the original's that would weaken the proxy.</summary>
    public int IgnoredHeaders { get; set; }

    /// <summary>What the tokens of the request stand for, each with its token. Never logged, never answered.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Originals { get; set; } = [];

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    public TimeSpan ElapsedOf(Stage stage) => _elapsed[(int)stage];

    /// <summary>Gives the step that comes so long from now, or what is left of the request's time. Without effect once the time is up.</summary>
    public void Allow(TimeSpan limit)
    {
        var remaining = Remaining;
        _budget.CancelAfter(limit < remaining ? limit : remaining);
    }

    /// <summary>Gives the next step all the time that is left.</summary>
    public void AllowAll() => Allow(_total);

    public double MillisecondsOf(Stage stage) => ElapsedOf(stage).TotalMilliseconds;

    /// <summary>
    /// Begins to take a stage's time: <c>Time(stage).Of(work)</c> counts what <c>work</c> does before it first waits too, which with an answer that is there already is all of it.
    /// </summary>
    public StageClock Time(Stage stage) => new(this, stage, _time.GetTimestamp(), Signals.Begin(stage, Span));

    /// <summary>A stage has ended that began then.</summary>
    internal void End(Stage stage, long start) => _elapsed[(int)stage] += _time.GetElapsedTime(start);

    public void Dispose()
    {
        Span?.Dispose();
        _callerGone.Dispose();
        _budget.Dispose();
    }
}
