using Microsoft.Extensions.Time.Testing;

namespace Psoxy.Gcp.Tests.Graph;

/// <summary>The test's time. Where it skips pauses, a pause drawn by lot is over, to the tick, as soon as it has begun; limits, which are longer, run on.</summary>
internal sealed class SkippingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    public bool SkipsPauses { get; set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (SkipsPauses && dueTime > TimeSpan.Zero && dueTime < LongestPause) ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        return timer;
    }
}
