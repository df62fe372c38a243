using Psoxy.Emulator;
using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>
/// Each fault of where tokens come from, met by a process that has served and must renew its tokens: as it is in the hour after the first. Secrets are read once,
/// so nothing renews them.
/// </summary>
[Parallelizable(ParallelScope.Self)]
public sealed class RenewalFaultTests
{
    private FunctionFixture _fixture = null!;

    private static IEnumerable<TestCaseData> Cells => TokenFaults.Of("metadata", "Entra");

    // Tokens that are nearly over are not kept, so every request renews them. The first comes with the first request, once they are so.
    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _fixture = await FunctionFixture.StartAsync(new EmulatorOptions { GraphTokenSeconds = 300 }, ("WARM_UP", "false"), ("REQUEST_TIMEOUT_SECONDS", "20"));
        _fixture.Emulator.Clock.IdentityTokenSeconds = 30;
        await FaultChecks.AssertRecoversAsync(_fixture);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    [TestCaseSource(nameof(Cells))]
    public async Task Is_told_and_passes(string dependency, FaultKind fault, string expected)
    {
        var faults = _fixture.Emulator.Faults.Of(dependency);
        faults.RetryAfter = "1";
        var begun = faults.Begun;
        faults.Set(fault);

        var outcome = await Outcome.OfAsync(_fixture.Client, FaultChecks.Users);

        FaultTable.Add(dependency, "renewal", fault.ToString(), outcome.ToString());
        var source = await _fixture.GraphAsync(FaultChecks.Users);
        await FaultChecks.AssertHarmlessAsync(outcome, expected, faults.Sent + source, _fixture.Function);
        if (expected == "200") FaultChecks.AssertRows(source, outcome.Answer.Body);
        await FaultChecks.AssertRecoversAsync(_fixture);
        Assert.That(faults.Begun, Is.GreaterThan(begun), "it was asked");
    }
}
