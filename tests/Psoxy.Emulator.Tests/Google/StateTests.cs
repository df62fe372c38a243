using System.Text.Json.Nodes;
using Psoxy.Emulator.Google;
using Psoxy.Emulator.Google.Faults;

namespace Psoxy.Emulator.Tests.Google;

/// <summary>What gcloud hides: etags, delays, faults, tokens.</summary>
public sealed class StateTests
{
    private const string Project = "/cloudresourcemanager/v1/projects/psoxy-emulator";

    [Test]
    public async Task A_policy_that_was_read_before_a_change_is_not_written()
    {
        await using var fixture = await CloudFixture.StartWithoutGcloudAsync();
        var (_, policy) = await fixture.CallAsync("POST", Project + ":getIamPolicy");
        fixture.Cloud.Grant("roles/viewer", "user:somebody@example.com");

        var (status, refused) = await fixture.CallAsync("POST", Project + ":setIamPolicy", new() { ["policy"] = policy });

        Assert.That((status, (string?)refused["error"]!["status"]), Is.EqualTo((409, "ABORTED")));
        Assert.That(((await fixture.CallAsync("POST", Project + ":getIamPolicy")).Body["bindings"] as JsonArray)!.ToJsonString(), Does.Contain("user:somebody@example.com"));
    }

    [Test]
    public async Task A_new_account_does_not_exist_for_a_while_in_policies()
    {
        await using var fixture = await CloudFixture.StartWithoutGcloudAsync(new CloudOptions { EnabledServices = CloudFixture.NeededServices, ServiceAccountDelay = 2 });
        await fixture.CallAsync("POST", "/iam/v1/projects/psoxy-emulator/serviceAccounts", new() { ["accountId"] = "psoxy-teams" });

        var (first, text) = await SetAsync(fixture, "serviceAccount:psoxy-teams@psoxy-emulator.iam.gserviceaccount.com");
        var (second, _) = await SetAsync(fixture, "serviceAccount:psoxy-teams@psoxy-emulator.iam.gserviceaccount.com");
        var (third, _) = await SetAsync(fixture, "serviceAccount:psoxy-teams@psoxy-emulator.iam.gserviceaccount.com");
        var (never, _) = await SetAsync(fixture, "serviceAccount:nobody@psoxy-emulator.iam.gserviceaccount.com");

        Assert.That((first, second, third, never), Is.EqualTo((400, 400, 200, 400)));
        Assert.That(CloudFixture.Message(text), Is.EqualTo("Service account psoxy-teams@psoxy-emulator.iam.gserviceaccount.com does not exist."));
    }

    [Test]
    public async Task An_api_that_was_enabled_says_for_a_while_that_it_is_not()
    {
        await using var fixture = await CloudFixture.StartWithoutGcloudAsync(new CloudOptions { EnableDelay = 1 });
        await fixture.CallAsync("POST", "/serviceusage/v1/projects/psoxy-emulator/services/iam.googleapis.com:enable");

        var (first, refused) = await fixture.CallAsync("GET", "/iam/v1/projects/psoxy-emulator/serviceAccounts");
        var (second, _) = await fixture.CallAsync("GET", "/iam/v1/projects/psoxy-emulator/serviceAccounts");

        Assert.That((first, CloudFixture.Reason(refused), second), Is.EqualTo((403, "SERVICE_DISABLED", 200)));
    }

    [TestCase(CloudFaultKind.PermissionDenied, 403, "PERMISSION_DENIED")]
    [TestCase(CloudFaultKind.NotEnabled, 403, "PERMISSION_DENIED")]
    [TestCase(CloudFaultKind.QuotaExceeded, 429, "RESOURCE_EXHAUSTED")]
    [TestCase(CloudFaultKind.Unavailable, 503, "UNAVAILABLE")]
    [TestCase(CloudFaultKind.ConcurrentChange, 409, "ABORTED")]
    public async Task A_fault_meets_the_call_it_waits_for(CloudFaultKind kind, int status, string name)
    {
        await using var fixture = await CloudFixture.StartWithoutGcloudAsync();
        fixture.Cloud.Faults.Set(new(CloudApi.ResourceManager, kind) { Nth = 2, Target = ":getIamPolicy" });

        var answers = new[] { await fixture.CallAsync("GET", Project), await fixture.CallAsync("POST", Project + ":getIamPolicy"), await fixture.CallAsync("POST", Project + ":getIamPolicy"), await fixture.CallAsync("POST", Project + ":getIamPolicy") };

        Assert.That(answers.Select(answer => answer.Status), Is.EqualTo([200, 200, status, 200]));
        Assert.That((string?)answers[2].Body["error"]!["status"], Is.EqualTo(name));
        Assert.That(fixture.Cloud.Calls.All.Where(call => call.Api == CloudApi.ResourceManager).Select(call => call.Status), Is.EqualTo([200, 200, status, 200]));
    }

    [TestCase(CloudFaultKind.Cut, 404)]
    [TestCase(CloudFaultKind.CutAfterwards, 200)]
    public async Task A_connection_breaks_before_or_after_the_work_is_done(CloudFaultKind kind, int found)
    {
        await using var fixture = await CloudFixture.StartWithoutGcloudAsync();
        fixture.Cloud.Faults.Set(new(CloudApi.SecretManager, kind) { Method = "POST" });

        Assert.That(async () => await fixture.CallAsync("POST", "/secretmanager/v1/projects/psoxy-emulator/secrets?secretId=PSOXY_SALT", []), Throws.InstanceOf<HttpRequestException>());

        Assert.That((await fixture.CallAsync("GET", "/secretmanager/v1/projects/psoxy-emulator/secrets/PSOXY_SALT")).Status, Is.EqualTo(found));
        Assert.That(fixture.Cloud.Calls.All.First(call => call.Api == CloudApi.SecretManager).Status, Is.Zero);
    }

    [Test]
    public async Task Nobody_is_let_in_without_a_token_and_what_is_not_emulated_says_so()
    {
        await using var fixture = await CloudFixture.StartWithoutGcloudAsync();
        using var client = new HttpClient { BaseAddress = fixture.Cloud.Address };

        using var nobody = await client.GetAsync("/iam/v1/projects/psoxy-emulator/serviceAccounts");
        using var forged = await client.PostAsync("/token", new FormUrlEncodedContent([new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), new("assertion", fixture.Host.Google.Sign(new() { ["iss"] = fixture.Cloud.Options.Engineer }))]));
        var (status, body) = await fixture.CallAsync("GET", "/not-emulated/logging/v2/entries:list");

        Assert.That((int)nobody.StatusCode, Is.EqualTo(401));
        Assert.That(await forged.Content.ReadAsStringAsync(), Does.Contain("invalid_grant").And.Contain("Invalid JWT Signature."));
        Assert.That((status, CloudFixture.Message(body)), Is.EqualTo((404, "This API is not emulated.")));
    }

    private static Task<(int Status, JsonObject Body)> SetAsync(CloudFixture fixture, string member) => fixture.CallAsync("POST", Project + ":setIamPolicy", new()
    {
        ["policy"] = new JsonObject { ["bindings"] = new JsonArray(
            new JsonObject { ["role"] = "roles/owner", ["members"] = new JsonArray("serviceAccount:" + fixture.Cloud.Options.Engineer) },
            new JsonObject { ["role"] = "roles/viewer", ["members"] = new JsonArray(member) }) },
    });
}
