using System.Text.Json.Nodes;
using Psoxy.Gcp.Caller;
using Psoxy.Testing;
using static Psoxy.Gcp.Tests.Caller.CallerTokens;

namespace Psoxy.Gcp.Tests.Caller;

/// <summary>Who may call a function with ALLOWED_CALLERS: one real process, a socket for each request.</summary>
public sealed class CallerTests : IDisposable
{
    private FunctionFixture _fixture = null!;
    private CallerTokens _tokens = null!;

    private static IEnumerable<TestCaseData> Bad => BadCallers.All.Select(bad => new TestCaseData(bad.Name).SetArgDisplayNames(bad.Name));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _fixture = await FunctionFixture.StartAsync(null, ("ALLOWED_CALLERS", $"{Email}, {UniqueId}"), ("CALLER_AUDIENCES", $"{Url}, https://eu-customer.cloudfunctions.net/psoxy-outlook-mail"));
        _tokens = new(_fixture.Emulator.Google, _fixture.Emulator.Entra);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _fixture.Function.StopAsync();
        var output = string.Join('\n', _fixture.Function.Output);
        await _fixture.DisposeAsync();
        Assert.That(output, Does.Contain("\"caller\":\"OtherSignature\"").And.Contain("\"caller\":\"Accepted\",\"callerEntry\":1").And.Contain("\"caller\":\"Accepted\",\"callerEntry\":2"), "the log says what was decided");
        Assert.That(output, Does.Not.Contain("eyJ").And.Not.Contain(Email).And.Not.Contain(UniqueId).And.Not.Contain(OtherId), "and nothing of a token, nor who it was");
    }

    public void Dispose() => _tokens.Dispose();

    [TestCaseSource(nameof(Bad))]
    public async Task Rejects_and_asks_nobody(string name)
    {
        var bad = BadCallers.All.Single(each => each.Name == name);
        var asked = Asked();

        var answer = await RawCall.SendAsync(_fixture.Function.Address, bad.RequestLine, bad.Headers(_tokens), bad.Body);

        Assert.That(Asked(), Is.EqualTo(asked), "a refused request costs no secret, no token and no call");
        if (bad.Verdict == CallerVerdict.Undecided)
        {
            Assert.That(answer.Status, Is.AnyOf(400, 401, 431), "the server itself refuses such bytes, or what it makes of them is no token");
            return;
        }

        var fault = bad.Verdict.Fault()!;
        Assert.That((answer.Status, answer.Error), Is.EqualTo((bad.Verdict == CallerVerdict.NotListed ? 403 : 401, "UNAUTHORIZED_CALLER")), answer.Body);
        Assert.That(answer.Json.GetProperty("error").GetProperty("message").GetString(), Is.EqualTo(fault.Message), "for this reason");
        Assert.That(answer.Headers.ContainsKey("WWW-Authenticate"), Is.EqualTo(answer.Status == 401));
        Assert.That(answer.Everything, Does.Not.Contain("eyJ").And.Not.Contain("gserviceaccount").And.Not.Contain("run.app"), "nothing of the token or of the configuration is told");
    }

    [Test]
    public void There_are_more_than_a_hundred_kinds_of_bad_callers()
    {
        Assert.That(BadCallers.All.Select(bad => bad.Name), Is.Unique);
        Assert.That(BadCallers.All, Has.Length.GreaterThan(100));
    }

    private static readonly (string Name, Func<CallerTokens, string[]> Headers)[] Good =
    [
        ("by verified e-mail", tokens => ["Authorization: Bearer " + tokens.Good()]),
        ("by unique id", tokens => ["Authorization: Bearer " + tokens.Good(("sub", UniqueId), ("email", "other@customer.iam.gserviceaccount.com"))]),
        ("by unique id, in the short format without an address", tokens => ["Authorization: Bearer " + tokens.Google.Sign(Short())]),
        ("by unique id, though the address is not verified", tokens => ["Authorization: Bearer " + tokens.Good(("sub", UniqueId), ("email_verified", false))]),
        ("in X-Serverless-Authorization", tokens => ["X-Serverless-Authorization: Bearer " + tokens.Good()]),
        ("in X-Serverless-Authorization, something of the application's in Authorization", tokens => ["X-Serverless-Authorization: Bearer " + tokens.Good(), "Authorization: Basic dXNlcjpwYXNz"]),
        ("in X-Serverless-Authorization, a forged one in Authorization, which does not count", tokens => ["X-Serverless-Authorization: Bearer " + tokens.Good(), "Authorization: Bearer " + tokens.Forged()]),
        ("header and scheme in lower case", tokens => ["authorization: bearer " + tokens.Good()]),
        ("blanks around the value", tokens => ["Authorization:   Bearer " + tokens.Good() + "  "]),
        ("audience with a slash at its end", tokens => ["Authorization: Bearer " + tokens.Good(("aud", Url + "/"))]),
        ("the other audience", tokens => ["Authorization: Bearer " + tokens.Good(("aud", "https://eu-customer.cloudfunctions.net/psoxy-outlook-mail"))]),
        ("a list of our audiences only", tokens => ["Authorization: Bearer " + tokens.Good(("aud", new JsonArray(Url, Url + "/")))]),
        ("expired within the tolerance", tokens => ["Authorization: Bearer " + tokens.Good(("exp", Now - 5))]),
        ("issued within the tolerance", tokens => ["Authorization: Bearer " + tokens.Good(("iat", Now + 10))]),
        ("valid since before", tokens => ["Authorization: Bearer " + tokens.Good(("nbf", Now - 10))]),
        ("without typ", tokens => ["Authorization: Bearer " + tokens.Headed(("typ", null))]),
        ("with claims we do not know", tokens => ["Authorization: Bearer " + tokens.Good(("hd", "customer.example"), ("google", new JsonObject { ["compute_engine"] = new JsonObject { ["zone"] = "z" } }))]),
    ];

    private static IEnumerable<TestCaseData> GoodNames => Good.Select(good => new TestCaseData(good.Name).SetArgDisplayNames(good.Name));

    [TestCaseSource(nameof(GoodNames))]
    public async Task Accepts(string name)
    {
        _fixture.Emulator.GraphRequests.Clear();
        var headers = Good.Single(each => each.Name == name).Headers(_tokens);

        var answer = await RawCall.SendAsync(_fixture.Function.Address, "GET /v1.0/users?$top=1", headers);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        var received = _fixture.Emulator.GraphRequests.All.Single();
        Assert.That(received.Headers.Keys, Has.None.EqualTo("X-Serverless-Authorization").IgnoreCase);
        foreach (var header in headers) Assert.That(string.Join('\n', received.Headers.Values), Does.Not.Contain(header.Split(' ').MaxBy(word => word.Length)), "the caller's token is not Graph's business");
    }

    [TestCase("HEAD /v1.0/users?$top=1", "", 200)]
    [TestCase("POST /", """{"path":"/v1.0/users","query":"$top=1"}""", 200)]
    [TestCase("POST /", """{"healthCheck":true}""", 200)]
    [TestCase("GET /v1.0/users/1/messages", "", 403)]
    public async Task Accepts_on_every_way_in(string requestLine, string body, int status)
    {
        var answer = await RawCall.SendAsync(_fixture.Function.Address, requestLine, ["Authorization: Bearer " + _tokens.Good()], body);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((status, status == 403 ? "BLOCKED_BY_RULES" : null)), answer.Body);
    }

    private static JsonObject Short()
    {
        var claims = Claims(("sub", UniqueId));
        claims.Remove("email");
        claims.Remove("email_verified");
        return claims;
    }

    private (int Secrets, int Entra, int Graph, int Identity) Asked() => (
        _fixture.Emulator.SecretManagerRequests.Count,
        _fixture.Emulator.EntraRequests.Count,
        _fixture.Emulator.GraphRequests.Count,
        _fixture.Emulator.MetadataRequests.All.Count(request => request.Target.Contains("/identity", StringComparison.Ordinal)));
}
