using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Google;
using Psoxy.Emulator.Google.Faults;

namespace Psoxy.Emulator.Tests.Google;

/// <summary>This repository's own source, deployed by the real gcloud, built as the buildpack builds it, and called.</summary>
[Category("Publish")]
public sealed class FunctionTests
{
    private const string Name = "psoxy-outlook-mail";
    private const string Account = "psoxy-outlook-mail@psoxy-emulator.iam.gserviceaccount.com";
    private const string Region = "--region=us-central1";
    private CloudFixture fixture = null!;
    private string uri = "";

    [OneTimeSetUp]
    public async Task DeployAsync()
    {
        fixture = await CloudFixture.StartAsync();
        await fixture.RunAsync("iam", "service-accounts", "create", Name);
        foreach (var (secret, value) in new[] { ("PSOXY_SALT", "a-salt"), ("PSOXY_ENCRYPTION_KEY", "a-key") })
        {
            await fixture.RunAsync(value, ["secrets", "create", secret, "--data-file=-"]);
            await fixture.RunAsync("secrets", "add-iam-policy-binding", secret, "--member=serviceAccount:" + Account, "--role=roles/secretmanager.secretAccessor");
        }

        await fixture.RunAsync(Deploy(Name, "Psoxy.Gcp.OutlookMailFunction"));
        uri = (await fixture.RunAsync("functions", "describe", Name, "--gen2", Region, "--format=value(serviceConfig.uri)")).Trim();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (fixture is not null) await fixture.DisposeAsync();
    }

    [Test]
    public async Task It_is_described_as_it_was_deployed()
    {
        var function = JsonNode.Parse(await fixture.RunAsync("functions", "describe", Name, "--gen2", Region, "--format=json"))!;

        Assert.That((string?)function["state"], Is.EqualTo("ACTIVE"));
        Assert.That((string?)function["buildConfig"]!["entryPoint"], Is.EqualTo("Psoxy.Gcp.OutlookMailFunction"));
        Assert.That((string?)function["serviceConfig"]!["serviceAccountEmail"], Is.EqualTo(Account));
        Assert.That((int?)function["serviceConfig"]!["maxInstanceCount"], Is.EqualTo(3));
        Assert.That(await fixture.RunAsync("functions", "list", "--v2", "--format=value(name)"), Does.Contain(Name));
    }

    [Test]
    public async Task It_answers_an_envelope_with_rows_under_pseudonyms()
    {
        var source = await GraphAsync("/v1.0/users?$top=3");

        var output = await fixture.RunAsync("functions", "call", Name, "--gen2", Region, """--data={"path":"/v1.0/users","query":"$top=3"}""", "--format=value(.)");

        Assert.That(Canaries.FindIn(source), Is.Not.Null);
        Assert.That(Canaries.FindIn(output), Is.Null);
        Assert.That(JsonNode.Parse(output)!["value"]!.AsArray(), Has.Count.EqualTo(3));
        Assert.That(fixture.Host.EntraRequests.All, Is.Not.Empty, "with a Graph token that its own account's identity token was exchanged for");
    }

    [Test]
    public async Task Who_has_no_identity_or_no_invoker_role_does_not_reach_it()
    {
        const string Worklytics = "worklytics@another-project.iam.gserviceaccount.com";
        var token = fixture.Cloud.IdentityToken(Worklytics, uri);

        Assert.That((int)(await SendAsync(null)).Status, Is.EqualTo(403));
        Assert.That((await SendAsync("x" + token)).Status, Is.EqualTo(401));
        Assert.That((await SendAsync(fixture.Cloud.IdentityToken(Worklytics, "https://elsewhere.example.com"))).Status, Is.EqualTo(401));
        var (status, body) = await SendAsync(token);
        Assert.That(status, Is.EqualTo(403));
        Assert.That(body, Does.Contain("Your client does not have permission to get URL <code>/v1.0/users</code> from this server."));

        await fixture.RunAsync("functions", "add-invoker-policy-binding", Name, Region, "--member=serviceAccount:" + Worklytics);
        Assert.That((await SendAsync(token)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Redeployed_it_is_another_revision_at_the_same_address()
    {
        var before = await RevisionAsync();

        await fixture.RunAsync([.. Deploy(Name, "Psoxy.Gcp.OutlookMailFunction"), "--update-env-vars=NO_GROUPS=true"]);

        Assert.That(await RevisionAsync(), Is.Not.EqualTo(before));
        Assert.That((await fixture.RunAsync("functions", "describe", Name, "--gen2", Region, "--format=value(serviceConfig.uri)")).Trim(), Is.EqualTo(uri));
    }

    [Test]
    public async Task What_cannot_start_or_be_built_or_be_accessed_fails_as_google_says_it()
    {
        Assert.That(await fixture.RefusedAsync(Deploy("psoxy-wrong", "Psoxy.Gcp.NoSuchFunction")), Does.Contain("Container Healthcheck failed").And.Contain("NoSuchFunction"));

        await fixture.RunAsync("iam", "service-accounts", "create", "psoxy-teams");
        Assert.That(
            await fixture.RefusedAsync([.. Deploy("psoxy-teams", "Psoxy.Gcp.TeamsFunction"), "--service-account=psoxy-teams@psoxy-emulator.iam.gserviceaccount.com"]),
            Does.Contain("Permission denied on secret: projects/123456789012/secrets/PSOXY_SALT/versions/1 for Revision service account psoxy-teams@psoxy-emulator.iam.gserviceaccount.com"));

        fixture.Cloud.Faults.Set(new(CloudApi.CloudFunctions, CloudFaultKind.BuildFailure) { Text = "Network is unreachable" });
        Assert.That(await fixture.RefusedAsync(Deploy("psoxy-onedrive", "Psoxy.Gcp.OneDriveFunction")), Does.Contain("Build failed with status: FAILURE and message: Network is unreachable"));

        var (_, function) = await fixture.CallAsync("GET", "/cloudfunctions/v2/projects/psoxy-emulator/locations/us-central1/functions/psoxy-onedrive");
        Assert.That((string?)function["state"], Is.EqualTo("FAILED"));
        await fixture.RunAsync("functions", "delete", "psoxy-onedrive", "--gen2", Region);
        Assert.That(await fixture.RefusedAsync("functions", "describe", "psoxy-onedrive", "--gen2", Region), Does.Contain("404"));
    }

    [Test]
    public async Task Concurrency_needs_a_whole_cpu() =>
        Assert.That(await fixture.RefusedAsync([.. Deploy("psoxy-copilot", "Psoxy.Gcp.CopilotFunction"), "--concurrency=8"]), Does.Contain("Total cpu < 1 is not supported with concurrency > 1"));

    private string[] Deploy(string name, string entryPoint) =>
    [
        "functions", "deploy", name, "--gen2", Region, "--runtime=dotnet10", "--source=" + fixture.Cloud.Options.RepositoryRoot, "--entry-point=" + entryPoint, "--trigger-http", "--no-allow-unauthenticated",
        "--service-account=" + Account, "--memory=512Mi", "--max-instances=3", "--set-secrets=PSOXY_SALT=PSOXY_SALT:1,PSOXY_ENCRYPTION_KEY=PSOXY_ENCRYPTION_KEY:1",
        $"--set-env-vars=SOURCE=outlook-mail,TENANT_ID={fixture.Host.Options.TenantId},CLIENT_ID={fixture.Host.Options.ClientId}",
        "--set-build-env-vars=GOOGLE_BUILDABLE=functions/Psoxy.Gcp/Psoxy.Gcp.csproj,GoogleCloudPackages=nuget",
    ];

    private async Task<string> RevisionAsync() => await fixture.RunAsync("functions", "describe", Name, "--gen2", Region, "--format=value(serviceConfig.revision)");

    private async Task<string> GraphAsync(string target)
    {
        using var graph = fixture.Host.CreateGraphClient();
        return await graph.GetStringAsync(target);
    }

    private async Task<(int Status, string Body)> SendAsync(string? token)
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate!.Issuer == fixture.Host.Authority.Subject };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri + "/v1.0/users");
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
