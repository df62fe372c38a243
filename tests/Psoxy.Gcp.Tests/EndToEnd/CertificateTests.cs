using Psoxy.Emulator;
using Psoxy.Gcp.Tests.Health;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.EndToEnd;

/// <summary>A function that signs in with a certificate, in a tenant that allows no federated credential.</summary>
public sealed class CertificateTests
{
    private const string Version = "projects/psoxy-emulator/secrets/psoxy-outlook-mail-certificate/versions/1";
    private const string Second = "projects/psoxy-emulator/secrets/psoxy-outlook-mail-certificate/versions/2";
    private const string Users = "/v1.0/users?$top=2";

    private static readonly EmulatorOptions Strict = new() { AllowsFederation = false };

    [Test]
    public async Task Without_one_such_a_tenant_refuses_and_the_health_check_names_the_way_out()
    {
        await using var fixture = await FunctionFixture.StartAsync(Strict);

        var answer = await fixture.HealthAsync();

        Assert.That((answer.Status, answer.IsOk("entra")), Is.EqualTo((412, false)), answer.Body);
        Assert.That(answer.WhatToDo("entra"), Does.Contain("AADSTS700223").And.Contain("docs/certificate.md"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Rows_come_with_one_by_its_version_or_injected(bool isInjected)
    {
        using var signed = SignedCertificate.Make();
        await using var fixture = await StartAsync(signed, isInjected ? signed.Pem : Version);

        var answer = await fixture.SendAsync(Users);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Json.GetProperty("value").GetArrayLength(), Is.EqualTo(2));
        Assert.That(fixture.Emulator.MetadataRequests.All.Select(request => request.Target), Has.None.Contains("identity"), "no identity token is asked for");
    }

    [Test]
    public async Task The_health_check_tells_of_it_and_warns()
    {
        using var signed = SignedCertificate.Make(days: 200);
        await using var fixture = await StartAsync(signed, Version);

        var answer = await fixture.HealthAsync("deep");

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That((answer.Text("sourceAuthStrategy"), answer.Text("sourceAuthGrantType")), Is.EqualTo(("oauth2_client_credentials", "client_certificate")));
        Assert.That((answer.Text("serviceAccountUniqueId"), answer.Text("identityTokenAudience")), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(Names(answer).Take(5), Is.EqualTo(["configuration", "secrets", "certificate", "entra", "roles"]));
        var certificate = answer.Json.GetProperty("entra").GetProperty("certificate");
        Assert.That(certificate.GetProperty("thumbprint").GetString(), Is.EqualTo(signed.Certificate.Thumbprint));
        Assert.That(certificate.GetProperty("notAfter").GetDateTime(), Is.EqualTo(signed.Certificate.NotAfter.ToUniversalTime()));
        Assert.That(answer.Json.List("warningMessages").Single(), Does.StartWith("The function signs in to Entra with a certificate").And.Contain("private key can be copied"));
        var page = await File.ReadAllTextAsync(Path.Combine(TestContext.CurrentContext.TestDirectory, "docs", "health.md"));
        Assert.That(page, Does.Contain("| `certificate`").And.Contain("`client_certificate`"));
    }

    [Test]
    public async Task Its_last_days_are_warned_of()
    {
        using var signed = SignedCertificate.Make(days: 12);
        await using var fixture = await StartAsync(signed, Version);

        var answer = await fixture.HealthAsync();

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Json.List("warningMessages")[0], Does.Contain("expires in 11 days").And.Contain("psoxy entra certificate rotate --connector outlook-mail"));
    }

    [Test]
    public async Task An_expired_one_is_a_problem_with_its_fix_and_no_row_comes()
    {
        using var signed = SignedCertificate.Make(days: -1);
        await using var fixture = await StartAsync(signed, Version);

        var (health, answer) = (await fixture.HealthAsync(), await fixture.SendAsync(Users));

        Assert.That((health.Status, health.IsOk("certificate"), health.IsOk("entra")), Is.EqualTo((412, false, false)), health.Body);
        Assert.That(health.WhatToDo("certificate"), Does.Contain("expired on").And.Contain("psoxy entra certificate rotate --connector outlook-mail"));
        Assert.That(health.WhatToDo("entra"), Does.Contain("AADSTS700027"));
        Assert.That((answer.Status, answer.Error), Is.EqualTo((500, "CONNECTION_SETUP")), answer.Body);
        Assert.That(answer.Body, Does.Contain("AADSTS700027"));
    }

    [Test]
    public async Task One_that_Entra_does_not_know_is_refused_until_it_does()
    {
        using var registered = SignedCertificate.Make();
        using var stored = SignedCertificate.Make();
        await using var fixture = await StartAsync(registered, stored.Pem);

        var refused = await fixture.SendAsync(Users);
        fixture.Emulator.Directory.AddCertificate(fixture.Emulator.Options.ClientId, stored.Certificate, "second");
        var accepted = await fixture.SendAsync(Users);

        Assert.That((refused.Status, refused.Error), Is.EqualTo((500, "CONNECTION_SETUP")), refused.Body);
        Assert.That(refused.Body, Does.Contain("AADSTS700027"));
        Assert.That(accepted.Status, Is.EqualTo(200), accepted.Body);
    }

    [Test]
    public async Task Rotation_overlaps_and_rows_never_stop()
    {
        using var first = SignedCertificate.Make(days: 20);
        using var second = SignedCertificate.Make();
        await using var fixture = await StartAsync(first, Version);
        var (directory, clientId) = (fixture.Emulator.Directory, fixture.Emulator.Options.ClientId);

        Assert.That((await fixture.SendAsync(Users)).Status, Is.EqualTo(200));
        fixture.Emulator.Secrets.Set(Second, System.Text.Encoding.UTF8.GetBytes(second.Pem));
        directory.AddCertificate(clientId, second.Certificate, "second");

        // Old and new revision beside each other, each with a token got now.
        await using var old = await FunctionProcess.StartAsync(FunctionFixture.FunctionAssembly, FunctionFixture.Environment(fixture.Emulator, ("CLIENT_CERTIFICATE", Version)));
        await using var next = await FunctionProcess.StartAsync(FunctionFixture.FunctionAssembly, FunctionFixture.Environment(fixture.Emulator, ("CLIENT_CERTIFICATE", Second)));
        Assert.That((await StatusAsync(old), await StatusAsync(next)), Is.EqualTo((200, 200)));

        directory.RemoveCertificate(clientId, "first");
        await using var later = await FunctionProcess.StartAsync(FunctionFixture.FunctionAssembly, FunctionFixture.Environment(fixture.Emulator, ("CLIENT_CERTIFICATE", Second)));
        await using var late = await FunctionProcess.StartAsync(FunctionFixture.FunctionAssembly, FunctionFixture.Environment(fixture.Emulator, ("CLIENT_CERTIFICATE", Version)));
        Assert.That((await StatusAsync(later), await StatusAsync(late)), Is.EqualTo((200, 500)), "only the retired one is refused");
    }

    [Test]
    public async Task A_version_that_cannot_be_read_is_a_problem_that_is_not_kept()
    {
        using var signed = SignedCertificate.Make();
        await using var fixture = await StartAsync(signed, Second);

        var missing = await fixture.HealthAsync();
        fixture.Emulator.Secrets.Set(Second, System.Text.Encoding.UTF8.GetBytes(signed.Pem));
        var there = await fixture.HealthAsync();

        Assert.That((missing.Status, missing.IsOk("certificate"), missing.IsOk("entra")), Is.EqualTo((412, false, false)), missing.Body);
        Assert.That(missing.WhatToDo("certificate"), Does.Contain(Second).And.Contain("does not exist").And.Contain("CLIENT_CERTIFICATE"));
        Assert.That(there.Status, Is.EqualTo(200), there.Body);
    }

    [TestCase("whole")]
    [TestCase("key of another")]
    [TestCase("cut")]
    [TestCase("unmarked")]
    public async Task Nothing_of_the_private_key_leaves_in_answers_errors_health_or_logs(string kind)
    {
        using var signed = SignedCertificate.Make();
        using var other = SignedCertificate.Make();
        var configured = kind switch
        {
            "whole" => signed.Pem,
            "key of another" => other.Certificate.ExportCertificatePem() + "\n" + signed.KeyPem,
            "cut" => signed.Certificate.ExportCertificatePem() + "\n" + signed.KeyPem[..^200],
            _ => string.Join('\n', signed.KeyLines),
        };
        await using var fixture = await StartAsync(signed, configured);
        Assert.That(signed.FindIn(configured), Is.Not.Null, "the key must go in, or its absence proves nothing");

        var answers = new[] { await fixture.SendAsync(Users), await fixture.HealthAsync("deep"), await fixture.SendAsync("/v1.0/users/%ff"), await fixture.HealthAsync() };
        await fixture.Function.StopAsync();

        Assert.That(answers.Select(answer => answer.Status), Has.Some.EqualTo(kind == "whole" ? 200 : 500));
        foreach (var text in answers.Select(answer => answer.Everything).Concat(fixture.Function.Output))
            Assert.That(signed.FindIn(text), Is.Null, "a part of the key leaked");
        Assert.That(fixture.Emulator.EntraRequests.All.Concat(fixture.Emulator.GraphRequests.All).SelectMany(request => request.Headers.Values.Append(request.Target)).Select(signed.FindIn), Is.All.Null);
    }

    private static Task<FunctionFixture> StartAsync(SignedCertificate registered, string configured) => FunctionFixture.StartPreparedAsync(
        emulator =>
        {
            emulator.Directory.AddCertificate(emulator.Options.ClientId, registered.Certificate, "first");
            emulator.Secrets.Set(Version, System.Text.Encoding.UTF8.GetBytes(registered.Pem));
        },
        Strict,
        ("CLIENT_CERTIFICATE", configured));

    private static async Task<int> StatusAsync(FunctionProcess function)
    {
        using var client = new HttpClient { BaseAddress = function.Address };
        using var answer = await client.GetAsync(Users);
        return (int)answer.StatusCode;
    }

    private static IEnumerable<string?> Names(Answer answer) => answer.Json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString());
}
