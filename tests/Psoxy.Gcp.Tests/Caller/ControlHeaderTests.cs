using Psoxy.Emulator;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Caller;

/// <summary>The caller's headers for the function, in every spelling: one real process, a socket for each request.</summary>
public sealed class ControlHeaderTests
{
    private const string NotAPath = "X-Psoxy-TargetPath must be a path";
    private const string NotAQuery = "X-Psoxy-TargetQuery must be a query";
    private const string Twice = "must be there once, not several times";
    private FunctionFixture _fixture = null!;

    private (int, int, int) Asked => (_fixture.Emulator.GraphRequests.Count, _fixture.Emulator.EntraRequests.Count, _fixture.Emulator.SecretManagerRequests.Count);

    private static readonly (string Name, string[] Headers, string Reason)[] Bad =
    [
        ("an empty path", ["X-Psoxy-TargetPath:"], NotAPath),
        ("a path without its slash", ["X-Psoxy-TargetPath: v1.0/users"], NotAPath),
        ("an absolute URL", ["X-Psoxy-TargetPath: https://graph.microsoft.com/v1.0/users"], NotAPath),
        ("a path with its query", ["X-Psoxy-TargetPath: /v1.0/users?$top=1"], NotAPath),
        ("a path with a fragment", ["X-Psoxy-TargetPath: /v1.0/users#top"], NotAPath),
        ("a path with a blank", ["X-Psoxy-TargetPath: /v1.0/users /x"], NotAPath),
        ("two paths in one header, as a gateway joins them", ["X-Psoxy-TargetPath: /v1.0/users, /v1.0/groups"], NotAPath),
        ("a path with a tab", ["X-Psoxy-TargetPath: /v1.0/\tusers"], NotAPath),
        ("a path that is not ASCII", ["X-Psoxy-TargetPath: /v1.0/usersⓤ"], NotAPath),
        ("a path with a full-width slash", ["X-Psoxy-TargetPath: ／v1.0/users"], NotAPath),
        ("an overlong path", ["X-Psoxy-TargetPath: /v1.0/" + new string('u', 4096)], NotAPath),
        ("two headers of a path", ["X-Psoxy-TargetPath: /v1.0/users", "X-Psoxy-TargetPath: /v1.0/groups"], Twice),
        ("two headers of the same path", ["X-Psoxy-TargetPath: /v1.0/users", "X-Psoxy-TargetPath: /v1.0/users"], Twice),
        ("two headers of a path in two cases", ["X-Psoxy-TargetPath: /v1.0/users", "x-psoxy-targetpath: /v1.0/groups"], Twice),
        ("an empty one beside a path", ["X-Psoxy-TargetPath:", "X-Psoxy-TargetPath: /v1.0/users"], Twice),
        ("a query with a blank", ["X-Psoxy-TargetPath: /v1.0/users", "X-Psoxy-TargetQuery: $filter=accountEnabled eq true"], NotAQuery),
        ("a query with a fragment", ["X-Psoxy-TargetQuery: $top=1#x"], NotAQuery),
        ("a query that is not ASCII", ["X-Psoxy-TargetQuery: $top=１"], NotAQuery),
        ("an overlong query", ["X-Psoxy-TargetQuery: $top=1&x=" + new string('y', 4096)], NotAQuery),
        ("two headers of a query", ["X-Psoxy-TargetQuery: $top=1", "X-PSOXY-TARGETQUERY: $top=2"], Twice),
        ("another implementation", ["X-Psoxy-Pseudonym-Implementation: v0.3"], "must be v0.4"),
        ("another case of the implementation", ["X-Psoxy-Pseudonym-Implementation: V0.4"], "must be v0.4"),
        ("an empty implementation", ["X-Psoxy-Pseudonym-Implementation:"], "must be v0.4"),
        ("a list of implementations", ["X-Psoxy-Pseudonym-Implementation: v0.4, v0.3"], "must be v0.4"),
        ("two headers of the implementation", ["X-Psoxy-Pseudonym-Implementation: v0.4", "X-Psoxy-Pseudonym-Implementation: v0.4"], Twice),
        ("a number where true is meant", ["X-Psoxy-No-Response-Body: 1"], "must be true or false"),
        ("nothing where true is meant", ["X-Psoxy-No-Response-Body:"], "must be true or false"),
        ("true and false at once", ["X-Psoxy-No-Response-Body: true, false"], "must be true or false"),
        ("two headers against the body", ["X-Psoxy-No-Response-Body: false", "X-Psoxy-No-Response-Body: true"], Twice),
        ("two health checks", ["X-Psoxy-Health-Check: 1", "X-Psoxy-Health-Check: deep"], Twice),
    ];

    private static IEnumerable<TestCaseData> BadCases => Bad.Select(bad => new TestCaseData(bad.Name).SetArgDisplayNames(bad.Name));

    [OneTimeSetUp]
    public async Task StartAsync() => _fixture = await FunctionFixture.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    [TestCaseSource(nameof(BadCases))]
    public async Task Refuses(string name)
    {
        var bad = Bad.Single(each => each.Name == name);
        var asked = Asked;

        var answer = await RawCall.SendAsync(_fixture.Function.Address, "GET /v1.0/users", bad.Headers);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, "INVALID_REQUEST")), answer.Body);
        Assert.That(answer.Json.GetProperty("error").GetProperty("message").GetString(), Does.Contain(bad.Reason));
        Assert.That(Asked, Is.EqualTo(asked), "a refused request costs nothing");
    }

    [TestCase("X-Psoxy-TargetPath", "X-Psoxy-TargetQuery")]
    [TestCase("x-psoxy-targetpath", "x-psoxy-targetquery")]
    [TestCase("X-PSOXY-TARGETPATH", "X-PSOXY-TARGETQUERY")]
    public async Task Takes_names_in_any_case(string path, string query)
    {
        _fixture.Emulator.GraphRequests.Clear();

        var answer = await RawCall.SendAsync(_fixture.Function.Address, "GET /elsewhere?$top=9", [$"{path}: /v1.0/groups", $"{query}: ?$top=1"]);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(_fixture.Emulator.GraphRequests.All.Single().Target, Is.EqualTo("/v1.0/groups?$top=1"));
    }

    [Test]
    public async Task An_empty_query_means_none()
    {
        _fixture.Emulator.GraphRequests.Clear();

        var answer = await RawCall.SendAsync(_fixture.Function.Address, "GET /v1.0/users?$top=3", ["X-Psoxy-TargetQuery:"]);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(_fixture.Emulator.GraphRequests.All.Single().Target, Is.EqualTo("/v1.0/users"));
    }

    [TestCase("true")]
    [TestCase("TRUE")]
    public async Task Without_a_body_all_happens_and_nothing_comes(string value)
    {
        _fixture.Emulator.GraphRequests.Clear();

        var answer = await RawCall.SendAsync(_fixture.Function.Address, "GET /v1.0/users", [$"X-Psoxy-No-Response-Body: {value}"]);

        Assert.That((answer.Status, answer.Body.Replace("0\r\n\r\n", "", StringComparison.Ordinal)), Is.EqualTo((200, "")));
        Assert.That(_fixture.Emulator.GraphRequests.Count, Is.EqualTo(1));
    }

    [TestCase("X-Psoxy-Skip-Sanitizer: true")]
    [TestCase("x-psoxy-skip-sanitizer: TRUE")]
    [TestCase("X-Psoxy-User-To-Impersonate: admin@contoso.com")]
    public async Task What_would_weaken_it_is_ignored_and_counted(string header)
    {
        var source = await _fixture.GraphAsync("/v1.0/users");

        var answer = await RawCall.SendAsync(_fixture.Function.Address, "GET /v1.0/users", [header]);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Leaks.AssertNone(source, answer.Everything);
        Assert.That(_fixture.Emulator.GraphRequests.All[^1].Headers.Keys, Has.None.StartsWith("X-Psoxy-").IgnoreCase);
        Assert.That(_fixture.Function.Output, Has.Some.Contains("ignoredHeader=True"));
    }

    [TestCase("GET /v1.0/users", "{}", "has no body")]
    [TestCase("DELETE /", "", "A health check is GET or HEAD")]
    [TestCase("POST /", """{"healthCheck":true}""", "not a header")]
    public async Task A_health_check_by_header_is_GET_or_HEAD_without_a_body(string requestLine, string body, string reason)
    {
        var answer = await RawCall.SendAsync(_fixture.Function.Address, requestLine, ["X-Psoxy-Health-Check: 1"], body);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, "INVALID_REQUEST")), answer.Body);
        Assert.That(answer.Json.GetProperty("error").GetProperty("message").GetString(), Does.Contain(reason));
    }

    [Test]
    public async Task A_refusal_does_not_give_back_what_was_sent()
    {
        const string header = "X-Psoxy-TargetPath: Kanarie Person";
        Assert.That(Canaries.FindIn(header), Is.Not.Null);

        var answer = await RawCall.SendAsync(_fixture.Function.Address, "GET /v1.0/users", [header]);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(Canaries.FindIn(answer.Everything + string.Join('\n', _fixture.Function.Output)), Is.Null);
    }
}
