using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Psoxy.Emulator.Entra.Directory;
using Psoxy.Testing;

namespace Psoxy.Cli.Tests.Entra;

/// <summary>Certificates of connectors whose tenant allows no federation: how they are made, rotated and retired.</summary>
public sealed class CertificateCommandTests
{
    private const string Connectors = "  - id: outlook-mail\n    credential: certificate\n";
    private const string Create = "certificate create --connector outlook-mail --yes";
    private const string Rotate = "certificate rotate --connector outlook-mail --yes";
    private const string Retire = "certificate retire --connector outlook-mail --yes";
    private const string First = "psoxy-outlook-mail-certificate/versions/1";
    private const string Second = "psoxy-outlook-mail-certificate/versions/2";

    [Test]
    public async Task A_key_goes_into_the_secret_its_certificate_to_Entra_and_the_version_into_the_file()
    {
        await using var fixture = await StartAsync();

        var run = await fixture.MustAsync(0, Create);

        using var pair = X509Certificate2.CreateFromPem(fixture.Gcloud.PemOf(1), fixture.Gcloud.PemOf(1));
        using var key = pair.GetRSAPrivateKey();
        Assert.That((pair.Subject, key!.KeySize, (pair.NotAfter - pair.NotBefore).Days), Is.EqualTo(("CN=psoxy-acme-psoxy-outlook-mail", 3072, 365)));
        Assert.That(fixture.Directory.CertificatesOf(ClientId(fixture)), Is.EqualTo([(First, Convert.ToBase64String(Convert.FromHexString(pair.Thumbprint)))]));
        Assert.That(await File.ReadAllTextAsync(fixture.File), Does.StartWith("# ours\n").And.Contain($"    certificate: projects/acme-psoxy/secrets/{First}\n"));
        Assert.That(run.Output, Does.Contain(pair.Thumbprint).And.Contain("./deploy.sh apply --connector outlook-mail"));
        var plan = await fixture.MustAsync(0, "plan");
        Assert.That(plan.Output, Does.Contain("0 changes, 1 warning").And.Contain("not granted yet"), "no service account need be known, and nothing else is amiss");
    }

    [Test]
    public async Task Nothing_of_the_key_is_printed_or_an_argument_or_in_the_tenant_or_in_a_file()
    {
        await using var fixture = await StartAsync();

        var runs = new[] { await fixture.MustAsync(0, Create), await fixture.MustAsync(0, Rotate), await fixture.MustAsync(0, "certificate list"), await fixture.MustAsync(0, "certificate list --json"), await fixture.MustAsync(0, "plan --json") };

        // The modulus is in the certificate too, and in the same base64 where it happens to begin alike: it is public.
        using var certificate = X509Certificate2.CreateFromPem(fixture.Gcloud.PemOf(2));
        var key = fixture.Gcloud.PemOf(2).Split("-----BEGIN PRIVATE KEY-----")[1].Split('\n').Where(line => line.Length > 40 && certificate.RawData.AsSpan().IndexOf(Convert.FromBase64String(line)) < 0).ToList();
        Assert.That(key, Has.Count.GreaterThan(25), "the key is in the secret, or its absence proves nothing");
        var places = runs.SelectMany(run => new[] { run.Output, run.Error }).Concat(fixture.Gcloud.Calls).Append(fixture.Directory.Describe()).Append(await File.ReadAllTextAsync(fixture.File)).ToList();
        Assert.That(key.Where(line => places.Exists(place => place.Contains(line, StringComparison.Ordinal))), Is.Empty);
        Assert.That(places.Where(place => place.Contains("PRIVATE", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task A_second_time_makes_no_second_one_and_a_dry_run_makes_none()
    {
        await using var fixture = await StartAsync();

        var dry = await fixture.MustAsync(0, "certificate create --connector outlook-mail --dry-run");
        Assert.That((dry.Output, fixture.Gcloud.Versions.Count, fixture.Gcloud.Secret), Is.EqualTo(("outlook-mail: has no certificate that it can sign in with\n", 0, (string?)null)));
        await fixture.MustAsync(0, Create);
        var again = await fixture.MustAsync(0, Create);

        Assert.That(again.Output, Does.Contain("has its certificate, " + First).And.Contain("'rotate' makes the next one"));
        Assert.That(fixture.Gcloud.Versions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Rotation_overlaps_until_the_function_runs_with_the_new_one_and_foreign_certificates_stay()
    {
        await using var fixture = await StartAsync();
        using var foreign = SignedCertificate.Make();
        await fixture.MustAsync(0, Create);
        fixture.Directory.AddCertificate(ClientId(fixture), foreign.Certificate, "CN=theirs");
        fixture.Gcloud.Deploy(1);

        await fixture.MustAsync(0, Rotate);
        Assert.That(Names(fixture), Is.EqualTo([First, "CN=theirs", Second]));
        Assert.That(await File.ReadAllTextAsync(fixture.File), Does.Contain(Second).And.Not.Contain(First));

        var again = await fixture.MustAsync(0, Rotate);
        Assert.That(again.Output, Does.Contain("a rotation is under way").And.Contain(First + " is still accepted"));
        var early = await fixture.MustAsync(1, Retire);
        Assert.That(early.Error, Does.Contain("psoxy-outlook-mail runs with " + First).And.Contain("psoxy.yaml names " + Second).And.Contain("Nothing was retired"));
        Assert.That((Names(fixture).Count, fixture.Gcloud.Versions.Count(version => version.State == "ENABLED")), Is.EqualTo((3, 2)));
        Assert.That((await fixture.MustAsync(0, "plan")).Output, Does.Contain($"! its certificate {First} is not the one of psoxy.yaml").And.Contain("it has 1 certificate, which nothing needs"));

        fixture.Gcloud.Deploy(2);
        var dry = await fixture.MustAsync(0, "certificate retire --connector outlook-mail --dry-run");
        Assert.That((dry.Output.Contains("- the certificate " + First, StringComparison.Ordinal), Names(fixture).Count), Is.EqualTo((true, 3)));
        await fixture.MustAsync(0, Retire);
        Assert.That(Names(fixture), Is.EqualTo(["CN=theirs", Second]));
        Assert.That(fixture.Gcloud.Versions.Select(version => version.State), Is.EqualTo(["DESTROYED", "ENABLED"]));
        Assert.That((await fixture.MustAsync(0, Retire)).Output, Does.Contain("there is nothing to retire"));
        await fixture.MustAsync(0, Rotate);
        Assert.That(Names(fixture), Is.EqualTo(["CN=theirs", Second, "psoxy-outlook-mail-certificate/versions/3"]));
    }

    [TestCase("""{"state": "FAILED", "serviceConfig": {}}""", "failed, or is under way")]
    [TestCase("""{"state": "ACTIVE", "stateMessages": [{"type": "CloudRunServiceNotFound"}], "serviceConfig": {}}""", "failed, or is under way")]
    [TestCase("""{"state": "ACTIVE", "serviceConfig": {"environmentVariables": {"SOURCE": "outlook-mail"}}}""", "runs with a federated credential")]
    [TestCase("""{"state": "ACTIVE", "serviceConfig": {"environmentVariables": {"CLIENT_CERTIFICATE": "projects/acme-psoxy/secrets/psoxy-outlook-mail-certificate/versions/1"}}}""", "runs with " + First)]
    public async Task Nothing_is_retired_while_it_is_not_certain_that_the_function_runs_with_the_new_one(string function, string why)
    {
        await using var fixture = await StartAsync();
        await fixture.MustAsync(0, Create);
        await fixture.MustAsync(0, Rotate);
        fixture.Gcloud.Function = function;

        var run = await fixture.MustAsync(1, Retire);

        Assert.That(run.Error, Does.Contain(why).And.Contain("Nothing was retired"));
        Assert.That((Names(fixture).Count, fixture.Gcloud.Versions.Count(version => version.State == "ENABLED")), Is.EqualTo((2, 2)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Broken_off_at_any_request_the_next_run_ends_it(bool afterEffect)
    {
        for (var broken = 0; ; broken++)
        {
            await using var fixture = await StartAsync();
            fixture.Directory.BreakAfter(broken, afterEffect);
            var first = await fixture.RunAsync(Create);
            if (first.ExitCode == 0)
            {
                Assert.That(broken, Is.GreaterThan(12), "every request was the one that failed");
                return;
            }

            fixture.Directory.Mend();
            await fixture.MustAsync(0, Create);
            var used = (await File.ReadAllTextAsync(fixture.File)).Split("/versions/")[1].Split('\n')[0];
            using var pair = X509Certificate2.CreateFromPem(fixture.Gcloud.PemOf(int.Parse(used, System.Globalization.CultureInfo.InvariantCulture)));
            Assert.That(
                fixture.Directory.CertificatesOf(ClientId(fixture)),
                Is.EqualTo([("psoxy-outlook-mail-certificate/versions/" + used, Convert.ToBase64String(Convert.FromHexString(pair.Thumbprint)))]),
                $"exactly one is accepted, whose key is in the version that the file names; failed at request {broken + 1}\n{first.Output}");
            await fixture.MustAsync(0, Retire);
            Assert.That(fixture.Gcloud.Versions.Count(version => version.State == "ENABLED"), Is.EqualTo(1), "what was left over is destroyed");
        }
    }

    [Test]
    public async Task A_policy_that_refuses_its_time_leaves_no_key_behind()
    {
        await using var fixture = await StartAsync();
        fixture.Directory.MostCertificateDays = 90;

        var refused = await fixture.MustAsync(1, Create);
        await fixture.MustAsync(0, Create + " --days 90");

        Assert.That(refused.Error, Does.Contain("KeyCredentialsInvalidEndDate").And.Contain("give --days"));
        Assert.That(fixture.Gcloud.Versions.Select(version => version.State), Is.EqualTo(["DESTROYED", "ENABLED"]));
        Assert.That(Names(fixture), Is.EqualTo([Second]));
    }

    [Test]
    public async Task An_expired_one_is_told_of_and_gives_way_to_the_next()
    {
        await using var fixture = await StartAsync();
        await fixture.MustAsync(0, Create);
        using var soon = SignedCertificate.Make(days: 20);
        using var old = SignedCertificate.Make(days: -1);
        Put(fixture, soon.Certificate);
        Assert.That((await fixture.MustAsync(0, "plan")).Output, Does.Contain($"! its certificate {First} expires on").And.Contain("psoxy entra certificate rotate --connector outlook-mail"));
        Put(fixture, old.Certificate);
        Assert.That((await fixture.MustAsync(0, "plan")).Output, Does.Contain($"! its certificate {First} has expired"));

        await fixture.MustAsync(0, Rotate);

        Assert.That(Names(fixture), Is.EqualTo([Second]), "Entra would refuse the list with the expired one in it");
    }

    [Test]
    public async Task Who_may_have_a_federated_credential_gets_no_certificate_and_none_without_an_application()
    {
        await using var fixture = await EntraFixture.StartAsync();

        Assert.That((await fixture.MustAsync(2, Create)).Error, Does.Contain("'credential: federated' for outlook-mail, which is better"));
        fixture.Write(Connectors);
        Assert.That((await fixture.MustAsync(1, Create)).Error, Does.Contain("'psoxy entra apply' makes it"));
        await fixture.MustAsync(0, "apply --yes");
        Assert.That((await fixture.MustAsync(2, Rotate)).Error, Does.Contain("makes the first one"));
        Assert.That((await fixture.MustAsync(2, Create + " --days 0")).Error, Does.Contain("from 1 to 730"));
        Assert.That((await fixture.MustAsync(1, Retire)).Error, Does.Contain("Nothing was retired"));
        Assert.That(fixture.Gcloud.Versions, Is.Empty);
    }

    [Test]
    public async Task Without_gcloud_or_its_rights_nothing_is_changed_in_the_tenant()
    {
        await using var fixture = await StartAsync();
        var before = fixture.Directory.Describe();

        fixture.Gcloud.Refusal = ("secrets versions add", "ERROR: (gcloud.secrets.versions.add) PERMISSION_DENIED: Permission 'secretmanager.versions.add' denied");
        Assert.That((await fixture.MustAsync(1, Create)).Error, Does.Contain("PERMISSION_DENIED").And.Contain("roles/secretmanager.secretVersionAdder"));
        fixture.Gcloud.IsInstalled = false;
        Assert.That((await fixture.MustAsync(1, Create)).Error, Does.Contain("gcloud is not here"));

        Assert.That(fixture.Directory.Describe(), Is.EqualTo(before));
    }

    [Test]
    public async Task Who_does_not_own_the_application_is_refused_and_no_key_is_left()
    {
        await using var fixture = await StartAsync();
        fixture.Token = fixture.Emulator.Engineers.Token((string)fixture.Emulator.Tenant.Users[5]["id"]!, DirectoryRole.None);

        var run = await fixture.MustAsync(1, Create);

        Assert.That(run.Error, Does.Contain("cannot register the certificate: your account may not"));
        Assert.That(fixture.Gcloud.Versions.Select(version => version.State), Is.EqualTo(["DESTROYED"]));
    }

    [Test]
    public async Task Back_to_a_federated_credential_all_of_them_go()
    {
        await using var fixture = await StartAsync();
        await fixture.MustAsync(0, Create);
        fixture.Gcloud.Deploy(1);
        fixture.Write($"  - id: outlook-mail\n    subject: \"{EntraFixture.Subject}\"\n");
        Assert.That((await fixture.MustAsync(2, "plan")).Output, Does.Contain("+ make the federated credential").And.Contain("it has 1 certificate, which nothing needs"));
        await fixture.MustAsync(0, "apply --yes");

        Assert.That((await fixture.MustAsync(1, Retire)).Error, Does.Contain("still signs in with " + First));
        fixture.Gcloud.Function = """{"state": "ACTIVE", "serviceConfig": {}}""";
        await fixture.MustAsync(0, Retire);

        Assert.That((Names(fixture).Count, fixture.Gcloud.Versions.Single().State), Is.EqualTo((0, "DESTROYED")));
        Assert.That((await fixture.MustAsync(0, "plan")).Output, Does.Contain("0 changes, 1 warning"));
    }

    [Test]
    public async Task A_federated_credential_beside_it_is_told_of_and_removed_only_once_the_certificate_is_there()
    {
        await using var fixture = await EntraFixture.StartAsync();
        await fixture.MustAsync(0, "apply --yes");
        fixture.Write(Connectors);

        Assert.That((await fixture.MustAsync(0, "plan --remove-credentials")).Output, Does.Contain("! it has no certificate that psoxy.yaml names").And.Contain("! the federated credential"), "the function may still need it");
        await fixture.MustAsync(0, Create);
        Assert.That((await fixture.MustAsync(0, "plan")).Output, Does.Contain("! the federated credential 'psoxy-acme-psoxy-outlook-mail'"));
        await fixture.MustAsync(0, "apply --yes --remove-credentials");

        Assert.That((Names(fixture), (await fixture.MustAsync(0, "plan")).Output.Contains("federated", StringComparison.Ordinal)), Is.EqualTo(((string[])[First], false)));
    }

    [Test]
    public async Task What_there_is_is_listed()
    {
        await using var fixture = await StartAsync();
        await fixture.MustAsync(0, Create);
        await fixture.MustAsync(0, Rotate);

        var text = await fixture.MustAsync(0, "certificate list");
        var json = JsonDocument.Parse((await fixture.MustAsync(0, "certificate list --json")).Output).RootElement.EnumerateArray().ToList();

        Assert.That(text.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2).And.Some.Contains(Second + ", key enabled").And.Some.EndsWith(", the one of psoxy.yaml"));
        Assert.That(json.Select(row => (row.GetProperty("version").GetString(), row.GetProperty("state").GetString(), row.GetProperty("registered").GetBoolean(), row.GetProperty("configured").GetBoolean())),
            Is.EqualTo([(First, "ENABLED", true, false), (Second, "ENABLED", true, true)]));
        Assert.That(json[1].GetProperty("thumbprint").GetString(), Has.Length.EqualTo(40));
    }

    private static async Task<EntraFixture> StartAsync()
    {
        var fixture = await EntraFixture.StartAsync(Connectors);
        await fixture.MustAsync(0, "apply --yes");
        return fixture;
    }

    private static string ClientId(EntraFixture fixture) => fixture.Directory.FindClientId("psoxy-acme-psoxy-outlook-mail")!;

    private static List<string> Names(EntraFixture fixture) => [.. fixture.Directory.CertificatesOf(ClientId(fixture)).Select(certificate => certificate.DisplayName)];

    // Another one in the place of the first, of another time.
    private static void Put(EntraFixture fixture, X509Certificate2 certificate)
    {
        fixture.Directory.RemoveCertificate(ClientId(fixture), First);
        fixture.Directory.AddCertificate(ClientId(fixture), certificate, First);
    }
}
