using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>Callers that go away before their answer, or in the middle of it: what is done for them ends with them.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class VanishingCallerTests
{
    // As many as are in work at once, and as many at each mailbox as may read it.
    private const int Callers = 24;
    private const int Mailboxes = Callers / 4;
    private const string Gone = "\"error\":\"CallerGone\"";
    private FunctionFixture _fixture = null!;
    private int _handles;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _fixture = await FunctionFixture.StartAsync(null, ("RESPONSE_BUFFER_BYTES", "1000"));
        Assert.That((await _fixture.SendAsync(FaultChecks.Users)).Status, Is.EqualTo(200));
        _handles = ProcessSample.Of(_fixture.Function.Id).Handles;
    }

    [TearDown]
    public void Clear()
    {
        _fixture.Emulator.Faults.Clear();
        _fixture.Emulator.StreamedPage = null;
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    [Test]
    public async Task Before_the_answer_the_call_to_Graph_is_given_up()
    {
        var graph = _fixture.Emulator.Faults.Graph;
        graph.Set(FaultKind.Hang);
        var (begun, abandoned) = (graph.Begun, graph.Abandoned);
        using var gone = new CancellationTokenSource();
        using var client = NewClient();
        var calls = Enumerable.Range(0, Callers).Select(_ => client.GetAsync(FaultChecks.Users, gone.Token)).ToList();
        await Wait.UntilAsync(() => graph.Begun - begun >= Callers, () => $"{graph.Begun - begun} calls came to Graph");

        await gone.CancelAsync();

        foreach (var call in calls) Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
        await Wait.UntilAsync(() => graph.Abandoned - abandoned >= Callers, () => $"{graph.Abandoned - abandoned} calls to Graph were given up");
        await AssertAllWellAsync(Callers);
    }

    [Test]
    public async Task In_the_middle_of_the_answer_the_rest_is_not_fetched()
    {
        var graph = _fixture.Emulator.Faults.Graph;
        _fixture.Emulator.StreamedPage = new(100_000, TimeSpan.FromMilliseconds(5));
        var abandoned = graph.Abandoned;
        using (var client = NewClient())
        {
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
            {
                using var response = await client.GetAsync($"/v1.0/users/{_fixture.UserId(caller % Mailboxes)}/mailFolders/SentItems/messages", HttpCompletionOption.ResponseHeadersRead);
                await using var body = await response.Content.ReadAsStreamAsync();
                Assert.That(await body.ReadAsync(new byte[100]), Is.GreaterThan(0));
            }));
        }

        await Wait.UntilAsync(() => graph.Abandoned - abandoned >= Callers, () => $"{graph.Abandoned - abandoned} calls to Graph were given up");
        await AssertAllWellAsync(Callers);
    }

    [TestCase("metadata")]
    [TestCase("Entra")]
    [TestCase("Secret Manager")]
    public async Task While_the_first_token_is_fetched_others_still_get_it(string dependency)
    {
        await using var cold = await FunctionFixture.StartAsync(null, ("WARM_UP", "false"));
        var faults = cold.Emulator.Faults.Of(dependency);
        faults.Set(FaultKind.Hang);
        using var gone = new CancellationTokenSource();
        using var client = new HttpClient { BaseAddress = cold.Function.Address };
        var first = client.GetAsync(FaultChecks.Users, gone.Token);
        await Wait.UntilAsync(() => faults.Begun > 0, () => "nobody asked");
        await gone.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        await Wait.UntilAsync(() => cold.Function.Output.Any(line => line.Contains(Gone, StringComparison.Ordinal)), () => string.Join('\n', cold.Function.Output));

        await FaultChecks.AssertRecoversAsync(cold);

        Assert.That(string.Join('\n', cold.Function.Output), Does.Not.Contain(" bug: "));
    }

    private async Task AssertAllWellAsync(int gone)
    {
        _fixture.Emulator.StreamedPage = null;
        await FaultChecks.AssertRecoversAsync(_fixture);
        await Wait.UntilAsync(() => Lines(Gone) >= gone, () => $"{Lines(Gone)} log lines say that the caller is gone");
        Assert.That(Lines(" bug: "), Is.Zero);

        // A few connections to Graph are kept for the next; what callers held is not.
        await Wait.UntilAsync(() => ProcessSample.Of(_fixture.Function.Id).Handles <= _handles + 10, () => $"{ProcessSample.Of(_fixture.Function.Id).Handles} handles, {_handles} before");
    }

    private int Lines(string text) => _fixture.Function.Output.Count(line => line.Contains(text, StringComparison.Ordinal));

    private HttpClient NewClient() => new() { BaseAddress = _fixture.Function.Address };
}
