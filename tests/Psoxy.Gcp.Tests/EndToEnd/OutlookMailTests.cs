using System.Text;
using System.Text.Json;
using Psoxy.Core.Pseudonyms;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.EndToEnd;

/// <summary>The real function process, the emulator behind it, real sockets between.</summary>
public sealed class OutlookMailTests
{
    private const string Message = "AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZi000100000002AAA=";
    private FunctionFixture _fixture = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _fixture = await FunctionFixture.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    private static readonly string[] Allowed =
    [
        "/v1.0/users",
        "/v1.0/users?$top=3&$select=id,mail,userPrincipalName&$count=true",
        "/v1.0/users?$filter=accountEnabled%20eq%20true&$top=5",
        "/v1.0/users/{user}",
        "/v1.0/groups",
        "/v1.0/groups/{group}",
        "/v1.0/groups/{group}/members?$top=4",
        "/v1.0/groups/{group}/members/microsoft.graph.user",
        "/v1.0/users/{user}/mailboxSettings",
        "/v1.0/users/{user}/messages/" + Message,
        "/v1.0/users/{user}/mailFolders/SentItems/messages?$top=5&$skip=2",
        "/v1.0/users/{user}/mailFolders('SentItems')/messages",
        "/v1.0/users/{user}/mailFolders/SentItems/messages/" + Message,
        "/v1.0/users/{user}/mailFolders('SentItems')/messages/" + Message,
    ];

    [TestCaseSource(nameof(Allowed))]
    public async Task Passes_what_the_rules_keep_and_nothing_that_names_anybody(string template)
    {
        var target = Fill(template);
        var source = await _fixture.GraphAsync(target);

        var answer = await _fixture.SendAsync(target, null, null, ("ConsistencyLevel", "eventual"));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Leaks.AssertNone(source, answer.Everything, string.Join('\n', _fixture.Function.Output));
        Assert.That(answer.Json.ValueKind, Is.EqualTo(JsonValueKind.Object));
        Assert.That(answer.Headers.Keys, Does.Contain("X-Psoxy-Rules-SHA").And.Contain("X-Psoxy-PII-Salt-Sha256").And.Contain("X-RateLimit-Remaining"));
        Assert.That(answer.Headers.Keys, Has.None.EqualTo("ETag").And.None.EqualTo("x-ms-ags-diagnostic").And.None.EqualTo("Server"));
        Assert.That(answer.Headers["Content-Length"], Is.EqualTo(Encoding.UTF8.GetByteCount(answer.Body).ToString(null, null)), "a small answer has a length");
    }

    [TestCase("/v1.0/users/{user}/messages", "BLOCKED_BY_RULES", 403)]
    [TestCase("/v1.0/users/{user}/mailFolders/Inbox/messages", "BLOCKED_BY_RULES", 403)]
    [TestCase("/v1.0/users/{user}/messages/" + Message + "/attachments", "BLOCKED_BY_RULES", 403)]
    [TestCase("/v1.0/users/{user}/messages/" + Message + "/$value", "BLOCKED_BY_RULES", 403)]
    [TestCase("/v1.0/users/{user}/messages/" + Message + "?$expand=attachments", "BLOCKED_BY_RULES", 403)]
    [TestCase("/v1.0/users/{user}/messages/" + Message + "?$select=body", "BLOCKED_BY_RULES", 403)]
    [TestCase("/v1.0/users?$filter=startswith(displayName,'K')", "BLOCKED_BY_RULES", 403)]
    [TestCase("/v1.0/users?$filter=mail%20eq%20'a@b.c'", "BLOCKED_BY_RULES", 403)]
    [TestCase("/v1.0/users?$orderby=displayName", "BLOCKED_BY_RULES", 403)]
    [TestCase("/v1.0/users/{user}/%2e%2e/{user}/messages", "INVALID_REQUEST", 400)]
    [TestCase("/v1.0/users/{user}%2Fmessages", "INVALID_REQUEST", 400)]
    [TestCase("/v1.0/users?$top=1&$top=2", "INVALID_REQUEST", 400)]
    [TestCase("/v1.0//users", "INVALID_REQUEST", 400)]
    [TestCase("/beta/users", "BLOCKED_BY_RULES", 403)]
    public async Task Refuses_what_no_rule_allows_and_asks_nobody(string template, string error, int status)
    {
        var (graph, entra) = (_fixture.Emulator.GraphRequests.Count, _fixture.Emulator.EntraRequests.Count);

        var answer = await _fixture.SendAsync(Fill(template));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((status, error)), answer.Body);
        Assert.That((_fixture.Emulator.GraphRequests.Count, _fixture.Emulator.EntraRequests.Count), Is.EqualTo((graph, entra)), "a refused request costs no token and no call");
        if (status == 403) Assert.That(answer.Body, Is.Empty);
    }

    [Test]
    public async Task A_write_is_refused()
    {
        var answer = await _fixture.SendAsync("/v1.0/users", HttpMethod.Delete);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((403, "BLOCKED_BY_RULES")));
        var line = await RequestLines.OfAsync(_fixture.Function, line => line.Text("decision") == "MethodNotAllowed");
        Assert.That(line.Text("nearestEndpoint"), Is.EqualTo("/v1.0/users"));
    }

    [Test]
    public async Task A_reversible_pseudonym_reaches_Graph_as_the_original_and_nothing_tells_it()
    {
        using var pseudonymizer = new Pseudonymizer(PseudonymKey.Create("emulator-salt"u8, "emulator-key"u8), new PseudonymOptions());
        var name = (string)_fixture.Emulator.Tenant.Users[3]["userPrincipalName"]!;
        var token = pseudonymizer.Pseudonymize(name, PseudonymEncoding.UrlSafeToken, includeReversible: true);
        _fixture.Emulator.GraphRequests.Clear();

        var answer = await _fixture.SendAsync($"/v1.0/users/{token}/mailFolders/SentItems/messages?$top=2");

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        var received = _fixture.Emulator.GraphRequests.All.Single();
        Assert.That(received.Target, Is.EqualTo($"/v1.0/users/{name}/mailFolders/SentItems/messages?$top=2"));
        Leaks.AssertNone(received.Target, answer.Everything, string.Join('\n', _fixture.Function.Output));
        Assert.That(answer.Json.GetProperty("@odata.nextLink").GetString(), Does.Contain("/users/p~"), "the link goes on with a token in place of the name");
    }

    [Test]
    public async Task Rules_that_let_the_context_pass_do_not_give_back_what_a_token_stands_for()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("RULES", "endpoints:\n  - pathTemplate: /v1.0/users/{userId}/mailFolders/SentItems/messages\n    transforms:\n      - !<redact>\n        jsonPaths: [$.value]\n"));
        using var pseudonymizer = new Pseudonymizer(PseudonymKey.Create("emulator-salt"u8, "emulator-key"u8), new PseudonymOptions());
        var name = (string)fixture.Emulator.Tenant.Users[3]["userPrincipalName"]!;
        var token = pseudonymizer.Pseudonymize(name, PseudonymEncoding.UrlSafeToken, includeReversible: true);
        Assert.That(await fixture.GraphAsync($"/v1.0/users/{name}/mailFolders/SentItems/messages?$top=1"), Does.Contain($"users('{name}')"));

        var answer = await fixture.SendAsync($"/v1.0/users/{token}/mailFolders/SentItems/messages?$top=1");

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Json.GetProperty("@odata.context").GetString(), Does.Contain($"users('{token}')"));
        Leaks.AssertNone(name, answer.Everything, string.Join('\n', fixture.Function.Output));
    }

    [Test]
    public async Task Links_do_not_give_back_what_a_token_in_the_filter_stands_for()
    {
        using var pseudonymizer = new Pseudonymizer(PseudonymKey.Create("emulator-salt"u8, "emulator-key"u8), new PseudonymOptions());
        var token = pseudonymizer.Pseudonymize((string)_fixture.Emulator.Tenant.Users[3]["mail"]!, PseudonymEncoding.UrlSafeToken, includeReversible: true);
        var ids = new List<string>();
        var target = $"/v1.0/users?$top=7&$count=true&$filter=mail%20ne%20'{token}'";
        while (target is not null)
        {
            _fixture.Emulator.GraphRequests.Clear();
            var answer = await _fixture.SendAsync(target, null, null, ("ConsistencyLevel", "eventual"));
            Assert.That(answer.Status, Is.EqualTo(200), target + answer.Body);
            Leaks.AssertNone(_fixture.Emulator.GraphRequests.All.Single().Target, answer.Everything);
            ids.AddRange(answer.Json.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("id").GetString()!));
            target = answer.Json.TryGetProperty("@odata.nextLink", out var link) ? new Uri(link.GetString()!).PathAndQuery : null;
        }

        Assert.That(ids, Has.Count.EqualTo(24).And.Unique);
    }

    [Test]
    public async Task A_foreign_token_is_refused_before_anything_is_asked()
    {
        var graph = _fixture.Emulator.GraphRequests.Count;

        var answer = await _fixture.SendAsync("/v1.0/users/p~_0UTLTcAWlr01ytd2FdRyq6nvly3PDCmY9eal8_rB_Ddln3jYdSDd40ovX_OGuWteDgWmeNH82hyfv0xKyQ_Eg@contoso.com");

        Assert.That((answer.Status, answer.Error), Is.EqualTo((409, "TOKENIZED_REQUEST_PARAMETER_INVALID")));
        Assert.That(_fixture.Emulator.GraphRequests.Count, Is.EqualTo(graph));
    }

    [TestCase("/v1.0/users?$top=4", 25)]
    [TestCase("/v1.0/groups?$top=4", 6)]
    [TestCase("/v1.0/users/{user}/mailFolders/SentItems/messages?$top=5", 12)]
    public async Task Following_the_links_gives_every_row_once(string first, int rows)
    {
        var ids = new List<string>();
        var target = Fill(first);
        while (target is not null)
        {
            var answer = await _fixture.SendAsync(target);
            Assert.That(answer.Status, Is.EqualTo(200), target + " " + answer.Body);
            ids.AddRange(answer.Json.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("id").GetString()!));
            target = answer.Json.TryGetProperty("@odata.nextLink", out var link) ? new Uri(link.GetString()!).PathAndQuery : null;
        }

        Assert.That(ids, Has.Count.EqualTo(rows).And.Unique);
    }

    [Test]
    public async Task The_envelope_is_the_same_request()
    {
        using var content = new StringContent("""{"path":"/v1.0/users","query":"$top=2","headers":{"ConsistencyLevel":"eventual"}}""", Encoding.UTF8, "application/json");

        var enveloped = await _fixture.SendAsync("/", HttpMethod.Post, content);
        var direct = await _fixture.SendAsync("/v1.0/users?$top=2");

        Assert.That(enveloped.Body, Is.EqualTo(direct.Body));
    }

    [TestCase("""{"path":"/v1.0/users","sneaky":1}""")]
    [TestCase("""{"path":"/v1.0/users","path":"/v1.0/groups"}""")]
    [TestCase("""{"path":"v1.0/users"}""")]
    [TestCase("""["/v1.0/users"]""")]
    [TestCase("not json")]
    public async Task A_malformed_envelope_is_refused(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var answer = await _fixture.SendAsync("/", HttpMethod.Post, content);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, "INVALID_REQUEST")));
    }

    [Test]
    public async Task Override_headers_replace_path_and_query()
    {
        var answer = await _fixture.SendAsync("/ignored", null, null, ("X-Psoxy-TargetPath", "/v1.0/groups"), ("X-Psoxy-TargetQuery", "?$top=1"));

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Json.GetProperty("value").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_health_check_says_that_all_is_well_and_no_secret()
    {
        var answer = await _fixture.SendAsync("/", null, null, ("X-Psoxy-Health-Check", "true"));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Json.GetProperty("configuredSource").GetString(), Is.EqualTo("outlook-mail"));
        Assert.That(answer.Everything, Does.Not.Contain("emulator-salt").And.Not.Contain("emulator-key").And.Not.Contain("eyJ"));
    }

    [Test]
    public async Task Plain_http_in_front_of_the_platform_is_refused()
    {
        var answer = await _fixture.SendAsync("/v1.0/users", null, null, ("X-Forwarded-Proto", "http"));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, "HTTPS_REQUIRED")));
    }

    private string Fill(string template) => template
        .Replace("{user}", _fixture.UserId(1), StringComparison.Ordinal)
        .Replace("{group}", (string)_fixture.Emulator.Tenant.Groups[0]["id"]!, StringComparison.Ordinal);
}
