using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.EndToEnd;

/// <summary>How the whole behaves towards what it calls, and towards too many callers. docs/upstream.md says the same.</summary>
public sealed class MannersTests
{
    private const string Users = "/v1.0/users?$top=1";

    [Test]
    public async Task A_short_wait_that_Graph_asks_for_is_waited_for_inside()
    {
        await using var fixture = await FunctionFixture.StartAsync();
        fixture.Emulator.Faults.Graph.RetryAfter = "1";
        fixture.Emulator.Faults.Graph.Set(FaultKind.Throttled, 1);

        var answer = await fixture.SendAsync(Users);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(fixture.Emulator.GraphRequests.Count, Is.EqualTo(2));
        Assert.That(fixture.Emulator.GraphRequests.All.Select(request => request.Target), Is.All.EqualTo(Users));
    }

    [TestCase(FaultKind.Throttled, 429)]
    [TestCase(FaultKind.Unavailable, 503)]
    public async Task A_long_one_is_passed_on_to_the_caller(FaultKind fault, int status)
    {
        await using var fixture = await FunctionFixture.StartAsync();
        fixture.Emulator.Faults.Graph.RetryAfter = "30";
        fixture.Emulator.Faults.Graph.Set(fault);

        var answer = await fixture.SendAsync(Users);

        Assert.That((answer.Status, answer.Error, answer.Headers["Retry-After"]), Is.EqualTo((status, "API_ERROR", "30")));
        Assert.That(fixture.Emulator.GraphRequests.Count, Is.EqualTo(1), "it was not asked again");
    }

    [TestCase("metadata")]
    [TestCase("entra")]
    [TestCase("secrets")]
    [TestCase("graph")]
    public async Task One_connection_that_is_refused_goes_unnoticed(string dependency)
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("WARM_UP", "false"));
        Faults(fixture, dependency).Set(FaultKind.Refuse, 1);

        var answer = await fixture.SendAsync(Users);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(Faults(fixture, dependency).Left, Is.Zero, "one was refused");
    }

    [Test]
    public async Task A_refusal_of_Entras_is_final()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("WARM_UP", "false"));
        fixture.Emulator.Faults.Entra.Set(FaultKind.Unauthorized);

        var answer = await fixture.SendAsync(Users);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((500, "CONNECTION_SETUP")));
        Assert.That(fixture.Emulator.EntraRequests.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_mailbox_is_read_four_times_at_once_at_most()
    {
        await using var fixture = await FunctionFixture.StartAsync();
        fixture.Emulator.Faults.Graph.Set(FaultKind.Slow);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => fixture.SendAsync($"/v1.0/users/{fixture.UserId(0)}/mailFolders/SentItems/messages?$top=1")));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200));
        Assert.That(fixture.Emulator.GraphRequests.Count, Is.EqualTo(16));
        Assert.That(fixture.Emulator.GraphRequests.MostAtOnce, Is.LessThanOrEqualTo(4));
    }

    [Test]
    public async Task A_thousand_callers_at_once_are_served_or_told_to_come_back()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("MAX_CONCURRENT_REQUESTS", "8"));
        fixture.Emulator.Faults.Graph.Set(FaultKind.Slow);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => fixture.SendAsync(Users)));

        var (served, sentAway) = (answers.Where(answer => answer.Status == 200).ToList(), answers.Where(answer => answer.Status == 503).ToList());
        TestContext.Progress.WriteLine($"1,000 callers, 8 in work: {served.Count} served, {sentAway.Count} sent away, {fixture.Emulator.GraphRequests.MostAtOnce} at Graph at once");
        Assert.That(served.Count + sentAway.Count, Is.EqualTo(1000), string.Join(' ', answers.Select(answer => answer.Status).Distinct()));
        Assert.That(served, Has.Count.GreaterThanOrEqualTo(8));
        Assert.That(sentAway, Is.Not.Empty, "else nothing was tried");
        Assert.That(sentAway.Select(answer => (answer.Error, IsSeconds: int.TryParse(answer.Headers["Retry-After"], out var seconds) && seconds is >= 2 and <= 7)), Is.All.EqualTo(("CONNECTION_TO_SOURCE", true)));
        Assert.That(fixture.Emulator.GraphRequests.MostAtOnce, Is.LessThanOrEqualTo(8), "what is in work is what memory is needed for");
        Assert.That(fixture.Emulator.GraphRequests.Count, Is.EqualTo(served.Count), "who is sent away costs Graph nothing");
        fixture.Emulator.Faults.Clear();
        Assert.That((await fixture.SendAsync(Users)).Status, Is.EqualTo(200), "the next request works");
    }

    [Test]
    public async Task A_health_check_answers_while_every_place_is_taken()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("MAX_CONCURRENT_REQUESTS", "1"));
        fixture.Emulator.Faults.Graph.Set(FaultKind.Hang);
        using var patience = new CancellationTokenSource();
        var hanging = fixture.Client.GetAsync(Users, patience.Token);
        await fixture.Emulator.GraphRequests.WhenAsync(graph => graph.InWork == 1);

        var health = await fixture.SendAsync("/", null, null, ("X-Psoxy-Health-Check", "1"));

        Assert.That(health.Status, Is.EqualTo(200), health.Body);
        await patience.CancelAsync();
        Assert.That(async () => await hanging, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_caller_who_goes_away_takes_the_call_to_Graph_along()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("MAX_CONCURRENT_REQUESTS", "1"));
        fixture.Emulator.Faults.Graph.Set(FaultKind.Hang);
        using var patience = new CancellationTokenSource();
        var leaving = fixture.Client.GetAsync(Users, patience.Token);
        await fixture.Emulator.GraphRequests.WhenAsync(graph => graph.InWork == 1);

        await patience.CancelAsync();

        Assert.That(async () => await leaving, Throws.InstanceOf<OperationCanceledException>());
        await fixture.Emulator.GraphRequests.WhenAsync(graph => graph.GivenUp == 1 && graph.InWork == 0).WaitAsync(TimeSpan.FromSeconds(30));
        await RequestLines.OfAsync(fixture.Function, line => line.Text("error") == "CallerGone");
        fixture.Emulator.Faults.Clear();
        Assert.That((await fixture.SendAsync(Users)).Status, Is.EqualTo(200), "its place is free");
    }

    [Test]
    public async Task A_caller_who_goes_away_in_the_middle_of_a_body_takes_the_rest_along()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("RESPONSE_BUFFER_BYTES", "1000"));
        fixture.Emulator.StreamedPage = new(100_000, TimeSpan.FromMilliseconds(5));
        using (var response = await fixture.Client.GetAsync($"/v1.0/users/{fixture.UserId(0)}/mailFolders/SentItems/messages", HttpCompletionOption.ResponseHeadersRead))
            Assert.That(fixture.Emulator.GraphRequests.InWork, Is.EqualTo(1));

        await fixture.Emulator.GraphRequests.WhenAsync(graph => graph.GivenUp == 1 && graph.InWork == 0).WaitAsync(TimeSpan.FromSeconds(30));
        await RequestLines.OfAsync(fixture.Function, line => line.Text("error") == "CallerGone");
    }

    [TestCase("1000000", TestName = "A source that stops within the held back part is a timeout")]
    [TestCase("0", TestName = "A source that stops after it ends the connection")]
    public async Task A_source_that_stops(string held)
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("RESPONSE_BUFFER_BYTES", held), ("SOURCE_IDLE_SECONDS", "1"));
        fixture.Emulator.StreamedPage = new(3, TimeSpan.FromHours(1));
        var sending = fixture.SendAsync($"/v1.0/users/{fixture.UserId(0)}/mailFolders/SentItems/messages");

        if (held == "0")
        {
            Assert.That(async () => await sending, Throws.InstanceOf<HttpRequestException>().Or.InstanceOf<IOException>(), "a part must not pass for the whole");
        }
        else
        {
            var answer = await sending;
            Assert.That((answer.Status, answer.Error), Is.EqualTo((504, "SOURCE_API_READ_TIMEOUT")));
        }

        await RequestLines.OfAsync(fixture.Function, line => line.Text("error") == "SourceApiReadTimeout");
        await fixture.Emulator.GraphRequests.WhenAsync(graph => graph.GivenUp == 1).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static FaultSwitch Faults(FunctionFixture fixture, string dependency) => dependency switch
    {
        "metadata" => fixture.Emulator.Faults.Metadata,
        "entra" => fixture.Emulator.Faults.Entra,
        "secrets" => fixture.Emulator.Faults.SecretManager,
        _ => fixture.Emulator.Faults.Graph,
    };
}
