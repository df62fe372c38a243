using System.Security.Authentication;
using Microsoft.AspNetCore.Http;
using Psoxy.Gcp.Graph;
using Psoxy.Gcp.Health;
using Psoxy.Gcp.Identity;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;
using Psoxy.Gcp.Secrets;
using static Psoxy.Gcp.Tests.Graph.FakeGraph;

namespace Psoxy.Gcp.Tests.Graph;

/// <summary>What is repeated towards Graph, when, and what is left to the caller. Time is the test's.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GraphClientTests
{
    private readonly SkippingTime _time = new(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));

    [TestCase(429, "2")]
    [TestCase(503, "2")]
    [TestCase(504, "2")]
    [TestCase(429, "Tue, 24 Nov 2026 10:00:02 GMT")]
    public async Task A_busy_answer_is_repeated_when_Graph_says_and_not_before(int status, string retryAfter)
    {
        using var graph = new FakeGraph(Answer(status, retryAfter), Answer(200));
        using var call = Start(graph);
        Assert.That((call.Task.IsCompleted, graph.Calls), Is.EqualTo((false, 1)));
        _time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.That((call.Task.IsCompleted, graph.Calls), Is.EqualTo((false, 1)));

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(await call.StatusAsync(), Is.EqualTo(200));
        Assert.That((graph.Calls, call.Exchange.Retries), Is.EqualTo((2, 1)));
    }

    [TestCase("6", TestName = "A wait that is longer than RETRY_WAIT_SECONDS is the caller's")]
    [TestCase("Tue, 24 Nov 2026 10:00:06 GMT", TestName = "A wait until a moment that is too far is the caller's")]
    [TestCase("86400", TestName = "A wait of a day is the caller's")]
    public async Task A_wait_that_does_not_fit_is_the_callers(string retryAfter)
    {
        using var graph = new FakeGraph(Answer(429, retryAfter), Answer(200));
        using var call = Start(graph);

        Assert.That(call.Task.IsCompleted, Is.True, "at once: no time has passed");
        Assert.That(await call.StatusAsync(), Is.EqualTo(429));
        Assert.That((graph.Calls, call.Exchange.Retries), Is.EqualTo((1, 0)));
        var headers = new HeaderDictionary();
        (await call.ResponseAsync()).CopyHeaders(ForwardedHeaders.Values, headers);
        Assert.That(headers["Retry-After"].ToString(), Is.EqualTo(retryAfter), "as Graph says it");
    }

    [Test]
    public async Task A_wait_that_does_not_fit_what_is_left_of_the_request_is_the_callers()
    {
        using var graph = new FakeGraph(Answer(503, "4"), Answer(200));
        using var call = Start(graph, new ProxyOptions { Budget = TimeSpan.FromSeconds(3) });

        Assert.That(await call.StatusAsync(), Is.EqualTo(503));
        Assert.That(graph.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task Waits_add_up_to_the_limit_and_no_further()
    {
        using var graph = new FakeGraph(Answer(429, "3"), Answer(429, "3"), Answer(200));
        using var call = Start(graph);

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.That(await call.StatusAsync(), Is.EqualTo(429));
        Assert.That((graph.Calls, call.Exchange.Retries), Is.EqualTo((2, 1)));
    }

    [TestCase(null)]
    [TestCase("0")]
    [TestCase("-5")]
    [TestCase("soon")]
    [TestCase("Tue, 24 Nov 2026 09:59:00 GMT")]
    public async Task Without_a_usable_Retry_After_there_are_three_tries_at_most(string? retryAfter)
    {
        _time.SkipsPauses = true;
        using var graph = new FakeGraph(Answer(503, retryAfter));
        using var call = Start(graph);

        Assert.That(await call.StatusAsync(), Is.EqualTo(503), "the last answer");
        Assert.That((graph.Calls, call.Exchange.Retries), Is.EqualTo((3, 2)));
    }

    [TestCase(200)]
    [TestCase(204)]
    [TestCase(302)]
    [TestCase(400)]
    [TestCase(404)]
    [TestCase(410)]
    [TestCase(500)]
    [TestCase(501)]
    [TestCase(502)]
    public async Task Any_other_answer_is_final(int status)
    {
        using var graph = new FakeGraph(Answer(status, "1"), Answer(200));
        using var call = Start(graph);

        Assert.That(await call.StatusAsync(), Is.EqualTo(status));
        Assert.That(graph.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task A_connection_that_fails_before_an_answer_is_tried_again()
    {
        _time.SkipsPauses = true;
        using var graph = new FakeGraph(Throw(new HttpRequestException("refused")), Throw(new IOException("cut just after it was made")), Answer(200));
        using var call = Start(graph);

        Assert.That(await call.StatusAsync(), Is.EqualTo(200));
        Assert.That((graph.Calls, call.Exchange.Retries), Is.EqualTo((3, 2)));
    }

    [Test]
    public async Task A_certificate_that_is_not_accepted_is_not_asked_for_again()
    {
        using var graph = new FakeGraph(Throw(new HttpRequestException("TLS", new AuthenticationException())), Answer(200));
        using var call = Start(graph);

        Assert.That(await call.FaultAsync(), Is.EqualTo(ProxyError.ConnectionToSource));
        Assert.That(graph.Calls, Is.EqualTo(1));
    }

    [TestCase("POST")]
    [TestCase("PATCH")]
    public async Task What_may_not_be_done_twice_is_sent_once(string method)
    {
        using var graph = new FakeGraph(Answer(429, "1"), Answer(200));
        using var call = Start(graph, method: method);

        Assert.That(await call.StatusAsync(), Is.EqualTo(429));
        Assert.That(graph.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task With_RETRY_WAIT_SECONDS_0_nothing_is_repeated()
    {
        using var graph = new FakeGraph(Answer(503), Answer(200));
        using var call = Start(graph, new ProxyOptions { RetryWait = TimeSpan.Zero });

        Assert.That(await call.StatusAsync(), Is.EqualTo(503));
        Assert.That(graph.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task Headers_that_do_not_come_are_a_timeout_and_not_asked_for_again()
    {
        using var graph = new FakeGraph(Hang);
        using var call = Start(graph);
        _time.Advance(TimeSpan.FromSeconds(99));
        Assert.That(call.Task.IsCompleted, Is.False);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await call.FaultAsync(), Is.EqualTo(ProxyError.SourceApiReadTimeout));
        Assert.That(graph.Calls, Is.EqualTo(1));
    }

    [Test]
    public void A_caller_who_goes_away_during_a_pause_ends_it()
    {
        using var graph = new FakeGraph(Answer(429, "3"), Answer(200));
        using var gone = new CancellationTokenSource();
        using var call = Start(graph, context: new DefaultHttpContext { RequestAborted = gone.Token });
        Assert.That(call.Task.IsCompleted, Is.False);

        gone.Cancel();

        Assert.That(async () => await call.Task, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((call.Exchange.IsCallerGone, graph.Calls), Is.EqualTo((true, 1)));
    }

    [Test]
    public async Task The_refused_answer_is_let_go_before_the_pause()
    {
        var refused = Message(429, "2");
        using var graph = new FakeGraph(_ => Task.FromResult(refused), Answer(200));
        using var call = Start(graph);

        Assert.That(call.Task.IsCompleted, Is.False, "it waits");
        Assert.That(async () => await refused.Content.ReadAsStreamAsync(), Throws.InstanceOf<ObjectDisposedException>());
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(await call.StatusAsync(), Is.EqualTo(200));
    }

    [Test]
    public async Task While_most_calls_fail_an_instance_repeats_none()
    {
        _time.SkipsPauses = true;
        using var graph = new FakeGraph(Answer(503));
        using var client = Client(graph, new ProxyOptions());
        for (var number = 0; number < 2; number++)
        {
            using var call = new Call(client, Exchange(), "GET");
            Assert.That(await call.StatusAsync(), Is.EqualTo(503));
        }

        var before = graph.Calls;

        using var last = new Call(client, Exchange(), "GET");

        Assert.That(before, Is.EqualTo(5), "the third try of the second call would have been the sixth");
        Assert.That(await last.StatusAsync(), Is.EqualTo(503));
        Assert.That(graph.Calls, Is.EqualTo(6));
    }

    private Call Start(FakeGraph graph, ProxyOptions? options = null, string method = "GET", HttpContext? context = null) =>
        new(Client(graph, options ?? new ProxyOptions()), Exchange(options, context), method);

    private GraphClient Client(FakeGraph graph, ProxyOptions options) => new(options, Tokens(options), _time, graph);

    private Exchange Exchange(ProxyOptions? options = null, HttpContext? context = null) => Exchanges.Of(Exchanges.Engine(options ?? new ProxyOptions()), _time, context: context);

    private sealed class Call(GraphClient client, Exchange exchange, string method) : IDisposable
    {
        public Exchange Exchange => exchange;

        public Task<Attempt<GraphResponse>> Task { get; } = client.SendAsync(new GraphCall(method, "/v1.0/users", null, "id"), new GraphToken("token"), exchange);

        public async Task<GraphResponse> ResponseAsync() => (await Task).TryGet(out var response) ? response : throw new AssertionException((await FaultAsync()).ToString());

        public async Task<int> StatusAsync() => (await ResponseAsync()).Status;

        public async Task<ProxyError> FaultAsync() => (await Task).Or(out _)?.Error ?? ProxyError.None;

        public void Dispose() => exchange.Dispose();
    }

    private GraphTokens Tokens(ProxyOptions options)
    {
        var clocks = new Clocks(_time);
        var secrets = new SecretManagerVersions(options);
        return new(options, new IdentityTokens(options, clocks, _time), new CertificateSource(options, secrets), clocks, _time);
    }
}
