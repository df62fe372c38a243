using Microsoft.Extensions.Time.Testing;
using Psoxy.Gcp.Health;

namespace Psoxy.Gcp.Tests.Health;

public sealed class ClocksTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-24T10:00:00Z", null));

    [Test]
    public void Nothing_is_known_before_somebody_has_answered()
    {
        var clocks = new Clocks(_time);
        clocks.Observe("Entra", null);
        Assert.That(clocks.Farthest, Is.Null);
    }

    [Test]
    public void The_one_that_is_farthest_counts_in_either_direction()
    {
        var clocks = new Clocks(_time);
        clocks.Observe("Google", _time.GetUtcNow().AddSeconds(-3));
        clocks.Observe("Entra", _time.GetUtcNow().AddSeconds(100));
        Assert.That(clocks.Farthest, Is.EqualTo(("Entra", TimeSpan.FromSeconds(-100))));
    }

    [Test]
    public void The_last_answer_of_each_counts()
    {
        var clocks = new Clocks(_time);
        clocks.Observe("Entra", _time.GetUtcNow().AddSeconds(100));
        _time.Advance(TimeSpan.FromMinutes(5));
        clocks.Observe("Entra", _time.GetUtcNow());
        Assert.That(clocks.Farthest, Is.EqualTo(("Entra", TimeSpan.Zero)));
    }
}
