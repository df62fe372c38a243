using Psoxy.Emulator;
using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>Each fault of what a first request needs, each met by a process of its own that has neither secrets nor a token yet.</summary>
[Parallelizable(ParallelScope.Children)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ColdFaultTests
{
    private static IEnumerable<TestCaseData> Cells => TokenFaults.Of("metadata", "Entra", "Secret Manager");

    [OneTimeSetUp]
    public static void SayWhatCannotBe()
    {
        foreach (var kind in TokenFaults.Certificates)
            FaultTable.Add("metadata", "cold", kind.ToString(), "– it is plain HTTP, inside the machine");
    }

    // One asks for all; when it fails the next one asks, and meanwhile the time of who waits in line runs out.
    [TestCase("metadata")]
    [TestCase("Entra")]
    [TestCase("Secret Manager")]
    public async Task Those_who_wait_in_line_are_told_the_same(string dependency)
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("WARM_UP", "false"), ("REQUEST_TIMEOUT_SECONDS", "20"));
        fixture.Emulator.Faults.Of(dependency).Set(FaultKind.Hang);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Outcome.OfAsync(fixture.Client, FaultChecks.Users)));

        FaultTable.Add(dependency, "cold, in line", nameof(FaultKind.Hang), outcomes.MaxBy(outcome => outcome.Elapsed)!.ToString());
        var source = await fixture.GraphAsync(FaultChecks.Users);
        foreach (var outcome in outcomes) await FaultChecks.AssertHarmlessAsync(outcome, TokenFaults.Unreachable, source, fixture.Function);
        await FaultChecks.AssertRecoversAsync(fixture);
    }

    [TestCaseSource(nameof(Cells))]
    public async Task Is_told_and_passes(string dependency, FaultKind fault, string expected)
    {
        // What never ends is given up within the time for one request at the latest; it is at its shortest here.
        var patience = fault is FaultKind.Hang or FaultKind.Dribble ? "20" : "180";
        var options = new EmulatorOptions { HasSecureSecretManager = dependency == "Secret Manager" && TokenFaults.Certificates.Append(FaultKind.NoHandshake).Contains(fault) };
        await using var fixture = await FunctionFixture.StartAsync(options, ("WARM_UP", "false"), ("REQUEST_TIMEOUT_SECONDS", patience));
        var faults = fixture.Emulator.Faults.Of(dependency);
        faults.RetryAfter = "1";
        faults.Set(fault);

        var outcome = await Outcome.OfAsync(fixture.Client, FaultChecks.Users);

        FaultTable.Add(dependency, "cold", fault.ToString(), outcome.ToString());
        await FaultChecks.AssertHarmlessAsync(outcome, expected, faults.Sent + await fixture.GraphAsync(FaultChecks.Users), fixture.Function);
        if (expected != "200" && expected != "401 API_ERROR") Assert.That(fixture.Emulator.GraphRequests.All.Count(FromFunction), Is.Zero, "no call without secrets and token");
        await FaultChecks.AssertRecoversAsync(fixture);
    }

    // The test itself asks Graph, too, with another client.
    private static bool FromFunction(Emulator.Hosting.ReceivedRequest request) => request.Headers.ContainsKey("client-request-id");
}
