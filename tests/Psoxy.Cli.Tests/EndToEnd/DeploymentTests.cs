using System.Diagnostics;
using System.Text.Json.Nodes;
using Psoxy.Emulator;
using Psoxy.Emulator.Google.Calls;

namespace Psoxy.Cli.Tests.EndToEnd;

/// <summary>From nothing to running, with what people run: <c>psoxy</c>, <c>deploy.sh</c> and the real gcloud.</summary>
[Category("Publish")]
public sealed class DeploymentTests
{
    private const string Mail = "psoxy-outlook-mail";
    private const string Directory = "psoxy-msft-entra-id";

    [Test]
    public async Task From_nothing_to_running_and_back()
    {
        await using var fixture = await DeploymentFixture.StartAsync();
        string[] connectors = TestContext.Parameters["connectors"]?.Split(',') ?? ["outlook-mail", "msft-entra-id"];
        var watch = Stopwatch.StartNew();
        await fixture.InitAsync(connectors);

        var early = await DeploymentFixture.MustAsync(1, fixture.DeployAsync("apply"));
        Assert.That(early.Error, Does.Contain("outlook-mail has none yet").And.Contain("psoxy entra apply"));
        Assert.That(fixture.Cloud.Calls.All, Is.Empty, "nothing was asked before that");

        var plan = await DeploymentFixture.MustAsync(ExitCode.Differs, fixture.PsoxyAsync("entra", "plan"));
        Assert.That(plan.Output, Does.Contain($"+ make the service account {Mail}@psoxy-emulator.iam.gserviceaccount.com").And.Contain("+ make the federated credential for that account"));
        Assert.That(fixture.Changes, Is.Empty);
        await DeploymentFixture.MustAsync(0, fixture.PsoxyAsync("entra", "apply", "--yes"));
        foreach (var connector in connectors) fixture.Consent(connector);
        await DeploymentFixture.MustAsync(0, fixture.PsoxyAsync("entra", "consent", "--check"));
        Report("psoxy init, entra apply, consent");

        fixture.Cloud.Calls.Clear();
        var dry = await DeploymentFixture.MustAsync(0, fixture.DeployAsync("apply", "--dry-run"));
        Assert.That(dry.Output, Does.Contain("+ gcloud services enable").And.Contain("+ openssl rand -base64 36 | tr -d '\\n' | gcloud secrets create").And.Contain("+ gcloud functions deploy psoxy-outlook-mail"));
        Assert.That(fixture.Changes, Is.Empty, "a dry run changes nothing");
        Report("apply --dry-run");

        var applied = await DeploymentFixture.MustAsync(0, fixture.DeployAsync("apply"));
        TestContext.Out.WriteLine(applied.Output);
        Report("apply");

        var smoke = await DeploymentFixture.MustAsync(0, fixture.DeployAsync("smoke"));
        Assert.That(smoke.Output, Does.Contain("ok      health check").And.Contain("ok      /v1.0/users?$top=1  1 row").And.Contain("all well"));
        Assert.That(Canaries.FindIn(smoke.Output + smoke.Error), Is.Null);
        Report("smoke");

        var (status, body, _) = await fixture.CallAsync(Mail, "/v1.0/groups?$top=3");
        Assert.That(status, Is.EqualTo(200), body);
        Assert.That(JsonNode.Parse(body)!["value"]!.AsArray(), Has.Count.EqualTo(3));
        Assert.That(Canaries.FindIn(body), Is.Null);
        Assert.That((await fixture.CallAsync(Mail, "/v1.0/groups?$top=3", caller: null)).Status, Is.EqualTo(403), "nobody else");
        Assert.That((await fixture.CallAsync(Mail, "/v1.0/groups?$top=3", caller: "somebody@else.iam.gserviceaccount.com")).Status, Is.EqualTo(403));

        var todo = await DeploymentFixture.MustAsync(0, fixture.DeployAsync("todo"));
        var (salt, key) = (await fixture.SecretAsync("psoxy-salt"), await fixture.SecretAsync("psoxy-encryption-key"));
        Assert.That(todo.Output, Does.Contain("# Psoxy for Worklytics").And.Contain(DeploymentFixture.Worklytics).And.Contain("https://localhost:").And.Contain("Fingerprint of the salt, the same for all: `"));
        Assert.That(todo.Output, Does.Not.Contain(salt).And.Not.Contain(key));

        fixture.Cloud.Calls.Clear();
        var again = await DeploymentFixture.MustAsync(0, fixture.DeployAsync("apply"));
        Assert.That(fixture.Changes.Select(call => call.ToString()), Is.Empty, again.Output);
        Assert.That(again.Output, Does.Contain("is there, and nothing has changed").And.Not.Contain("  + "));
        Report("apply again");

        await File.WriteAllTextAsync(fixture.Folder["mine.yaml"], await RulesWithoutGroupsAsync(fixture));
        await File.WriteAllTextAsync(fixture.Config, (await File.ReadAllTextAsync(fixture.Config)).Replace("  - id: outlook-mail\n", "  - id: outlook-mail\n    rules: mine.yaml\n", StringComparison.Ordinal));
        fixture.Cloud.Calls.Clear();
        await DeploymentFixture.MustAsync(0, fixture.DeployAsync("apply"));
        Assert.That(Deployed(fixture), Is.EqualTo([Mail]), "only the function whose rules are others");
        Assert.That(await fixture.CallAsync(Mail, "/v1.0/groups?$top=3"), Has.Property("Item1").EqualTo(403).And.Property("Item3").EqualTo("BLOCKED_BY_RULES"));
        Assert.That((await fixture.CallAsync(Mail, "/v1.0/users?$top=3")).Status, Is.EqualTo(200));
        Assert.That((await fixture.CallAsync(Directory, "/v1.0/groups?$top=3", caller: DeploymentFixture.Worklytics)).Status, Is.EqualTo(200));
        Report("apply with other rules");

        await AssertNoSecretShowsAsync(fixture, salt, key, applied, smoke, todo, again);

        fixture.Cloud.Calls.Clear();
        await DeploymentFixture.MustAsync(1, fixture.DeployAsync("destroy"));
        Assert.That(fixture.Changes, Is.Empty, "nobody said yes");
        var destroyed = await DeploymentFixture.MustAsync(0, fixture.DeployAsync("destroy", "--yes"));
        Assert.That(destroyed.Output, Does.Contain("psoxy-salt stays"));
        await AssertNothingIsLeftAsync(fixture);
        await DeploymentFixture.MustAsync(0, fixture.DeployAsync("destroy", "--yes"));
        Assert.That(await fixture.SecretAsync("psoxy-salt"), Is.EqualTo(salt));
        await DeploymentFixture.MustAsync(0, fixture.DeployAsync("destroy", "--yes", "--forget-pseudonyms", "--forget-pseudonyms"));
        Assert.That(await NamesAsync(fixture, "secrets", "list"), Is.Empty);
        Report("destroy");

        void Report(string what)
        {
            TestContext.Out.WriteLine($"{watch.Elapsed.TotalSeconds,6:F1} s  {what}");
            foreach (var call in fixture.Cloud.Calls.All.Where(call => call.Api != CloudApiTokens)) TestContext.Out.WriteLine($"            {call}");
            watch.Restart();
        }
    }

    private const Psoxy.Emulator.Google.CloudApi CloudApiTokens = Psoxy.Emulator.Google.CloudApi.Tokens;

    private static IEnumerable<string> Deployed(DeploymentFixture fixture) =>
        fixture.Changes.Where(call => call.Method is "POST" or "PATCH" && call.Target.Contains("/functions", StringComparison.Ordinal) && !call.Target.Contains(":generateUploadUrl", StringComparison.Ordinal)).Select(Function);

    private static string Function(CloudCallEntry call) => call.Target.Contains("functionId=", StringComparison.Ordinal)
        ? call.Target.Split("functionId=")[1].Split('&')[0]
        : call.Target.Split("/functions/")[1].Split('?')[0];

    private static async Task<string> RulesWithoutGroupsAsync(DeploymentFixture fixture)
    {
        var rules = await File.ReadAllTextAsync(Path.Combine(fixture.Cloud.Options.RepositoryRoot, "connectors", "outlook-mail", "rules.yaml"));
        var from = rules.IndexOf("  - pathTemplate: /v1.0/groups\n", StringComparison.Ordinal);
        var to = rules.IndexOf("  - pathTemplate:", from + 1, StringComparison.Ordinal);
        return rules[..from] + rules[to..];
    }

    private static async Task<string> NamesAsync(DeploymentFixture fixture, params string[] list) => (await fixture.Gcloud.RunAsync([.. list, "--format=value(name)"])).Output.Trim();

    private static async Task AssertNothingIsLeftAsync(DeploymentFixture fixture)
    {
        Assert.That(await NamesAsync(fixture, "functions", "list", "--v2"), Is.Empty);
        Assert.That(await NamesAsync(fixture, "iam", "service-accounts", "list", "--filter=email~^psoxy-"), Is.Empty);
        foreach (var secret in (string[])["psoxy-salt", "psoxy-encryption-key"])
            Assert.That((await fixture.Gcloud.RunAsync("secrets", "get-iam-policy", secret, "--format=value(bindings)")).Output.Trim(), Is.Empty, "no account, and no deleted one, is named in its policy");
    }

    private static async Task AssertNoSecretShowsAsync(DeploymentFixture fixture, string salt, string key, params CliRun[] runs)
    {
        Assert.That((salt, key), Has.Property("Item1").Length.EqualTo(48).And.Property("Item2").Length.EqualTo(48));
        Assert.That(salt, Is.Not.EqualTo(key));
        Assert.That(fixture.CommandLines, Has.Some.Contains("gcloud.py secrets create"), "the list of processes was watched");
        foreach (var secret in (string[])[salt, key])
        {
            Assert.That(fixture.CommandLines, Has.None.Contains(secret));
            foreach (var run in runs) Assert.That(run.Output + run.Error, Does.Not.Contain(secret));
            foreach (var file in System.IO.Directory.EnumerateFiles(fixture.Gcloud.Variables["CLOUDSDK_CONFIG"], "*", SearchOption.AllDirectories)) Assert.That(await File.ReadAllTextAsync(file), Does.Not.Contain(secret), file);
            Assert.That(fixture.Cloud.FunctionOutput(Mail), Has.None.Contains(secret));
        }
    }
}
