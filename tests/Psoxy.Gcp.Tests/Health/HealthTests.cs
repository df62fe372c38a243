using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Health;

/// <summary>The health check of a function that is well.</summary>
public sealed class HealthTests
{
    private static readonly string[] OfTheOriginal =
    [
        "configuredSource", "configuredHost", "nonDefaultSalt", "missingConfigProperties", "configPropertiesLastModified", "sourceAuthStrategy", "sourceAuthGrantType",
        "pseudonymImplementation", "pseudonymizeAppIds", "rules", "callerIp", "clientIpAuthorized", "saltSha256Hash", "warningMessages", "version", "userAgent",
    ];

    private static readonly string[] Ours = ["rulesSha", "serviceAccountUniqueId", "identityTokenAudience", "entra", "checks"];

    private FunctionFixture _fixture = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _fixture = await FunctionFixture.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    [Test]
    public async Task Has_the_originals_fields_and_ours()
    {
        var answer = await _fixture.SendAsync("/", null, null, ("X-Psoxy-Health-Check", "1"), ("User-Agent", "someone/1.0"));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((200, (string?)null)), answer.Body);
        var json = answer.Json;
        Assert.That(json.EnumerateObject().Select(member => member.Name), Is.EquivalentTo(OfTheOriginal.Concat(Ours)));
        Assert.That(json.GetProperty("configuredSource").GetString(), Is.EqualTo("outlook-mail"));
        Assert.That(json.GetProperty("nonDefaultSalt").GetBoolean(), Is.True);
        Assert.That(json.List("missingConfigProperties"), Is.Empty);
        Assert.That(json.GetProperty("sourceAuthGrantType").GetString(), Is.EqualTo("workload_identity_federation"));
        Assert.That(json.GetProperty("rules").GetString(), Does.Contain("pathTemplate"));
        Assert.That(json.GetProperty("userAgent").GetString(), Is.EqualTo("someone/1.0"));
        Assert.That(json.GetProperty("serviceAccountUniqueId").GetString(), Is.EqualTo(_fixture.Emulator.Options.ServiceAccountUniqueId));
        Assert.That(json.GetProperty("identityTokenAudience").GetString(), Is.EqualTo("api://AzureADTokenExchange"));
        Assert.That(json.List("warningMessages"), Is.Empty);
        Assert.That(json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()), Is.EqualTo(["configuration", "secrets", "identityToken", "entra", "roles", "clock"]));
        Assert.That(json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("ok").GetBoolean()), Is.All.True);
        Assert.That(answer.Headers["Cache-Control"], Is.EqualTo("no-store"));
    }

    [Test]
    public async Task The_page_of_the_health_check_names_every_field_and_every_check()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(TestContext.CurrentContext.TestDirectory, "docs", "health.md"));
        var json = (await _fixture.HealthAsync("deep")).Json;

        var names = json.EnumerateObject().Concat(json.GetProperty("entra").EnumerateObject()).Select(member => member.Name)
            .Concat(json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()!.Split('/')[0]));
        Assert.That(names.Where(name => !page.Contains($"`{name}", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Says_what_other_answers_say_of_rules_and_salt()
    {
        var health = (await _fixture.HealthAsync()).Json;
        var answer = await _fixture.SendAsync("/v1.0/users?$top=1");

        Assert.That(health.GetProperty("rulesSha").GetString(), Is.EqualTo(answer.Headers["X-Psoxy-Rules-SHA"]));
        Assert.That(health.GetProperty("saltSha256Hash").GetString(), Is.EqualTo(answer.Headers["X-Psoxy-PII-Salt-Sha256"]));
        Assert.That(health.GetProperty("version").GetString(), Is.EqualTo(answer.Headers["X-Psoxy-Psoxy-Version"]));
    }

    [Test]
    public async Task Tells_who_it_is_in_Entra_and_what_it_may()
    {
        var entra = (await _fixture.HealthAsync()).Json.GetProperty("entra");

        Assert.That(entra.GetProperty("tokenAcquired").GetBoolean(), Is.True);
        Assert.That(entra.GetProperty("tenant").GetString(), Is.EqualTo(_fixture.Emulator.Options.TenantId));
        Assert.That(entra.GetProperty("clientId").GetString(), Is.EqualTo(_fixture.Emulator.Options.ClientId));
        Assert.That(entra.List("roles"), Is.EquivalentTo(["Mail.ReadBasic.All", "MailboxSettings.Read", "Group.Read.All", "User.Read.All"]));
        Assert.That((entra.List("missingRoles").Count, entra.List("excessRoles").Count), Is.EqualTo((0, 0)));
    }

    [TestCase("1")]
    [TestCase("")]
    [TestCase("false")]
    [TestCase("deeper")]
    [TestCase("x, deep")]
    public async Task Whatever_the_header_says_asks_for_the_shallow_one(string value)
    {
        _fixture.Emulator.GraphRequests.Clear();

        var answer = await _fixture.HealthAsync(value);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(_fixture.Emulator.GraphRequests.Count, Is.Zero);
    }

    [TestCase("deep")]
    [TestCase("DEEP")]
    public async Task The_deep_one_asks_Graph_and_shows_nothing_of_its_answers(string value)
    {
        _fixture.Emulator.GraphRequests.Clear();
        var source = await _fixture.GraphAsync("/v1.0/users?$top=1") + await _fixture.GraphAsync("/v1.0/groups?$top=1");

        var answer = await _fixture.HealthAsync(value);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(_fixture.Emulator.GraphRequests.All.Skip(2).Select(request => request.Target), Is.EqualTo(["/v1.0/users?$top=1", "/v1.0/groups?$top=1"]));
        foreach (var name in (string[])["GET /v1.0/users", "GET /v1.0/groups"]) Assert.That((answer.IsOk(name), answer.Check(name).GetProperty("status").GetInt32()), Is.EqualTo((true, 200)));
        Leaks.AssertNone(source, answer.Everything, string.Join('\n', _fixture.Function.Output));
        Assert.That(answer.Body, Does.Not.Contain("p~").And.Not.Contain((string)_fixture.Emulator.Tenant.Users[0]["id"]!), "no row, not even a sanitized one");
    }

    [Test]
    public async Task HEAD_has_the_verdict_without_the_body()
    {
        var answer = await _fixture.SendAsync("/", HttpMethod.Head, null, ("X-Psoxy-Health-Check", "1"));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, "")));
        Assert.That(int.Parse(answer.Headers["Content-Length"], null), Is.GreaterThan(500));
    }

    [Test]
    public async Task No_secret_and_no_token_is_in_it()
    {
        const string salt = "Kanarie-salt-0123456789";
        const string key = "Kanarie-key-0123456789";
        await using var fixture = await FunctionFixture.StartAsync(null, ("PSOXY_SALT", salt), ("PSOXY_ENCRYPTION_KEY", key));

        var answer = await fixture.HealthAsync("deep");

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Leaks.AssertNone(salt + key, answer.Everything, string.Join('\n', fixture.Function.Output));
        Assert.That(answer.Everything, Does.Not.Contain("eyJ"), "no token");
    }

    [Test]
    public async Task A_user_agent_cannot_break_the_answer()
    {
        var answer = await _fixture.SendAsync("/", null, null, ("X-Psoxy-Health-Check", "1"), ("User-Agent", "\"<script>" + new string('x', 2000)));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Json.GetProperty("userAgent").GetString(), Has.Length.EqualTo(256).And.StartsWith("\"<script>x"));
        Assert.That(answer.Headers["X-Content-Type-Options"], Is.EqualTo("nosniff"), "a browser must not take it for a page");
    }
}
