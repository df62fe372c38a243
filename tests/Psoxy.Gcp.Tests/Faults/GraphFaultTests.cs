using Psoxy.Emulator;
using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>Each fault of Graph, before its headers and in its body, met by one process that keeps on serving.</summary>
/// <param name="phase">When it strikes.</param>
[Parallelizable(ParallelScope.Self)]
[TestFixture(Cold)]
[TestFixture(Warm)]
public sealed class GraphFaultTests(string phase)
{
    private const string Cold = "cold";
    private const string Warm = "warm";
    private const string Unreachable = "503 CONNECTION_TO_SOURCE";
    private const string Broken = "502 API_ERROR";
    private FunctionFixture _fixture = null!;

    // A token that is good for five minutes only is not kept, so every request is as the first: it must get a token before it can ask Graph.
    [OneTimeSetUp]
    public async Task StartAsync() => _fixture = await FunctionFixture.StartAsync(
        new EmulatorOptions { GraphTokenSeconds = phase == Cold ? 300 : 3599 }, ("REQUEST_TIMEOUT_SECONDS", "20"), ("MAX_RESPONSE_BYTES", "1000000"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    [TestCase(FaultKind.Refuse, Unreachable)]
    [TestCase(FaultKind.NoHandshake, Unreachable)]
    [TestCase(FaultKind.UnknownAuthority, Unreachable)]
    [TestCase(FaultKind.OtherName, Unreachable)]
    [TestCase(FaultKind.ExpiredCertificate, Unreachable)]
    [TestCase(FaultKind.Hang, "504 SOURCE_API_READ_TIMEOUT")]
    [TestCase(FaultKind.Slow, "200")]
    [TestCase(FaultKind.WrongDate, "200")]
    [TestCase(FaultKind.Dribble, "504 SOURCE_API_READ_TIMEOUT")]
    [TestCase(FaultKind.Cut, Broken)]
    [TestCase(FaultKind.Garbage, Broken)]
    [TestCase(FaultKind.WrongContentType, Broken)]
    [TestCase(FaultKind.Redirect, Broken)]
    [TestCase(FaultKind.Empty, "200")]
    [TestCase(FaultKind.Oversized, Broken)]
    [TestCase(FaultKind.Unauthorized, "401 API_ERROR")]
    [TestCase(FaultKind.Forbidden, "403 API_ERROR")]
    [TestCase(FaultKind.NotFound, "404 API_ERROR")]
    [TestCase(FaultKind.Throttled, "429 API_ERROR")]
    [TestCase(FaultKind.ServerError, "500 API_ERROR")]
    [TestCase(FaultKind.BadGateway, "502 API_ERROR")]
    [TestCase(FaultKind.Unavailable, "503 API_ERROR")]
    [TestCase(FaultKind.GatewayTimeout, "504 API_ERROR")]
    [TestCase(FaultKind.ExpiredToken, "401 API_ERROR")]
    public async Task Before_the_headers(FaultKind fault, string expected)
    {
        var faults = _fixture.Emulator.Faults.Graph;
        faults.Set(fault);
        var tokens = _fixture.Emulator.EntraRequests.Count;

        var outcome = await Outcome.OfAsync(_fixture.Client, FaultChecks.Users);

        faults.Clear();
        FaultTable.Add("Graph", phase + ", headers", fault.ToString(), outcome.ToString());
        var source = await _fixture.GraphAsync(FaultChecks.Users);
        await FaultChecks.AssertHarmlessAsync(outcome, expected, faults.Sent + source, _fixture.Function);
        if (expected == "200") Assert.That(outcome.Answer.Body, Is.Empty.Or.Contains("\"value\""));
        if (expected == "200" && fault != FaultKind.Empty) FaultChecks.AssertRows(source, outcome.Answer.Body);
        if (phase == Cold) Assert.That(_fixture.Emulator.EntraRequests.Count, Is.GreaterThan(tokens), "there was no token yet");
        await FaultChecks.AssertRecoversAsync(_fixture);
    }
}
