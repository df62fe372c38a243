using Psoxy.Emulator;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>A thousand callers at once.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class CrowdTests
{
    private const int Callers = 1000;
    private const long MostMemory = 512L << 20; // what the function is deployed with

    [TestCase("true", TestName = "A thousand callers of a warm function are answered or told when to come again")]
    [TestCase("false", TestName = "A thousand callers of a cold function are answered or told when to come again")]
    public async Task Are_answered_or_told_when_to_come_again(string warmUp)
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("DOTNET_PROCESSOR_COUNT", "2"), ("WARM_UP", warmUp));
        var source = await fixture.GraphAsync(FaultChecks.Users);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = fixture.Function.Address, Timeout = TimeSpan.FromMinutes(3) };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Outcome.OfAsync(client, FaultChecks.Users)));

        var use = ProcessSample.Of(fixture.Function.Id);
        var slowest = outcomes.Max(outcome => outcome.Elapsed);
        FaultTable.Add("callers", warmUp == "true" ? "warm" : "cold", "1,000 at once", string.Join(", ", outcomes.CountBy(outcome => outcome.Verdict).Select(pair => $"{pair.Value} × {pair.Key}")) + $"; {slowest.TotalMilliseconds:F0} ms, peak {use.PeakRssBytes >> 20} MiB");
        foreach (var outcome in outcomes)
        {
            Assert.That(outcome.IsBroken, Is.False);
            if (outcome.Answer.Status == 200) FaultChecks.AssertRows(source, outcome.Answer.Body);
            else Assert.That((outcome.Answer.Status, outcome.Answer.Headers.ContainsKey("Retry-After")), Is.EqualTo((503, true)), outcome.Answer.Body);
        }

        Assert.That(outcomes.Any(outcome => outcome.Answer.Status == 200), "somebody is served");
        Assert.That(Canaries.FindIn(source), Is.Not.Null);
        Assert.That(outcomes.Select(outcome => Canaries.FindIn(outcome.Answer.Everything)), Is.All.Null);
        Assert.That(Canaries.FindIn(string.Join('\n', fixture.Function.Output)), Is.Null);
        Assert.That(use.PeakRssBytes, Is.LessThan(MostMemory));
        await FaultChecks.AssertRecoversAsync(fixture);
    }
}
