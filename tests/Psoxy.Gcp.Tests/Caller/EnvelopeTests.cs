using System.Text;
using Psoxy.Emulator;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Caller;

/// <summary>The POST envelope, in every spelling: one real process, a socket for each request.</summary>
public sealed class EnvelopeTests
{
    private const string Good = """{"path":"/v1.0/users","query":"$top=2"}""";
    private const string NotJson = "An envelope is one JSON object in UTF-8";
    private const string NotType = "An envelope is application/json";
    private const string NotAPath = "'path' must be a path";
    private const string NotAQuery = "'query' must be a query";
    private const string UnknownKey = "it has no other keys";
    private const string TooLong = "16 KB at most";
    private FunctionFixture _fixture = null!;

    private (int, int, int) Asked => (_fixture.Emulator.GraphRequests.Count, _fixture.Emulator.EntraRequests.Count, _fixture.Emulator.SecretManagerRequests.Count);

    private static readonly (string Name, string Body, string Reason)[] BadBodies =
    [
        ("no JSON", "path=/v1.0/users", NotJson),
        ("an array", """["/v1.0/users"]""", "is a JSON object"),
        ("a text", "\"/v1.0/users\"", "is a JSON object"),
        ("null", "null", "is a JSON object"),
        ("an empty object", "{}", "needs a 'path'"),
        ("only blanks", "   ", NotJson),
        ("two objects", Good + Good, NotJson),
        ("something after it", Good + "x", NotJson),
        ("a byte order mark", "\uFEFF" + Good, "no byte order mark"),
        ("a comment", """{"path":"/v1.0/users"/* all of them */}""", NotJson),
        ("a comment at its end", Good + "// all", NotJson),
        ("a trailing comma", """{"path":"/v1.0/users",}""", NotJson),
        ("single quotes", "{'path':'/v1.0/users'}", NotJson),
        ("a key without quotes", """{path:"/v1.0/users"}""", NotJson),
        ("a raw line break in a text", "{\"path\":\"/v1.0/\nusers\"}", NotJson),
        ("bytes that are not UTF-8", "{\"path\":\"/v1.0/\u00FFusers\"}", NotJson),
        ("half a surrogate pair", """{"path":"/v1.0/users\ud800"}""", NotJson),
        ("nested too deep", """{"path":"/v1.0/users","headers":{"a":{"b":{"c":1}}}}""", NotJson),
        ("very deep", """{"path":""" + new string('[', 5000) + new string(']', 5000) + "}", NotJson),
        ("an unknown key", """{"path":"/v1.0/users","sneaky":1}""", UnknownKey),
        ("an unknown key that is null", """{"path":"/v1.0/users","body":null}""", UnknownKey),
        ("a key in another case", """{"Path":"/v1.0/users"}""", UnknownKey),
        ("a key with a blank", """{"path ":"/v1.0/users"}""", UnknownKey),
        ("an empty key", """{"path":"/v1.0/users","":1}""", UnknownKey),
        ("__proto__", """{"path":"/v1.0/users","__proto__":{}}""", UnknownKey),
        ("a path twice", """{"path":"/v1.0/users","path":"/v1.0/groups"}""", "each key once"),
        ("a path twice, once with an escape", """{"path":"/v1.0/users","\u0070ath":"/v1.0/groups"}""", "each key once"),
        ("headers twice", """{"path":"/v1.0/users","headers":{},"headers":{}}""", "each key once"),
        ("a path that is null", """{"path":null}""", NotAPath),
        ("a path that is a number", """{"path":1}""", NotAPath),
        ("a path that is a list", """{"path":["/v1.0/users"]}""", NotAPath),
        ("an empty path", """{"path":""}""", NotAPath),
        ("a path without its slash", """{"path":"v1.0/users"}""", NotAPath),
        ("an absolute URL", """{"path":"https://graph.microsoft.com/v1.0/users"}""", NotAPath),
        ("a path with its query", """{"path":"/v1.0/users?$top=1"}""", NotAPath),
        ("a path with a fragment", """{"path":"/v1.0/users#x"}""", NotAPath),
        ("a path with a blank", """{"path":"/v1.0/users /x"}""", NotAPath),
        ("a path with an escaped line break", """{"path":"/v1.0/users\r\nX-Evil: 1"}""", NotAPath),
        ("a path with a NUL", """{"path":"/v1.0/users\u0000"}""", NotAPath),
        ("a path that is not ASCII", """{"path":"/v1.0/usersⓤ"}""", NotAPath),
        ("an overlong path", $$"""{"path":"/v1.0/{{new string('u', 4096)}}"}""", NotAPath),
        ("a query that is null", """{"path":"/v1.0/users","query":null}""", NotAQuery),
        ("a query that is an object", """{"path":"/v1.0/users","query":{"$top":1}}""", NotAQuery),
        ("a query with a blank", """{"path":"/v1.0/users","query":"$filter=a eq b"}""", NotAQuery),
        ("a query with a fragment", """{"path":"/v1.0/users","query":"$top=1#"}""", NotAQuery),
        ("an overlong query", $$"""{"path":"/v1.0/users","query":"x={{new string('y', 4096)}}"}""", NotAQuery),
        ("only a query", """{"query":"$top=1"}""", "needs a 'path'"),
        ("POST", """{"path":"/v1.0/users","method":"POST"}""", "'method' must be GET or HEAD"),
        ("DELETE", """{"path":"/v1.0/users","method":"DELETE"}""", "'method' must be GET or HEAD"),
        ("a method in lower case", """{"path":"/v1.0/users","method":"get"}""", "'method' must be GET or HEAD"),
        ("an empty method", """{"path":"/v1.0/users","method":""}""", "'method' must be GET or HEAD"),
        ("a method that is null", """{"path":"/v1.0/users","method":null}""", "'method' must be GET or HEAD"),
        ("a method with more", """{"path":"/v1.0/users","method":"GET HTTP/1.1"}""", "'method' must be GET or HEAD"),
        ("headers that are a list", """{"path":"/v1.0/users","headers":[]}""", "'headers' must be an object"),
        ("headers that are null", """{"path":"/v1.0/users","headers":null}""", "'headers' must be an object"),
        ("a control header", """{"path":"/v1.0/users","headers":{"X-Psoxy-TargetPath":"/v1.0/groups"}}""", "begin with X-Psoxy- are for the function"),
        ("a control header in lower case", """{"path":"/v1.0/users","headers":{"x-psoxy-skip-sanitizer":"true"}}""", "begin with X-Psoxy- are for the function"),
        ("Authorization", """{"path":"/v1.0/users","headers":{"Authorization":"Bearer x"}}""", "headers of the connection"),
        ("Host", """{"path":"/v1.0/users","headers":{"host":"evil.example"}}""", "headers of the connection"),
        ("Cookie", """{"path":"/v1.0/users","headers":{"Cookie":"a=b"}}""", "headers of the connection"),
        ("Transfer-Encoding", """{"path":"/v1.0/users","headers":{"Transfer-Encoding":"chunked"}}""", "headers of the connection"),
        ("Content-Length", """{"path":"/v1.0/users","headers":{"Content-Length":"5"}}""", "headers of the connection"),
        ("X-Forwarded-For", """{"path":"/v1.0/users","headers":{"X-Forwarded-For":"203.0.113.9"}}""", "headers of the connection"),
        ("X-Serverless-Authorization", """{"path":"/v1.0/users","headers":{"X-Serverless-Authorization":"Bearer x"}}""", "headers of the connection"),
        ("a header that no rule lets through", """{"path":"/v1.0/users","headers":{"Prefer":"outlook.body-content-type=\"text\""}}""", "the rules do not let through"),
        ("a header that is no name", """{"path":"/v1.0/users","headers":{"Consistency Level":"eventual"}}""", "must be a header's name"),
        ("a header with a line break in its name", """{"path":"/v1.0/users","headers":{"a\r\nb":"c"}}""", "must be a header's name"),
        ("a header without a name", """{"path":"/v1.0/users","headers":{"":"c"}}""", "must be a header's name"),
        ("a header with a line break", """{"path":"/v1.0/users","headers":{"ConsistencyLevel":"eventual\r\nX-Evil: 1"}}""", "A value in 'headers' must be text"),
        ("a header that is a number", """{"path":"/v1.0/users","headers":{"ConsistencyLevel":1}}""", "A value in 'headers' must be text"),
        ("an empty header", """{"path":"/v1.0/users","headers":{"ConsistencyLevel":""}}""", "A value in 'headers' must be text"),
        ("a header twice", """{"path":"/v1.0/users","headers":{"ConsistencyLevel":"eventual","consistencylevel":"session"}}""", "each header once"),
        ("a health check that is false", """{"healthCheck":false}""", "'healthCheck' must be true or"),
        ("a health check that is a number", """{"healthCheck":1}""", "'healthCheck' must be true or"),
        ("a health check that says true as text", """{"healthCheck":"true"}""", "'healthCheck' must be true or"),
        ("a deep health check in another case", """{"healthCheck":"Deep"}""", "'healthCheck' must be true or"),
        ("a health check that is an object", """{"healthCheck":{"deep":true}}""", "'healthCheck' must be true or"),
        ("a health check with a path", """{"healthCheck":true,"path":"/v1.0/users"}""", "has nothing else"),
        ("a path with a health check", """{"path":"/v1.0/users","healthCheck":"deep"}""", "has nothing else"),
        ("more than 16 KB", $$"""{"path":"/v1.0/users"{{new string(' ', 16 * 1024)}}}""", TooLong),
    ];

    private static readonly (string Name, string RequestLine, string[] Headers, string Body, string Reason)[] BadFraming =
    [
        ("no body", "POST /", ["Content-Type: application/json", "Content-Length: 0"], "", "An envelope has a body"),
        ("no content type", "POST /", ["Content-Length: 39"], Good, NotType),
        ("a form", "POST /", ["Content-Type: application/x-www-form-urlencoded", "Content-Length: 39"], Good, NotType),
        ("text", "POST /", ["Content-Type: text/plain", "Content-Length: 39"], Good, NotType),
        ("another JSON", "POST /", ["Content-Type: application/graphql+json", "Content-Length: 39"], Good, NotType),
        ("two content types", "POST /", ["Content-Type: application/json", "Content-Type: text/plain", "Content-Length: 39"], Good, NotType),
        ("a list of content types", "POST /", ["Content-Type: application/json, text/plain", "Content-Length: 39"], Good, NotType),
        ("UTF-16", "POST /", ["Content-Type: application/json; charset=utf-16", "Content-Length: 39"], Good, NotType),
        ("UTF-7", "POST /", ["Content-Type: application/json; charset=utf-7", "Content-Length: 39"], Good, NotType),
        ("two charsets", "POST /", ["Content-Type: application/json; charset=utf-8; charset=utf-7", "Content-Length: 39"], Good, NotType),
        ("another parameter", "POST /", ["Content-Type: application/json; profile=x", "Content-Length: 39"], Good, NotType),
        ("compressed", "POST /", ["Content-Type: application/json", "Content-Encoding: gzip", "Content-Length: 39"], Good, "is not compressed"),
        ("elsewhere than the root", "POST /v1.0/users", ["Content-Type: application/json", "Content-Length: 39"], Good, "they go to '/'"),
        ("with a query", "POST /?$top=1", ["Content-Type: application/json", "Content-Length: 39"], Good, "they go to '/'"),
        ("with an empty query", "POST /?", ["Content-Type: application/json", "Content-Length: 39"], Good, "they go to '/'"),
        ("behind another function's name", "POST /psoxy-outlook-cal", ["Content-Type: application/json", "Content-Length: 39"], Good, "they go to '/'"),
        ("beside a target path", "POST /", ["X-Psoxy-TargetPath: /v1.0/groups", "Content-Type: application/json", "Content-Length: 39"], Good, "X-Psoxy-TargetPath and X-Psoxy-TargetQuery must not be there"),
        ("beside a target query", "POST /", ["x-psoxy-targetquery: $top=1", "Content-Type: application/json", "Content-Length: 39"], Good, "X-Psoxy-TargetPath and X-Psoxy-TargetQuery must not be there"),
        ("beside an empty target query", "POST /", ["X-Psoxy-TargetQuery:", "Content-Type: application/json", "Content-Length: 39"], Good, "X-Psoxy-TargetPath and X-Psoxy-TargetQuery must not be there"),
        ("chunked and longer than 16 KB", "POST /", ["Content-Type: application/json", "Transfer-Encoding: chunked"], $"{0x4100:x}\r\n{new string(' ', 0x4100)}\r\n0\r\n\r\n", TooLong),
        ("chunked and broken", "POST /", ["Content-Type: application/json", "Transfer-Encoding: chunked"], "zz\r\n" + Good, "framing is broken"),
        ("GET with a body", "GET /v1.0/users", ["Content-Type: application/json", "Content-Length: 39"], Good, "has no body"),
        ("GET with an empty chunked body", "GET /v1.0/users", ["Transfer-Encoding: chunked"], "0\r\n\r\n", "has no body"),
        ("PUT", "PUT /", ["Content-Type: application/json", "Content-Length: 39"], Good, "has no body"),
    ];

    private static IEnumerable<TestCaseData> BodyCases => BadBodies.Select(bad => new TestCaseData(bad.Name).SetArgDisplayNames(bad.Name));

    private static IEnumerable<TestCaseData> FramingCases => BadFraming.Select(bad => new TestCaseData(bad.Name).SetArgDisplayNames(bad.Name));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Assert.That(Encoding.UTF8.GetByteCount(Good), Is.EqualTo(39), "as the framings say");
        _fixture = await FunctionFixture.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    [TestCaseSource(nameof(BodyCases))]
    public async Task Refuses_the_body(string name)
    {
        var bad = BadBodies.Single(each => each.Name == name);
        await RefusesAsync("POST /", [], bad.Body, bad.Reason, framed: true);
    }

    [TestCaseSource(nameof(FramingCases))]
    public async Task Refuses_the_framing(string name)
    {
        var bad = BadFraming.Single(each => each.Name == name);
        await RefusesAsync(bad.RequestLine, bad.Headers, bad.Body, bad.Reason, framed: false);
    }

    [TestCase("POST /", "application/json")]
    [TestCase("POST /", "Application/JSON")]
    [TestCase("POST /", "application/json;charset=utf-8")]
    [TestCase("POST /", "application/json; charset=\"UTF-8\"")]
    [TestCase("POST /psoxy-outlook-mail", "application/json")]
    [TestCase("POST /psoxy-outlook-mail/", "application/json")]
    public async Task Takes_the_usual_spellings(string requestLine, string type) =>
        await TakesAsync(requestLine, [$"Content-Type: {type}", "Content-Length: 39"], Good);

    [Test]
    public async Task Takes_a_chunked_body() =>
        await TakesAsync("POST /", ["Content-Type: application/json", "Transfer-Encoding: chunked"], $"5\r\n{Good[..5]}\r\n22\r\n{Good[5..]}\r\n0\r\n\r\n");

    [TestCase("""{"path":"/v1.0/users","query":"?$top=2"}""")]
    [TestCase("""{"\u0070ath":"/v1.0/\u0075sers","query":"$top=2"}""")]
    [TestCase("""{"query":"$top=2","headers":{"consistencylevel":"eventual"},"method":"GET","path":"/v1.0/users"}""")]
    public async Task Takes_what_means_the_same(string body) =>
        await TakesAsync("POST /", ["Content-Type: application/json", $"Content-Length: {Encoding.UTF8.GetByteCount(body)}"], body);

    [Test]
    public async Task HEAD_in_an_envelope_has_no_body()
    {
        _fixture.Emulator.GraphRequests.Clear();

        var answer = await RawCall.SendAsync(_fixture.Function.Address, "POST /", [], """{"path":"/v1.0/users","method":"HEAD"}""");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, "")));
        Assert.That(_fixture.Emulator.GraphRequests.All.Single().Method, Is.EqualTo("HEAD"));
    }

    [Test]
    public async Task The_header_against_the_body_holds_for_an_envelope_too()
    {
        var answer = await RawCall.SendAsync(_fixture.Function.Address, "POST /", ["X-Psoxy-No-Response-Body: true"], Good);

        Assert.That((answer.Status, answer.Body.Replace("0\r\n\r\n", "", StringComparison.Ordinal)), Is.EqualTo((200, "")));
    }

    [TestCase("""{"healthCheck":true}""", false)]
    [TestCase("""{"healthCheck":"deep"}""", true)]
    public async Task A_health_check_is_shallow_or_deep(string body, bool asksGraph)
    {
        _fixture.Emulator.GraphRequests.Clear();

        var answer = await RawCall.SendAsync(_fixture.Function.Address, "POST /", [], body);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(_fixture.Emulator.GraphRequests.Count > 0, Is.EqualTo(asksGraph));
    }

    [Test]
    public async Task Goes_through_the_same_gate()
    {
        var answer = await RawCall.SendAsync(_fixture.Function.Address, "POST /", [], $$"""{"path":"/v1.0/users/{{_fixture.UserId(0)}}/messages"}""");

        Assert.That((answer.Status, answer.Error), Is.EqualTo((403, "BLOCKED_BY_RULES")));
    }

    [Test]
    public async Task A_refusal_does_not_give_back_what_was_sent()
    {
        const string body = """{"path":"/v1.0/users","Kanarie":"Kanarie Person"}""";
        Assert.That(Canaries.FindIn(body), Is.Not.Null);

        var answer = await RawCall.SendAsync(_fixture.Function.Address, "POST /", [], body);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(Canaries.FindIn(answer.Everything + string.Join('\n', _fixture.Function.Output)), Is.Null);
    }

    private async Task RefusesAsync(string requestLine, string[] headers, string body, string reason, bool framed)
    {
        var asked = Asked;

        var answer = await RawCall.SendAsync(_fixture.Function.Address, requestLine, headers, body, framed);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, "INVALID_REQUEST")), answer.Body);
        Assert.That(answer.Json.GetProperty("error").GetProperty("message").GetString(), Does.Contain(reason));
        Assert.That(Asked, Is.EqualTo(asked), "a refused request costs nothing");
    }

    private async Task TakesAsync(string requestLine, string[] headers, string body)
    {
        _fixture.Emulator.GraphRequests.Clear();

        var answer = await RawCall.SendAsync(_fixture.Function.Address, requestLine, headers, body, framed: false);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(_fixture.Emulator.GraphRequests.All.Single().Target, Is.EqualTo("/v1.0/users?$top=2"));
    }
}
