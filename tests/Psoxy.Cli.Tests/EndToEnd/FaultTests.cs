using Psoxy.Emulator.Google;
using Psoxy.Emulator.Google.Faults;

namespace Psoxy.Cli.Tests.EndToEnd;

/// <summary>Every step of a deployment goes wrong once: it says so, and the next run goes on from there and doubles nothing.</summary>
[Category("Publish")]
public sealed class FaultTests
{
    private const string Function = "psoxy-outlook-mail";

    // For as often as gcloud and deploy.sh try again.
    private const int Always = 99;

    [Test]
    public async Task Each_step_fails_once_and_the_next_run_goes_on()
    {
        // The account is deploy.sh's to make, as where somebody gave 'psoxy entra apply' the unique id; and Google knows late what was made.
        await using var fixture = await DeploymentFixture.StartAsync(new CloudOptions { EnableDelay = 2, ServiceAccountDelay = 2 });
        await fixture.InitAsync("outlook-mail");
        await DeploymentFixture.MustAsync(0, fixture.PsoxyAsync("entra", "apply", "--yes", "--subject", "outlook-mail=" + fixture.Host.Options.ServiceAccountUniqueId));
        var runs = new List<CliRun>();

        await FailsAsync("enable the APIs", "serviceUsageAdmin", "PERMISSION_DENIED", new(CloudApi.ServiceUsage, CloudFaultKind.PermissionDenied) { Method = "POST" });
        await StopsAsync("enable the APIs", output => output.Contains("+ gcloud services enable", StringComparison.Ordinal), new(CloudApi.ServiceUsage, CloudFaultKind.Hang) { Method = "POST" });
        await FailsAsync("the salt:", "secretmanager.admin", "has not been used in project", new(CloudApi.SecretManager, CloudFaultKind.NotEnabled) { Times = Always });
        await FailsAsync("the salt:", "secretmanager.admin", "RESOURCE_EXHAUSTED", new(CloudApi.SecretManager, CloudFaultKind.QuotaExceeded) { Method = "POST", Times = Always });
        await FailsAsync("the salt:", "secretmanager.admin", "", new(CloudApi.SecretManager, CloudFaultKind.Cut) { Target = ":addVersion", Times = Always });
        await StopsAsync("the encryption key:", output => output.Contains("| gcloud secrets create", StringComparison.Ordinal), new(CloudApi.SecretManager, CloudFaultKind.Hang) { Method = "POST", Target = "encryption-key" });
        await FailsAsync("outlook-mail: service account", "iam.serviceAccountAdmin", "PERMISSION_DENIED", new(CloudApi.Iam, CloudFaultKind.PermissionDenied) { Method = "POST" });
        await FailsAsync("outlook-mail: may read its secrets", "secretmanager.admin", "Permission 'secretmanager.emulated.denied' denied", new(CloudApi.SecretManager, CloudFaultKind.PermissionDenied) { Target = "encryption-key:setIamPolicy" });
        fixture.Cloud.Faults.Set(new(CloudApi.SecretManager, CloudFaultKind.ConcurrentChange) { Target = "encryption-key:setIamPolicy" });
        await FailsAsync("outlook-mail: function", "cloudfunctions.developer", "Quota exceeded", new(CloudApi.CloudFunctions, CloudFaultKind.QuotaExceeded) { Target = ":generateUploadUrl", Times = Always });
        await FailsAsync("outlook-mail: function", "gcloud builds list", "Network is unreachable", new(CloudApi.CloudFunctions, CloudFaultKind.BuildFailure) { Text = "Network is unreachable" });
        var made = fixture.Changes.Where(call => call is { Method: "POST", Status: 200 }).Select(call => call.Target).ToList();
        fixture.Cloud.Calls.Clear();
        await StopsAsync("outlook-mail: function", _ => fixture.Changes.Any(call => call.Method == "PATCH"), new(CloudApi.CloudFunctions, CloudFaultKind.Hang) { Target = "/operations/", Times = Always });
        await FailsAsync("outlook-mail: callers", "run.admin", "", new(CloudApi.Run, CloudFaultKind.PermissionDenied) { Method = "GET", Target = ":getIamPolicy", Times = Always });
        runs.Add(await DeploymentFixture.MustAsync(0, fixture.DeployAsync("apply")));
        var sick = await DeploymentFixture.MustAsync(1, fixture.DeployAsync("smoke"));
        Assert.That(sick.Output, Does.Contain("FAILED  health check\n          roles: ").And.Contain("Mail.ReadBasic.All").And.Contain("FAILED  /v1.0/users?$top=1\n          it answers 403: "), "gcloud shows nothing of this");
        var early = await DeploymentFixture.MustAsync(1, fixture.DeployAsync("todo"));
        Assert.That(early.Error, Does.Contain("psoxy-outlook-mail is not well"));
        fixture.Consent("outlook-mail");
        await DeploymentFixture.MustAsync(0, fixture.DeployAsync("smoke"));

        Assert.That(runs[^1].Output, Does.Contain("is there, and nothing has changed"), "the build went on without us");
        Assert.That(Made("secrets?"), Has.Length.EqualTo(2), "each secret is made once");
        Assert.That(Made(":addVersion"), Has.Length.EqualTo(2), "and so is what it holds");
        Assert.That(Made("/serviceAccounts?"), Has.Length.EqualTo(1));
        Assert.That(Made("functionId="), Has.Length.EqualTo(1));
        fixture.Cloud.Calls.Clear();
        await DeploymentFixture.MustAsync(0, fixture.DeployAsync("apply"));
        Assert.That(fixture.Changes, Is.Empty, "nothing is left to do");
        Assert.That((await fixture.CallAsync(Function, "/v1.0/users?$top=1")).Status, Is.EqualTo(200));

        foreach (var secret in (string[])["psoxy-salt", "psoxy-encryption-key"])
        {
            var value = await fixture.SecretAsync(secret);
            Assert.That(value, Has.Length.EqualTo(48));
            Assert.That(fixture.CommandLines, Has.None.Contains(value));
            Assert.That(runs.Select(run => run.Output + run.Error), Has.None.Contains(value));
        }

        fixture.Cloud.Faults.Set(new(CloudApi.CloudFunctions, CloudFaultKind.PermissionDenied) { Method = "DELETE" });
        AssertFailed(await fixture.DeployAsync("destroy", "--yes"), "outlook-mail: function", "cloudfunctions.developer", "Permission 'cloudfunctions.emulated.denied' denied", "destroy");
        fixture.Cloud.Faults.Set(new(CloudApi.Iam, CloudFaultKind.PermissionDenied) { Method = "DELETE" });
        AssertFailed(await fixture.DeployAsync("destroy", "--yes"), "outlook-mail: service account", "iam.serviceAccountAdmin", "denied on resource", "destroy");
        await DeploymentFixture.MustAsync(0, fixture.DeployAsync("destroy", "--yes"));
        Assert.That((await fixture.Gcloud.RunAsync("functions", "list", "--v2", "--format=value(name)")).Output.Trim(), Is.Empty);
        Assert.That((await fixture.Gcloud.RunAsync("iam", "service-accounts", "list", "--filter=email~^psoxy-", "--format=value(email)")).Output.Trim(), Is.Empty);

        async Task FailsAsync(string step, string fix, string reason, CloudFault fault)
        {
            fixture.Cloud.Faults.Set(fault);
            var run = await fixture.DeployAsync("apply");
            AssertFailed(run, step, fix, reason, "apply");
            runs.Add(run);
            fixture.Cloud.Faults.Clear();
        }

        async Task StopsAsync(string step, Predicate<string> once, CloudFault fault)
        {
            fixture.Cloud.Faults.Set(fault);
            var run = await fixture.InterruptAsync(once, "apply");
            Assert.That(run.ExitCode, Is.EqualTo(130), run.Output + run.Error);
            Assert.That(run.Error, Does.Contain("stopped: " + step).And.Contain("resume: ./deploy.sh apply --config "), run.Output);
            runs.Add(run);
            fixture.Cloud.Faults.Clear();
        }

        string[] Made(string target) => [.. made.Concat(fixture.Changes.Where(call => call is { Method: "POST", Status: 200 }).Select(call => call.Target)).Where(called => called.Contains(target, StringComparison.Ordinal))];
    }

    [Test]
    public async Task An_account_that_cannot_be_made_is_told_with_the_role_and_made_by_the_next_run()
    {
        await using var fixture = await DeploymentFixture.StartAsync(new CloudOptions { EnableDelay = 2, ServiceAccountDelay = 2 });
        await fixture.InitAsync("outlook-mail");
        fixture.Cloud.Faults.Set(new(CloudApi.ServiceUsage, CloudFaultKind.PermissionDenied) { Method = "POST" });
        var api = await DeploymentFixture.MustAsync(1, fixture.PsoxyAsync("entra", "apply", "--yes"));
        fixture.Cloud.Faults.Set(new(CloudApi.Iam, CloudFaultKind.PermissionDenied) { Method = "POST", Target = "/serviceAccounts" });
        var account = await DeploymentFixture.MustAsync(1, fixture.PsoxyAsync("entra", "apply", "--yes"));

        Assert.That(api.Error, Does.Contain("cannot enable the API that makes service accounts").And.Contain("roles/serviceusage.serviceUsageAdmin on psoxy-emulator"));
        Assert.That(account.Error, Does.Contain("cannot make the service account psoxy-outlook-mail@psoxy-emulator.iam.gserviceaccount.com").And.Contain("roles/iam.serviceAccountCreator").And.Contain("--subject outlook-mail=ID"));
        Assert.That(fixture.Host.Directory.FindClientId("psoxy-psoxy-emulator-outlook-mail"), Is.Null, "no application without its account");
        await DeploymentFixture.MustAsync(0, fixture.PsoxyAsync("entra", "apply", "--yes"));
        await DeploymentFixture.MustAsync(0, fixture.PsoxyAsync("entra", "plan"));
    }

    private static void AssertFailed(CliRun run, string step, string fix, string reason, string command)
    {
        Assert.That(run.ExitCode, Is.EqualTo(1), run.Output + run.Error);
        Assert.That(run.Error, Does.Contain(reason).And.Contain("\nfailed: " + step).And.Contain("resume: ./deploy.sh " + command), run.Output);
        Assert.That(run.Error[run.Error.IndexOf("\n   fix: ", StringComparison.Ordinal)..], Does.Contain(fix));
    }
}
