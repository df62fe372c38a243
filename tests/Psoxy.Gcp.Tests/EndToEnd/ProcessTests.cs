using System.Diagnostics;
using Psoxy.Emulator;
using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.EndToEnd;

/// <summary>How the process starts, shares and ends.</summary>
public sealed class ProcessTests
{
    [Test]
    public async Task Two_cold_calls_at_once_ask_for_one_identity_token_and_one_Graph_token()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("WARM_UP", "false"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fixture.SendAsync("/v1.0/users?$top=1")));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200));
        Assert.That(fixture.Emulator.MetadataRequests.All.Count(request => request.Target.Contains("/identity", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(fixture.Emulator.EntraRequests.Count, Is.EqualTo(1));
        Assert.That(fixture.Emulator.SecretManagerRequests.Count, Is.EqualTo(2), "salt and key, once each");
    }

    [Test]
    public async Task Secrets_and_token_are_there_before_the_port_listens_and_serve_the_first_request()
    {
        await using var fixture = await FunctionFixture.StartAsync();
        Assert.That((fixture.Emulator.EntraRequests.Count, fixture.Emulator.SecretManagerRequests.Count, fixture.Emulator.GraphRequests.Count), Is.EqualTo((1, 2, 0)));

        var answer = await fixture.SendAsync("/v1.0/users?$top=1");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That((fixture.Emulator.EntraRequests.Count, fixture.Emulator.SecretManagerRequests.Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task A_start_that_cannot_fetch_listens_all_the_same_and_the_first_request_tries_again()
    {
        await using var emulator = await EmulatorHost.StartAsync();
        emulator.Faults.Entra.Set(FaultKind.ServerError);
        emulator.Faults.SecretManager.Set(FaultKind.Unavailable);
        await using var function = await FunctionProcess.StartAsync(FunctionFixture.FunctionAssembly, FunctionFixture.Environment(emulator));
        Assert.That(string.Join('\n', function.Output), Does.Contain("secrets=ConnectionToSource token=ConnectionToSource").Or.Contain("have not come within 5 s of the start"), "as the retries take");
        emulator.Faults.Clear();
        using var client = new HttpClient { BaseAddress = function.Address };

        using var answer = await client.GetAsync("/v1.0/users?$top=1");

        Assert.That((int)answer.StatusCode, Is.EqualTo(200), "a failure is not kept");
    }

    [Test]
    public async Task Ends_cleanly_on_SIGTERM_while_a_response_streams()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("RESPONSE_BUFFER_BYTES", "1000"));
        fixture.Emulator.StreamedPage = new(100_000, TimeSpan.FromMilliseconds(5));
        using var response = await fixture.Client.GetAsync($"/v1.0/users/{fixture.UserId(0)}/mailFolders/SentItems/messages", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        Assert.That(await body.ReadAsync(new byte[100]), Is.GreaterThan(0), "it streams before the source has ended");

        var code = await fixture.Function.StopAsync();

        Assert.That(code, Is.Zero);
        Assert.That(async () => await body.CopyToAsync(Stream.Null), Throws.InstanceOf<IOException>(), "a part must not pass for the whole");
    }

    [TestCase("SOURCE", "outlook-cal", "SOURCE is 'outlook-cal', but Psoxy.Gcp.OutlookMailFunction serves 'outlook-mail'")]
    [TestCase("FUNCTION_TARGET", "Psoxy.Gcp.OutlookCalendarFunction", "SOURCE is 'outlook-mail', but Psoxy.Gcp.OutlookCalendarFunction serves 'outlook-cal'")]
    [TestCase("SOURCE", null, "SOURCE is not set")]
    [TestCase("FUNCTION_TARGET", "Psoxy.Gcp.EntraIdFunction", "SOURCE is 'outlook-mail', but Psoxy.Gcp.EntraIdFunction serves 'msft-entra-id'")]
    [TestCase("FUNCTION_TARGET", "Psoxy.Gcp.OneDriveFunction", "SOURCE is 'outlook-mail', but Psoxy.Gcp.OneDriveFunction serves 'msft-onedrive'")]
    [TestCase("FUNCTION_TARGET", "Psoxy.Gcp.CopilotFunction", "SOURCE is 'outlook-mail', but Psoxy.Gcp.CopilotFunction serves 'msft-copilot'")]
    [TestCase("FUNCTION_TARGET", "Psoxy.Gcp.TeamsFunction", "SOURCE is 'outlook-mail', but Psoxy.Gcp.TeamsFunction serves 'msft-teams'")]
    [TestCase("FUNCTION_TARGET", "No.Such", "Can't load specified function type 'No.Such'")]
    public async Task Refuses_to_start_under_another_source(string name, string? value, string expected)
    {
        await using var emulator = await EmulatorHost.StartAsync();

        Assert.That(
            async () => await FunctionProcess.StartAsync(FunctionFixture.FunctionAssembly, FunctionFixture.Environment(emulator, (name, value))),
            Throws.InvalidOperationException.With.Message.Contains(expected));
    }

    [TestCase("CLIENT_ID", "not-a-guid", "CLIENT_ID must be a GUID")]
    [TestCase("PSOXY_SALT", null, "PSOXY_SALT is missing")]
    [TestCase("TENANT_ID", null, "TENANT_ID is missing")]
    [TestCase("CLOUD", "moon", "CLOUD must be one of")]
    [TestCase("ALLOWED_DATA_ACCESS_IP_BLOCKS", "10.0.0.0/33", "ALLOWED_DATA_ACCESS_IP_BLOCKS")]
    [TestCase("ALLOWED_DATA_ACCESS_IP_BLOCKS", "10.0.0.1/8", "host bits are zero")]
    [TestCase("ALLOWED_CALLERS", "worklytics@example.iam.gserviceaccount.com", "CALLER_AUDIENCES is missing")]
    [TestCase("ALLOWED_CALLERS", "", "ALLOWED_CALLERS: entry 1 is empty")]
    [TestCase("CALLER_KEYS_URL", "http://example.com/certs", "CALLER_KEYS_URL must be an https URL")]
    [TestCase("SECRET_MANAGER_ENDPOINT", "http://example.com", "SECRET_MANAGER_ENDPOINT must be an https URL")]
    public async Task A_broken_configuration_answers_every_request_with_what_is_wrong(string name, string? value, string expected)
    {
        await using var fixture = await FunctionFixture.StartAsync(null, (name, value));

        var answer = await fixture.SendAsync("/v1.0/users");
        var health = await fixture.SendAsync("/", null, null, ("X-Psoxy-Health-Check", "1"));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((500, "CONFIGURATION_FAILURE")));
        Assert.That(answer.Body, Does.Contain(expected));
        Assert.That((health.Status, health.Error), Is.EqualTo((412, "CONFIGURATION_FAILURE")));
        Assert.That(string.Join('\n', fixture.Function.Output), Does.Contain(expected), "the start says it already");
    }

    [Test]
    public async Task Invalid_rules_refuse_every_request()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("RULES", "endpoints:\n  - pathTemplate: /v1.0/users\n    tranforms: []\n"));

        var answer = await fixture.SendAsync("/v1.0/users");

        Assert.That((answer.Status, answer.Error), Is.EqualTo((500, "RULES_INVALID")));
        Assert.That(string.Join('\n', fixture.Function.Output), Does.Contain("RULES:3:5").And.Contain("did you mean"));
    }

    [TestCase("203.0.113.0/24", "198.51.100.7, 203.0.113.9, 10.1.1.1", 200)]
    [TestCase("203.0.113.0/24", "203.0.113.9, 198.51.100.7, 10.1.1.1", 403)]
    [TestCase("2001:db8::/32", "2001:db8::5, 10.1.1.1", 200)]
    [TestCase("203.0.113.0/24", "::ffff:203.0.113.9, 10.1.1.1", 200)]
    [TestCase("203.0.113.0/24", "rubbish, 10.1.1.1", 403)]
    public async Task Only_listed_addresses_may_call(string blocks, string forwardedFor, int status)
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("ALLOWED_DATA_ACCESS_IP_BLOCKS", blocks));

        var answer = await fixture.SendAsync("/v1.0/users?$top=1", null, null, ("X-Forwarded-For", forwardedFor));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((status, status == 200 ? null : "UNAUTHORIZED_IP_ADDRESS")));
    }

    [TestCase("missing", "does not exist")]
    [TestCase("disabled", "is disabled or destroyed")]
    public async Task A_secret_that_cannot_be_read_says_why(string state, string expected)
    {
        const string name = "projects/psoxy-emulator/secrets/OTHER/versions/1";
        await using var fixture = await FunctionFixture.StartAsync(null, ("PSOXY_SALT", name));
        if (state == "disabled") fixture.Emulator.Secrets.Set(name, [1], Emulator.SecretManager.SecretState.Disabled);

        var answer = await fixture.SendAsync("/v1.0/users");

        Assert.That((answer.Status, answer.Error), Is.EqualTo((500, "CONFIGURATION_FAILURE")));
        Assert.That(answer.Body, Does.Contain(expected));
    }

    [Test]
    [Category("Publish")]
    public async Task Publishing_with_stand_ins_is_refused_unless_asked_for()
    {
        var folder = Directory.CreateTempSubdirectory("psoxy-publish-");
        try
        {
            var project = Path.Combine(FunctionFixture.FunctionAssembly.Split("/bin/")[0], "Psoxy.Gcp.csproj");
            var refused = await PublishAsync(project, folder.FullName);
            Assert.That(refused.Code, Is.Not.Zero);
            Assert.That(refused.Output, Does.Contain("Set GoogleCloudPackages=nuget"));

            var published = await PublishAsync(project, folder.FullName, "-p:AllowStandIns=true");
            Assert.That(published.Code, Is.Zero, published.Output);
            Assert.That(folder.GetFiles("*.runtimeconfig.json"), Has.Length.EqualTo(1), "the buildpack fails on two");
            Assert.That(folder.GetFiles("Microsoft.Graph.dll"), Is.Empty, "too heavy for a cold start");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The configuration that is built already: what is tested is the target, not the compiler.
    private static async Task<(int Code, string Output)> PublishAsync(string project, string output, params string[] more)
    {
        var configuration = FunctionFixture.FunctionAssembly.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["publish", project, "--no-build", "-nologo", "-c", configuration, "-o", output, .. more]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, text);
    }

    [Test]
    public async Task Switches_pick_the_variant_of_the_rules()
    {
        await using var plain = await FunctionFixture.StartAsync();
        await using var strict = await FunctionFixture.StartAsync(null, ("NO_ORIGINALS", "true"));
        await using var without = await FunctionFixture.StartAsync(null, ("NO_GROUPS", "true"));

        Assert.That((await plain.SendAsync("/v1.0/groups?$top=1")).Body, Does.Contain("\\\"original\\\""));
        Assert.That((await strict.SendAsync("/v1.0/groups?$top=1")).Body, Does.Not.Contain("original").And.Contain("\\\"hash\\\""));
        Assert.That((await without.SendAsync("/v1.0/groups?$top=1")).Error, Is.EqualTo("BLOCKED_BY_RULES"));
        Assert.That((await without.SendAsync("/v1.0/users?$top=1")).Status, Is.EqualTo(200));
    }
}
