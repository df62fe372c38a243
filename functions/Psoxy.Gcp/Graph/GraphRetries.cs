using Psoxy.Gcp.Options;

namespace Psoxy.Gcp.Graph;

/// <summary>
/// Whether a call is repeated. The caller repeats by itself and waiting inside a function is paid for, so only what passes quickly is waited for here: a wait that does not
/// fit is the caller's, who gets Graph's status and Retry-After at once.
/// </summary>
internal sealed class GraphRetries(ProxyOptions options, TimeProvider time)
{
    /// <summary>Repeats at most, so three tries.</summary>
    public const int Most = 2;

    /// <summary>The longest pause where Graph names none.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly RetryBudget _budget = new();
    private BackOff? _backOff;

    /// <summary>Sends, and sends again while that helps and fits.</summary>
    /// <exception cref="OperationCanceledException">The caller went away, or the time was up during a pause.</exception>
    public async Task<Attempt<GraphResponse>> RunAsync(Exchange exchange, Func<Task<GraphTry>> send)
    {
        var first = await SendAsync(send);
        var since = time.GetTimestamp();
        if (!MayRepeat(exchange, first, since)) return first.Outcome;

        // Made when the first call fails: a start has no time for it (docs/decisions/0008-polly-core.md).
        _backOff ??= new BackOff(Most, LongestPause, time);
        return (await _backOff.RepeatAsync(first, () => SendAsync(send), tried => MayRepeat(exchange, tried, since), () => exchange.Retries++, exchange.Cancellation)).Outcome;
    }

    private async Task<GraphTry> SendAsync(Func<Task<GraphTry>> send)
    {
        var tried = await send();
        if (tried.MayPass) _budget.Failed();
        else if (tried.Outcome.TryGet(out _)) _budget.Succeeded();
        return tried;
    }

    private bool MayRepeat(Exchange exchange, GraphTry tried, long since)
    {
        if (!tried.MayPass || !_budget.Allows) return false;
        var wait = tried.RetryAfter ?? (LongestPause < options.RetryWait ? LongestPause : options.RetryWait);
        return wait > TimeSpan.Zero && time.GetElapsedTime(since) + wait <= options.RetryWait && wait < exchange.Remaining;
    }
}
