using Psoxy.Emulator;
using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>Each fault of what a first request needs, each met by a process of its own that has neither secrets nor a token yet.</summary>
[Parallelizable(ParallelScope.Children)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ColdFaultTests
{
    private const string Unreachable = "503 CONNECTION_TO_SOURCE";
    private const string Setup = "500 CONNECTION_SETUP";
    private const string Configuration = "500 CONFIGURATION_FAILURE";

    [TestCase(FaultKind.Refuse, Unreachable)]
    [TestCase(FaultKind.NoHandshake, Unreachable)]
    [TestCase(FaultKind.Hang, Unreachable)]
    [TestCase(FaultKind.Slow, "200")]
    [TestCase(FaultKind.Dribble, Unreachable)]
    [TestCase(FaultKind.Cut, Unreachable)]
    [TestCase(FaultKind.Garbage, Unreachable)]
    [TestCase(FaultKind.WrongContentType, Unreachable)]
    [TestCase(FaultKind.Redirect, Unreachable)]
    [TestCase(FaultKind.Empty, Unreachable)]
    [TestCase(FaultKind.Oversized, Unreachable)]
    [TestCase(FaultKind.Unauthorized, Unreachable)]
    [TestCase(FaultKind.Forbidden, Unreachable)]
    [TestCase(FaultKind.NotFound, Unreachable)]
    [TestCase(FaultKind.Throttled, Unreachable)]
    [TestCase(FaultKind.ServerError, Unreachable)]
    [TestCase(FaultKind.BadGateway, Unreachable)]
    [TestCase(FaultKind.Unavailable, Unreachable)]
    [TestCase(FaultKind.GatewayTimeout, Unreachable)]
    [TestCase(FaultKind.ExpiredToken, Setup)]
    public Task Metadata(FaultKind fault, string expected) => CheckAsync("metadata", fault, expected);

    [TestCase(FaultKind.Refuse, Unreachable)]
    [TestCase(FaultKind.NoHandshake, Unreachable)]
    [TestCase(FaultKind.UnknownAuthority, Unreachable)]
    [TestCase(FaultKind.OtherName, Unreachable)]
    [TestCase(FaultKind.ExpiredCertificate, Unreachable)]
    [TestCase(FaultKind.Hang, Unreachable)]
    [TestCase(FaultKind.Slow, "200")]
    [TestCase(FaultKind.Dribble, Unreachable)]
    [TestCase(FaultKind.Cut, Unreachable)]
    [TestCase(FaultKind.Garbage, Unreachable)]
    [TestCase(FaultKind.WrongContentType, Unreachable)]
    [TestCase(FaultKind.Redirect, Setup)]
    [TestCase(FaultKind.Empty, Unreachable)]
    [TestCase(FaultKind.Oversized, Unreachable)]
    [TestCase(FaultKind.Unauthorized, Setup)]
    [TestCase(FaultKind.Forbidden, Setup)]
    [TestCase(FaultKind.NotFound, Setup)]
    [TestCase(FaultKind.Throttled, Unreachable)]
    [TestCase(FaultKind.ServerError, Unreachable)]
    [TestCase(FaultKind.BadGateway, Unreachable)]
    [TestCase(FaultKind.Unavailable, Unreachable)]
    [TestCase(FaultKind.GatewayTimeout, Unreachable)]
    [TestCase(FaultKind.ExpiredToken, "401 API_ERROR")]
    public Task Entra(FaultKind fault, string expected) => CheckAsync("Entra", fault, expected);

    [TestCase(FaultKind.Refuse, Unreachable)]
    [TestCase(FaultKind.NoHandshake, Unreachable)]
    [TestCase(FaultKind.UnknownAuthority, Unreachable)]
    [TestCase(FaultKind.OtherName, Unreachable)]
    [TestCase(FaultKind.ExpiredCertificate, Unreachable)]
    [TestCase(FaultKind.Hang, Unreachable)]
    [TestCase(FaultKind.Slow, "200")]
    [TestCase(FaultKind.Dribble, Unreachable)]
    [TestCase(FaultKind.Cut, Unreachable)]
    [TestCase(FaultKind.Garbage, Unreachable)]
    [TestCase(FaultKind.WrongContentType, Unreachable)]
    [TestCase(FaultKind.Redirect, Unreachable)]
    [TestCase(FaultKind.Empty, Unreachable)]
    [TestCase(FaultKind.Oversized, Unreachable)]
    [TestCase(FaultKind.Unauthorized, Configuration)]
    [TestCase(FaultKind.Forbidden, Configuration)]
    [TestCase(FaultKind.NotFound, Unreachable)]
    [TestCase(FaultKind.Throttled, Unreachable)]
    [TestCase(FaultKind.ServerError, Unreachable)]
    [TestCase(FaultKind.BadGateway, Unreachable)]
    [TestCase(FaultKind.Unavailable, Unreachable)]
    [TestCase(FaultKind.GatewayTimeout, Unreachable)]
    [TestCase(FaultKind.ExpiredToken, Unreachable)]
    public Task SecretManager(FaultKind fault, string expected) => CheckAsync("Secret Manager", fault, expected);

    [OneTimeSetUp]
    public static void SayWhatCannotBe()
    {
        foreach (var kind in (FaultKind[])[FaultKind.UnknownAuthority, FaultKind.OtherName, FaultKind.ExpiredCertificate])
            FaultTable.Add("metadata", "cold", kind.ToString(), "– it is plain HTTP, inside the machine");
    }

    private static async Task CheckAsync(string dependency, FaultKind fault, string expected)
    {
        // What never ends is given up within the time for one request at the latest; it is at its shortest here.
        var patience = fault is FaultKind.Hang or FaultKind.Dribble ? "20" : "180";
        var options = new EmulatorOptions { HasSecureSecretManager = dependency == "Secret Manager" && fault is FaultKind.NoHandshake or FaultKind.UnknownAuthority or FaultKind.OtherName or FaultKind.ExpiredCertificate };
        await using var fixture = await FunctionFixture.StartAsync(options, ("WARM_UP", "false"), ("REQUEST_TIMEOUT_SECONDS", patience));
        var faults = fixture.Emulator.Faults.Of(dependency);
        faults.RetryAfterSeconds = 1;
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
