using Polly;
using Polly.Retry;

namespace Psoxy.Gcp.Graph;

/// <summary>The pauses between repeats: what Graph asks for, else exponential ones with jitter, by Polly.</summary>
internal sealed class BackOff
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly ResiliencePropertyKey<Run> RunKey = new(nameof(Run));
    private readonly ResiliencePipeline<GraphTry> _pipeline;

    public BackOff(int repeats, TimeSpan longestPause, TimeProvider time) => _pipeline = new ResiliencePipelineBuilder<GraphTry> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<GraphTry>
        {
            MaxRetryAttempts = repeats,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstPause,
            MaxDelay = longestPause,
            ShouldHandle = static retry => new(retry.Outcome.Exception is null && RunOf(retry.Context).MayRepeat(retry.Outcome.Result)),
            DelayGenerator = static retry => new(retry.Outcome.Result.RetryAfter),
            OnRetry = static retry =>
            {
                // Its connection is free during the pause.
                if (retry.Outcome.Result.Outcome.TryGet(out var refused)) refused.Dispose();
                RunOf(retry.Context).Repeating();
                return default;
            },
        })
        .Build();

    /// <summary>Repeats a call that was sent once.</summary>
    /// <param name="first">What came of it.</param>
    /// <param name="again">Sends it.</param>
    /// <param name="mayRepeat">Whether to repeat after this.</param>
    /// <param name="repeating">Told of each repeat.</param>
    /// <param name="cancellationToken">Ends a pause.</param>
    public async Task<GraphTry> RepeatAsync(GraphTry first, Func<Task<GraphTry>> again, Func<GraphTry, bool> mayRepeat, Action repeating, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(RunKey, new Run(first, again, mayRepeat, repeating));
            return await _pipeline.ExecuteAsync(static context => RunOf(context).NextAsync(), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Run RunOf(ResilienceContext context) => context.Properties.GetValue(RunKey, null!);

    private sealed class Run(GraphTry first, Func<Task<GraphTry>> again, Func<GraphTry, bool> mayRepeat, Action repeating)
    {
        private bool _hasBegun;

        public bool MayRepeat(GraphTry tried) => mayRepeat(tried);

        public void Repeating() => repeating();

        public ValueTask<GraphTry> NextAsync()
        {
            if (_hasBegun) return new(again());
            _hasBegun = true;
            return new(first);
        }
    }
}
