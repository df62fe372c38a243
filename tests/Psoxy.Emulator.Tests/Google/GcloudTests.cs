using Psoxy.Emulator.Google;

namespace Psoxy.Emulator.Tests.Google;

/// <summary>The real gcloud against the emulator: services, accounts, secrets and policies.</summary>
public sealed class GcloudTests
{
    private const string Account = "psoxy-entra-id@psoxy-emulator.iam.gserviceaccount.com";

    [Test]
    public async Task An_api_is_disabled_until_it_is_enabled()
    {
        await using var fixture = await CloudFixture.StartAsync(new CloudOptions());

        Assert.That(await fixture.RefusedAsync("secrets", "list"), Does.Contain("SERVICE_DISABLED").And.Contain("https://console.developers.google.com/apis/api/secretmanager.googleapis.com/overview?project=123456789012"));
        await fixture.RunAsync("services", "enable", "secretmanager.googleapis.com", "iam.googleapis.com");

        Assert.That(await fixture.RunAsync("secrets", "list", "--format=value(name)"), Is.Empty);
        Assert.That(await fixture.RunAsync("services", "list", "--format=value(config.name)"), Does.Contain("secretmanager.googleapis.com").And.Not.Contain("run.googleapis.com"));
        Assert.That(fixture.Cloud.Calls.All.Select(call => call.ToString()), Has.Some.StartsWith("ServiceUsage POST /v1/projects/psoxy-emulator/services:batchEnable").And.Some.StartsWith("SecretManager GET /v1/projects/psoxy-emulator/secrets"));
    }

    [Test]
    public async Task An_account_that_is_made_anew_is_another_one_and_has_none_of_the_old_roles()
    {
        await using var fixture = await CloudFixture.StartAsync();
        await fixture.RunAsync("iam", "service-accounts", "create", "psoxy-entra-id", "--display-name=Entra ID");
        var first = await fixture.RunAsync("iam", "service-accounts", "describe", Account, "--format=value(uniqueId)");
        await fixture.RunAsync("projects", "add-iam-policy-binding", "psoxy-emulator", "--member=serviceAccount:" + Account, "--role=roles/logging.logWriter");

        await fixture.RunAsync("iam", "service-accounts", "delete", Account);
        await fixture.RunAsync("iam", "service-accounts", "create", "psoxy-entra-id");
        var second = await fixture.RunAsync("iam", "service-accounts", "describe", Account, "--format=value(uniqueId)");
        var policy = await fixture.RunAsync("projects", "get-iam-policy", "psoxy-emulator", "--format=json");

        Assert.That(first.Trim(), Has.Length.EqualTo(21).And.Not.EqualTo(second.Trim()));
        Assert.That(policy, Does.Contain($"deleted:serviceAccount:{Account}?uid={first.Trim()}").And.Not.Contain($"\"serviceAccount:{Account}\""));
    }

    [Test]
    public async Task Secrets_are_kept_byte_for_byte_and_read_by_who_may()
    {
        await using var fixture = await CloudFixture.StartAsync();
        await fixture.RunAsync("iam", "service-accounts", "create", "psoxy-entra-id");

        await fixture.RunAsync("first\n", ["secrets", "create", "PSOXY_SALT", "--data-file=-"]);
        await fixture.RunAsync("second ü", ["secrets", "versions", "add", "PSOXY_SALT", "--data-file=-"]);
        await fixture.RunAsync("secrets", "add-iam-policy-binding", "PSOXY_SALT", "--member=serviceAccount:" + Account, "--role=roles/secretmanager.secretAccessor");
        await fixture.RunAsync("secrets", "versions", "disable", "1", "--secret=PSOXY_SALT");

        Assert.That(await fixture.RunAsync("secrets", "versions", "access", "latest", "--secret=PSOXY_SALT"), Is.EqualTo("second ü"));
        Assert.That(await fixture.RefusedAsync("secrets", "versions", "access", "1", "--secret=PSOXY_SALT"), Does.Contain("is in DISABLED state"));
        Assert.That(await fixture.RefusedAsync("secrets", "describe", "PSOXY_KEY"), Does.Contain("NOT_FOUND"));
        var (status, version) = await fixture.CallAsync("GET", "/secretmanager/v1/projects/psoxy-emulator/secrets/PSOXY_SALT/versions/latest:access", account: Account);
        Assert.That((status, (string?)version["name"]), Is.EqualTo((200, "projects/123456789012/secrets/PSOXY_SALT/versions/2")));
        var (refused, denied) = await fixture.CallAsync("POST", "/secretmanager/v1/projects/psoxy-emulator/secrets/PSOXY_SALT:addVersion", [], Account);
        Assert.That((refused, CloudFixture.Reason(denied)), Is.EqualTo((403, "IAM_PERMISSION_DENIED")));
    }

    [Test]
    public async Task A_secret_is_found_in_bodies_that_carried_it_and_is_not_shown()
    {
        await using var fixture = await CloudFixture.StartAsync();
        await fixture.RunAsync("kept-to-itself", ["secrets", "create", "PSOXY_SALT", "--data-file=-"]);

        Assert.That(fixture.Cloud.Calls.Holding("kept-to-itself").Select(call => call.Target), Is.EqualTo(["/v1/projects/psoxy-emulator/secrets/PSOXY_SALT:addVersion?alt=json"]), "it is in the one body where it must be");
        Assert.That(string.Join('\n', fixture.Cloud.Calls.All), Does.Contain("addVersion").And.Not.Contain("kept-to-itself"));
    }

    [Test]
    public async Task Who_has_fewer_roles_is_refused_with_the_permission()
    {
        await using var fixture = await CloudFixture.StartAsync(new CloudOptions { EnabledServices = CloudFixture.NeededServices, EngineerRoles = ["roles/viewer", "projects/psoxy-emulator/roles/deployer"] });
        fixture.Cloud.Roles.Define("projects/psoxy-emulator/roles/deployer", "iam.serviceAccounts.create");

        await fixture.RunAsync("iam", "service-accounts", "create", "psoxy-entra-id");
        Assert.That(await fixture.RefusedAsync("iam", "service-accounts", "delete", Account), Does.Contain("iam.serviceAccounts.delete").And.Contain("IAM_PERMISSION_DENIED"));
        Assert.That(await fixture.RefusedAsync("projects", "add-iam-policy-binding", "psoxy-emulator", "--member=serviceAccount:" + Account, "--role=roles/run.invoker"), Does.Contain("resourcemanager.projects."));
    }

    [Test]
    public async Task A_build_runs_its_steps()
    {
        await using var fixture = await CloudFixture.StartAsync();
        var folder = Directory.CreateTempSubdirectory("psoxy-build-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "given.txt"), "from the source");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "cloudbuild.yaml"), """
                options: { logging: CLOUD_LOGGING_ONLY }
                steps:
                  - name: gcr.io/cloud-builders/gcloud
                    entrypoint: bash
                    args: [-c, 'cat given.txt > /workspace/made.txt']
                  - name: bash
                    script: cat made.txt; gcloud config get-value account; exit 3
                """);
            var id = (await fixture.Gcloud.RunAsync("builds", "submit", folder.FullName, "--config=" + Path.Combine(folder.FullName, "cloudbuild.yaml"), "--format=value(id)")).Output;

            var (_, list) = await fixture.CallAsync("GET", "/cloudbuild/v1/projects/psoxy-emulator/builds");
            var build = list["builds"]![0]!.AsObject();
            Assert.That(((string?)build["status"], (string?)build["statusDetail"]), Is.EqualTo(("FAILURE", "build step 1 \"bash\" failed: step exited with non-zero status: 3")), id);
            Assert.That(string.Concat(fixture.Cloud.BuildOutput((string)build["id"]!)), Does.Contain("Step #1: from the source123456789012-compute@developer.gserviceaccount.com"), "the files of the source and of the step before, and the build's own account");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
