using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>
/// Each fault that can strike in the middle of Graph's answer. Within the part that is held back it is a clean error; after it the connection breaks, so that
/// nobody takes the part for the whole.
/// </summary>
[Parallelizable(ParallelScope.Self)]
public sealed class GraphBodyFaultTests
{
    private const int HoldBack = 50_000;
    private const int MaxResponse = 10_000_000;
    private FunctionFixture _fixture = null!;
    private string _target = null!;
    private string _whole = null!;
    private string _source = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _fixture = await FunctionFixture.StartAsync(null, ("REQUEST_TIMEOUT_SECONDS", "20"), ("RESPONSE_BUFFER_BYTES", $"{HoldBack}"), ("MAX_RESPONSE_BYTES", $"{MaxResponse}"));
        _fixture.Emulator.StreamedPage = new(1000, TimeSpan.Zero);
        _target = $"/v1.0/users/{_fixture.UserId(0)}/mailFolders/SentItems/messages";
        _source = await _fixture.GraphAsync(_target);
        _whole = (await _fixture.SendAsync(_target)).Body;
        Assert.That(_whole.Length, Is.GreaterThan(4 * HoldBack), "else there is nothing after what is held back");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    [TestCase(FaultKind.Hang, "504 SOURCE_API_READ_TIMEOUT")]
    [TestCase(FaultKind.Slow, "200")]
    [TestCase(FaultKind.Dribble, "504 SOURCE_API_READ_TIMEOUT")]
    [TestCase(FaultKind.Cut, "502 API_ERROR")]
    [TestCase(FaultKind.Garbage, "502 API_ERROR")]
    public Task Within_what_is_held_back(FaultKind fault, string expected) => CheckAsync("held back", fault, 5_000, expected);

    [TestCase(FaultKind.Hang, "aborted")]
    [TestCase(FaultKind.Slow, "200")]
    [TestCase(FaultKind.Dribble, "aborted")]
    [TestCase(FaultKind.Cut, "aborted")]
    [TestCase(FaultKind.Garbage, "aborted")]
    [TestCase(FaultKind.Oversized, "aborted")]
    public Task After_it(FaultKind fault, string expected) => CheckAsync("after it", fault, _source.Length * 3 / 4, expected);

    [OneTimeSetUp]
    public void SayWhatCannotBe()
    {
        FaultTable.Add("Graph", "held back", nameof(FaultKind.Oversized), "– is tried before the headers, with a limit within what is held back");
        foreach (var phase in (string[])["held back", "after it"])
        {
            foreach (var kind in Enum.GetValues<FaultKind>().Where(kind => kind is not (FaultKind.None or FaultKind.Hang or FaultKind.Slow or FaultKind.Dribble or FaultKind.Cut or FaultKind.Garbage or FaultKind.Oversized)))
                FaultTable.Add("Graph", phase, kind.ToString(), kind == FaultKind.Empty ? "– a body has begun" : "– the status is out, the connection made");
        }
    }

    private async Task CheckAsync(string phase, FaultKind fault, int afterBytes, string expected)
    {
        var faults = _fixture.Emulator.Faults.Graph;
        faults.Set(fault, afterBytes: afterBytes);

        var outcome = await Outcome.OfAsync(_fixture.Client, _target);

        faults.Clear();
        FaultTable.Add("Graph", phase, fault.ToString(), outcome.ToString());
        await FaultChecks.AssertHarmlessAsync(outcome, expected, faults.Sent + _source, _fixture.Function);
        if (expected == "aborted") Assert.That(outcome.Answer.Body, Is.Not.Empty, "it had begun");
        if (expected == "aborted" && fault != FaultKind.Oversized) Assert.That(_whole, Does.StartWith(outcome.Answer.Body), "and was right as far as it came");
        if (expected == "200") Assert.That(outcome.Answer.Body, Is.EqualTo(_whole), "no row lost, none twice");
        await FaultChecks.AssertRecoversAsync(_fixture);
        Assert.That((await _fixture.SendAsync(_target)).Body, Is.EqualTo(_whole), "nothing of the broken answer is in the next");
    }
}
