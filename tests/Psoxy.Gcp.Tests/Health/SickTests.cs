using Psoxy.Emulator;
using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Health;

/// <summary>Health checks of functions that are not well: each says what is wrong and what to do, and everything else that can be known.</summary>
public sealed class SickTests
{
    [Test]
    public async Task A_missing_role_is_named_and_consent_is_noticed()
    {
        await using var fixture = await FunctionFixture.StartAsync(new EmulatorOptions { GrantedRoles = ["User.Read.All", "Mail.ReadBasic.All", "MailboxSettings.Read"] });

        var sick = await fixture.HealthAsync("deep");

        AssertSick(sick, "roles", "Give the application Group.Read.All");
        Assert.That(sick.Json.GetProperty("entra").List("missingRoles"), Is.EqualTo(["Group.Read.All"]));
        Assert.That(sick.IsOk("GET /v1.0/users"), Is.True);
        Assert.That((sick.IsOk("GET /v1.0/groups"), sick.Check("GET /v1.0/groups").GetProperty("status").GetInt32()), Is.EqualTo((false, 403)));
        Assert.That(sick.WhatToDo("GET /v1.0/groups"), Does.Contain("This request needs Group.Read.All"));

        fixture.Emulator.GrantedRoles = null;
        var well = await fixture.HealthAsync("deep");
        Assert.That(well.Status, Is.EqualTo(200), well.Body);
    }

    [Test]
    public async Task A_token_without_any_role_means_that_consent_is_missing()
    {
        await using var fixture = await FunctionFixture.StartAsync(new EmulatorOptions { GrantedRoles = [] });

        var answer = await fixture.HealthAsync();

        AssertSick(answer, "roles", "let an administrator consent");
        Assert.That(answer.Json.GetProperty("entra").GetProperty("tokenAcquired").GetBoolean(), Is.True);
        Assert.That(answer.Json.GetProperty("entra").List("missingRoles"), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task More_than_is_needed_is_warned_of()
    {
        await using var fixture = await FunctionFixture.StartAsync(new EmulatorOptions { GrantedRoles = ["User.Read.All", "Mail.ReadBasic.All", "MailboxSettings.Read", "Group.Read.All", "Mail.ReadWrite"] });

        var answer = await fixture.HealthAsync();

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Json.GetProperty("entra").List("excessRoles"), Is.EqualTo(["Mail.ReadWrite"]));
        Assert.That(answer.Json.List("warningMessages").Single(), Does.Contain("does not need: Mail.ReadWrite"));
    }

    [Test]
    public async Task A_variant_without_groups_needs_no_permission_for_them()
    {
        await using var fixture = await FunctionFixture.StartAsync(new EmulatorOptions { GrantedRoles = ["User.Read.All", "Mail.ReadBasic.All", "MailboxSettings.Read"] }, ("NO_GROUPS", "true"));

        var answer = await fixture.HealthAsync("deep");

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(answer.WhatToDo("GET /v1.0/groups"), Is.EqualTo("Not asked: the rules in force do not allow it."));
        Assert.That(fixture.Emulator.GraphRequests.All.Select(request => request.Target), Is.EqualTo(["/v1.0/users?$top=1"]));
    }

    [TestCase("wrong subject", "AADSTS700213", "unique id")]
    [TestCase("wrong issuer", "AADSTS700211", "https://accounts.google.com")]
    [TestCase("disabled", "AADSTS7000112", "Enable it")]
    [TestCase("object id for client id", "AADSTS700016", "the object id is the classic mistake")]
    [TestCase("unknown tenant", "AADSTS90002", "TENANT_ID and CLOUD")]
    public async Task Entras_refusal_gives_code_cause_and_fix_and_none_of_its_text(string mistake, string code, string fix)
    {
        var options = new EmulatorOptions();
        options = mistake switch
        {
            "wrong subject" => options with { CredentialSubject = options.ServiceAccountEmail },
            "wrong issuer" => options with { CredentialIssuer = "https://accounts.google.com/" },
            "disabled" => options with { IsDisabled = true },
            _ => options,
        };
        var change = mistake switch
        {
            "object id for client id" => ("CLIENT_ID", options.ObjectId),
            "unknown tenant" => ("TENANT_ID", Guid.NewGuid().ToString()),
            _ => ("CLOUD", "global"),
        };
        await using var fixture = await FunctionFixture.StartAsync(options, change);

        var health = await fixture.HealthAsync("deep");
        var answer = await fixture.SendAsync("/v1.0/users");

        AssertSick(health, "entra", code);
        var entra = health.Json.GetProperty("entra");
        Assert.That((entra.GetProperty("tokenAcquired").GetBoolean(), entra.GetProperty("code").GetString()), Is.EqualTo((false, code)));
        Assert.That(entra.GetProperty("cause").GetString(), Is.Not.Empty);
        Assert.That(entra.GetProperty("fix").GetString(), Does.Contain(fix));
        Assert.That((Guid.TryParse(entra.GetProperty("traceId").GetString(), out _), Guid.TryParse(entra.GetProperty("correlationId").GetString(), out _)), Is.EqualTo((true, true)));
        Assert.That(health.Json.GetProperty("serviceAccountUniqueId").GetString(), Is.EqualTo(options.ServiceAccountUniqueId), "the fix needs it");
        Assert.That(health.WhatToDo("graph"), Does.StartWith("Not asked"));
        Assert.That((answer.Status, answer.Error), Is.EqualTo((500, "CONNECTION_SETUP")));
        Assert.That(answer.Json.GetProperty("error").GetProperty("message").GetString(), Does.StartWith($"Entra refuses. {code}: ").And.Contain(fix).And.Contain("Trace id "));
        Assert.That(Canaries.FindIn(health.Everything + answer.Everything + string.Join('\n', fixture.Function.Output)), Is.Null);
    }

    [Test]
    public async Task Bad_rules_leave_the_rest_to_be_told()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("RULES", "endpoints:\n  - pathTemplate: /v1.0/users\n    tranforms: []\n"));

        var answer = await fixture.HealthAsync("deep");

        AssertSick(answer, "configuration", "did you mean 'transforms'?");
        Assert.That(answer.Json.GetProperty("rules").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        Assert.That((answer.IsOk("secrets"), answer.IsOk("identityToken"), answer.IsOk("entra"), answer.IsOk("roles")), Is.EqualTo((true, true, true, true)));
        Assert.That(answer.Json.GetProperty("saltSha256Hash").GetString(), Is.Not.Empty);
        Assert.That(answer.WhatToDo("graph"), Does.StartWith("Not asked"));
        Assert.That(fixture.Emulator.GraphRequests.Count, Is.Zero);
    }

    [Test]
    public async Task A_missing_salt_leaves_the_rest_to_be_told()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("PSOXY_SALT", null));

        var answer = await fixture.HealthAsync();

        AssertSick(answer, "configuration", "PSOXY_SALT is missing");
        Assert.That(answer.Json.List("missingConfigProperties"), Is.EqualTo(["PSOXY_SALT"]));
        Assert.That(answer.Json.GetProperty("nonDefaultSalt").GetBoolean(), Is.False);
        Assert.That((answer.IsOk("secrets"), answer.IsOk("entra")), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task A_missing_tenant_leaves_the_rest_to_be_told()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("TENANT_ID", null));

        var answer = await fixture.HealthAsync();

        AssertSick(answer, "entra", "Not asked: it needs TENANT_ID and CLIENT_ID first.");
        Assert.That((answer.IsOk("secrets"), answer.IsOk("identityToken")), Is.EqualTo((true, true)));
        Assert.That(answer.Json.GetProperty("serviceAccountUniqueId").GetString(), Is.Not.Null);
        Assert.That(fixture.Emulator.EntraRequests.Count, Is.Zero);
    }

    [Test]
    public async Task Without_a_metadata_server_the_rest_is_told()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("WARM_UP", "false"), ("PSOXY_SALT", "a-salt-of-some-length"), ("PSOXY_ENCRYPTION_KEY", "a-key-of-some-length"));
        fixture.Emulator.Faults.Metadata.Set(FaultKind.Refuse);

        var answer = await fixture.HealthAsync();

        AssertSick(answer, "identityToken", "Google's metadata server gives no identity token");
        Assert.That((answer.IsOk("secrets"), answer.IsOk("entra")), Is.EqualTo((true, false)));
        Assert.That(answer.Json.GetProperty("serviceAccountUniqueId").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
    }

    [TestCase("ALLOWED_CALLERS", "", "ALLOWED_CALLERS: entry 1 is empty")]
    [TestCase("ALLOWED_DATA_ACCESS_IP_BLOCKS", "10.0.0.0/33", "ALLOWED_DATA_ACCESS_IP_BLOCKS")]
    public async Task Whoever_cannot_be_told_from_anybody_learns_the_problem_only(string name, string value, string expected)
    {
        await using var fixture = await FunctionFixture.StartAsync(null, (name, value));

        var answer = await fixture.HealthAsync("deep");

        AssertSick(answer, "configuration", expected);
        Assert.That(answer.Json.EnumerateObject().Select(member => member.Name), Is.EqualTo(["configuredSource", "missingConfigProperties", "version", "checks"]));
        Assert.That(fixture.Emulator.GraphRequests.Count, Is.Zero);
    }

    [Test]
    public async Task Who_may_not_call_may_not_ask_either()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("ALLOWED_DATA_ACCESS_IP_BLOCKS", "203.0.113.0/24"));

        var answer = await fixture.SendAsync("/", null, null, ("X-Psoxy-Health-Check", "deep"), ("X-Forwarded-For", "198.51.100.7, 10.1.1.1"));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((403, "UNAUTHORIZED_IP_ADDRESS")));
        Assert.That(answer.Body, Does.Not.Contain("configuredSource"));
    }

    [Test]
    public async Task A_line_break_in_a_secret_is_warned_of_and_kept()
    {
        await using var plain = await FunctionFixture.StartAsync(null, ("PSOXY_SALT", "Kanarie-salt-0123456789"));
        await using var broken = await FunctionFixture.StartAsync(null, ("PSOXY_SALT", "Kanarie-salt-0123456789\n"));

        var (without, with) = (await plain.HealthAsync(), await broken.HealthAsync());

        Assert.That(with.Status, Is.EqualTo(200), with.Body);
        Assert.That(without.Json.List("warningMessages"), Is.Empty);
        Assert.That(with.Json.List("warningMessages").Single(), Does.StartWith("PSOXY_SALT ends with a line break"));
        Assert.That(with.Json.GetProperty("saltSha256Hash").GetString(), Is.Not.EqualTo(without.Json.GetProperty("saltSha256Hash").GetString()), "never trimmed");
        Assert.That(Canaries.FindIn(with.Everything), Is.Null);
    }

    [Test]
    public async Task A_salt_that_anybody_can_guess_is_a_problem()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("PSOXY_SALT", "changeme"));

        var answer = await fixture.HealthAsync();

        AssertSick(answer, "salt", "Store a random PSOXY_SALT");
        Assert.That(answer.Json.GetProperty("nonDefaultSalt").GetBoolean(), Is.False);
        Assert.That(answer.Everything, Does.Not.Contain("changeme"));
    }

    [TestCase("metadata", "Google")]
    [TestCase("entra", "Entra")]
    [TestCase("graph", "Graph")]
    public async Task A_clock_that_is_wrong_is_noticed(string dependency, string who)
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("WARM_UP", "false"));
        var faults = dependency switch { "metadata" => fixture.Emulator.Faults.Metadata, "entra" => fixture.Emulator.Faults.Entra, _ => fixture.Emulator.Faults.Graph };
        faults.Set(FaultKind.WrongDate);

        var answer = await fixture.HealthAsync("deep");

        AssertSick(answer, "clock", $"s ahead of {who}'s");
    }

    [TestCase(FaultKind.Garbage, "cannot be sanitized", 200)]
    [TestCase(FaultKind.WrongContentType, "is not JSON: check TARGET_HOST", 200)]
    [TestCase(FaultKind.Redirect, "should answer 200: check TARGET_HOST", 302)]
    [TestCase(FaultKind.ServerError, "Graph answered with this error", 500)]
    [TestCase(FaultKind.Throttled, "Graph throttles", 429)]
    [TestCase(FaultKind.Cut, "broke off", null)]
    [TestCase(FaultKind.Refuse, "Graph cannot be reached", null)]
    public async Task What_Graph_does_wrong_is_told_without_its_words(FaultKind fault, string expected, int? status)
    {
        await using var fixture = await FunctionFixture.StartAsync();
        fixture.Emulator.Faults.Graph.Set(fault);

        var answer = await fixture.HealthAsync("deep");

        AssertSick(answer, "GET /v1.0/users", expected);
        if (status is not null) Assert.That(answer.Check("GET /v1.0/users").GetProperty("status").GetInt32(), Is.EqualTo(status));
        Assert.That(Canaries.FindIn(answer.Everything + string.Join('\n', fixture.Function.Output)), Is.Null, "what the faults say has canaries");
    }

    private static void AssertSick(Answer answer, string check, string whatToDo)
    {
        Assert.That((answer.Status, answer.Error), Is.EqualTo((412, "CONFIGURATION_FAILURE")), answer.Body);
        Assert.That(answer.IsOk(check), Is.False);
        Assert.That(answer.WhatToDo(check), Does.Contain(whatToDo));
    }
}
