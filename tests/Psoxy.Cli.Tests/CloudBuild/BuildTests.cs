using System.Text.Json.Nodes;
using Psoxy.Cli.Tests.EndToEnd;

namespace Psoxy.Cli.Tests.CloudBuild;

/// <summary>The build as the page says: its account made by the page's commands, submitted with the real gcloud, its steps run on this machine.</summary>
[Category("Publish")]
public sealed class BuildTests
{
    private static readonly string[] LeftOut = ["bin", "obj", "artifacts", "TestResults", ".git"];

    [Test]
    public async Task A_build_with_exactly_the_roles_of_the_page_deploys_the_connector_that_changed_and_no_other()
    {
        await using var fixture = await DeploymentFixture.StartAsync();
        await fixture.PrepareAsync("outlook-mail", "msft-entra-id");
        await DeploymentFixture.MustAsync(0, fixture.DeployAsync("apply"));
        await SetUpAsync(fixture);
        using var commit = new TemporaryFolder();
        Copy(BuildFile.Root, commit["."]);
        var changed = (await File.ReadAllTextAsync(fixture.Config)).Replace("  - id: msft-entra-id\n", "  - id: msft-entra-id\n    pseudonymizeAppIds: true\n", StringComparison.Ordinal);
        Assert.That(changed, Does.Contain("pseudonymizeAppIds: true"));
        commit.Write("psoxy.yaml", changed);
        fixture.Cloud.Calls.Clear();

        var submitted = await fixture.Gcloud.RunAsync(
            "builds", "submit", commit["."], "--config=" + commit["cloudbuild.yaml"], "--ignore-file=.ci/gcloudignore", "--substitutions=_TEST_COMMAND=test -f .ci/run -a ! -d .git");

        var output = await OutputAsync(fixture);
        Assert.That(submitted.Code, Is.Zero, $"{submitted}\n{output}");
        Assert.That(output, Does.Contain("outlook-mail: function psoxy-outlook-mail\nStep #2:   is there, and nothing has changed"), "the checkout and the copy are the same sources");
        Assert.That(output, Does.Contain("Step #2:   + gcloud functions deploy psoxy-msft-entra-id").And.Not.Contain("+ gcloud functions deploy psoxy-outlook-mail"));
        Assert.That(output, Does.Contain("done. next: ./deploy.sh smoke"));
        Assert.That(fixture.Changes.Count(call => call.Api == Psoxy.Emulator.Google.CloudApi.CloudFunctions && call.Method == "PATCH"), Is.EqualTo(1));
        foreach (var secret in (string[])["psoxy-salt", "psoxy-encryption-key"]) Assert.That(output, Does.Not.Contain(await fixture.SecretAsync(secret)));

        var (status, body, _) = await fixture.CallAsync("psoxy-msft-entra-id", "/v1.0/users?$top=1&$select=id");
        Assert.That(status, Is.EqualTo(200), body);
        Assert.That((string?)JsonNode.Parse(body)!["value"]![0]!["id"], Does.StartWith("p~").Or.StartWith("t~").Or.StartWith("{\"hash\""), "what was deployed is what was changed");
    }

    // The first block of the page, with psoxy as it was built here.
    private static async Task SetUpAsync(DeploymentFixture fixture)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(BuildFile.Root, "docs", "cloud-build.md"));
        var block = page.Split("```sh\n")[1].Split("```")[0];
        var psoxy = $"set -euo pipefail\npsoxy() {{ dotnet exec '{typeof(ExitCode).Assembly.Location}' \"$@\" --config '{fixture.Config}'; }}\n";
        var run = await CliRun.OfProgram("bash", ["-c", psoxy + block], null, fixture.Gcloud.Variables);
        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
    }

    private static async Task<string> OutputAsync(DeploymentFixture fixture)
    {
        var ids = await fixture.Gcloud.RunAsync("builds", "list", "--format=value(id)", "--limit=1");
        return string.Join('\n', fixture.Cloud.BuildOutput(ids.Output.Trim()));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(file => !LeftOut.Contains(Path.GetFileName(file)))) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => !LeftOut.Contains(Path.GetFileName(folder)))) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
