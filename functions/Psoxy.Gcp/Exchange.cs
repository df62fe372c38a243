using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Psoxy.Core.Gate;
using Psoxy.Core.Sanitize;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Replies;

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
    private readonly double[] _milliseconds = new double[Stages];

    public Exchange(HttpContext context, Engine engine, TimeProvider time)
    {
        (Context, Connector, _time, _start, _total) = (context, engine.Connector.Id, time, time.GetTimestamp(), engine.Budget);
        _budget = new CancellationTokenSource(_total, time);
        _callerGone = context.RequestAborted.UnsafeRegister(static budget => ((CancellationTokenSource)budget!).Cancel(), _budget);
    }

    public HttpContext Context { get; }

    public string Connector { get; }

    /// <summary>Ours, random; finds the log line.</summary>
    public string CorrelationId { get; } = Guid.NewGuid().ToString("D");

    /// <summary>Ends when the caller goes away or the time is up, the request's or the step's.</summary>
    public CancellationToken Cancellation => _budget.Token;

    public bool IsOutOfTime => _budget.IsCancellationRequested && !IsCallerGone;

    public bool IsCallerGone => Context.RequestAborted.IsCancellationRequested;

    /// <summary>What is left of the request's time.</summary>
    public TimeSpan Remaining => _time.GetElapsedTime(_start) is var spent && spent < _total ? _total - spent : TimeSpan.Zero;

    public CallerVerdict Caller { get; set; }

    public Decision Decision { get; set; }

    public ProxyError Error { get; set; }

    public int SourceStatus { get; set; }

    /// <summary>How often the call to the source was repeated.</summary>
    public int Retries { get; set; }

    public SanitizeReport? Report { get; set; }

    public bool HadIgnoredHeader { get; set; }

    /// <summary>What the tokens of the request stand for, each with its token. Never logged, never answered.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Originals { get; set; } = [];

    public double Milliseconds => _time.GetElapsedTime(_start).TotalMilliseconds;

    public double MillisecondsOf(Stage stage) => _milliseconds[(int)stage];

    /// <summary>Gives the step that comes so long from now, or what is left of the request's time. Without effect once the time is up.</summary>
    public void Allow(TimeSpan limit)
    {
        var remaining = Remaining;
        _budget.CancelAfter(limit < remaining ? limit : remaining);
    }

    /// <summary>Gives the next step all the time that is left.</summary>
    public void AllowAll() => Allow(_total);

    public async Task<T> Timed<T>(Stage stage, Task<T> work)
    {
        var start = _time.GetTimestamp();
        try
        {
            return await work;
        }
        finally
        {
            _milliseconds[(int)stage] += _time.GetElapsedTime(start).TotalMilliseconds;
        }
    }

    public void Dispose()
    {
        _callerGone.Dispose();
        _budget.Dispose();
    }
}

/// <summary>What time is measured of.</summary>
internal enum Stage
{
    /// <summary>Salt and key.</summary>
    Secrets,

    /// <summary>Google's identity token and Entra's token.</summary>
    Identity,

    /// <summary>Until Graph's headers.</summary>
    Graph,

    /// <summary>Until the last byte.</summary>
    Relay,
}
