using System.Diagnostics;
using System.Text.Json;
using Psoxy.Emulator;
using Psoxy.Emulator.Entra.Directory;
using Psoxy.Testing;

namespace Psoxy.Cli.Tests.Entra;

/// <summary>The real process, with the ways to sign in that people have, up to a function that works.</summary>
public sealed class ProcessTests
{
    [Test]
    public async Task With_the_azure_cli_and_gcloud_an_application_is_made_with_which_a_function_works()
    {
        await using var emulator = await EmulatorHost.StartAsync();
        using var folder = new TemporaryFolder();
        var file = WriteSettings(folder, emulator);
        var token = emulator.Engineers.Token((string)emulator.Tenant.Users[0]["id"]!, DirectoryRole.ApplicationAdministrator);
        Script(folder, "az", $$"""
            echo '{"accessToken":"{{token}}","expiresOn":"2099-01-01 00:00:00.000000","expires_on":4070908800,"subscription":"x","tenant":"{{emulator.Options.TenantId}}","tokenType":"Bearer"}'
            """);
        Script(folder, "gcloud", $"""
            [ "$1 $2 $3 $4" = "iam service-accounts describe psoxy-outlook-mail@acme-psoxy.iam.gserviceaccount.com" ] || exit 1
            echo {emulator.Options.ServiceAccountUniqueId}
            """);
        var environment = new Dictionary<string, string>(emulator.ToolEnvironment()) { ["PATH"] = Path.GetDirectoryName(folder["x"]) + ":" + Environment.GetEnvironmentVariable("PATH") };

        var applied = await CliRun.Of(["entra", "apply", "--yes", "--auth", "az", "--config", file], environment: environment);

        Assert.That(applied.ExitCode, Is.EqualTo(ExitCode.Ok), applied.Output + applied.Error);
        Assert.That(applied.Output + applied.Error, Does.Not.Contain(token));
        var clientId = emulator.Directory.FindClientId("psoxy-acme-psoxy-outlook-mail")!;
        emulator.Directory.Grant(clientId, "User.Read.All");
        var variables = await CliRun.Of(["config", "env", "--connector", "outlook-mail", "--config", file]);
        await using var function = await FunctionProcess.StartAsync(FunctionFixture.FunctionAssembly, FunctionEnvironment(emulator, variables.Output));
        using var caller = new HttpClient { BaseAddress = function.Address };
        using var users = await caller.GetAsync("/v1.0/users?$top=1");
        using var groups = await caller.GetAsync("/v1.0/groups?$top=1");

        Assert.That((int)users.StatusCode, Is.EqualTo(200), await users.Content.ReadAsStringAsync());
        Assert.That((int)groups.StatusCode, Is.EqualTo(403), "that was not consented to");
    }

    [Test]
    public async Task With_a_device_code_somebody_signs_in_in_a_browser()
    {
        await using var emulator = await EmulatorHost.StartAsync();
        using var folder = new TemporaryFolder();
        var file = WriteSettings(folder, emulator);

        var plan = await CliRun.Of(["entra", "plan", "--auth", "device-code", "--subject", "outlook-mail=104817236459182736451", "--config", file], environment: emulator.ToolEnvironment());

        Assert.That(plan.ExitCode, Is.EqualTo(ExitCode.Differs), plan.Output + plan.Error);
        Assert.That(plan.Error, Does.Contain("enter the code EMULATED1"));
        Assert.That(plan.Output, Does.Contain("make the application"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task With_the_environments_variables_an_automation_makes_what_it_owns(bool rightSecret)
    {
        await using var emulator = await EmulatorHost.StartAsync();
        using var folder = new TemporaryFolder();
        var secret = rightSecret ? emulator.Engineers.AutomationSecret : "no-secret-of-ours";
        var environment = new Dictionary<string, string>(emulator.ToolEnvironment())
        {
            ["AZURE_TENANT_ID"] = emulator.Options.TenantId,
            ["AZURE_CLIENT_ID"] = emulator.Engineers.AutomationClientId,
            ["AZURE_CLIENT_SECRET"] = secret,
        };

        var run = await CliRun.Of(["entra", "apply", "--yes", "--subject", "outlook-mail=104817236459182736451", "--auth", "environment", "--config", WriteSettings(folder, emulator)], environment: environment);

        Assert.That(run.ExitCode, Is.EqualTo(rightSecret ? ExitCode.Ok : ExitCode.Failed), run.Output + run.Error);
        Assert.That(run.Output + run.Error, Does.Not.Contain(secret));
        if (rightSecret) Assert.That(emulator.Directory.Describe(), Does.Contain(emulator.Engineers.AutomationClientId), "it owns what it made");
        else Assert.That(run.Error, Does.Contain("AADSTS7000215"));
    }

    [Test]
    public async Task Where_nobody_is_signed_in_the_ways_are_named()
    {
        await using var emulator = await EmulatorHost.StartAsync();
        using var folder = new TemporaryFolder();
        Script(folder, "az", "echo 'Please run az login to setup account.' >&2; exit 1");
        var environment = new Dictionary<string, string>(emulator.ToolEnvironment()) { ["PATH"] = Path.GetDirectoryName(folder["x"]) + ":" + Environment.GetEnvironmentVariable("PATH") };

        var run = await CliRun.Of(["entra", "plan", "--config", WriteSettings(folder, emulator)], environment: environment);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Failed), run.Output + run.Error);
        Assert.That(run.Error, Does.Contain("nobody is signed in").And.Contain("--auth").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Where_gcloud_does_not_tell_of_the_service_account_apply_changes_nothing_and_says_how_to_go_on()
    {
        await using var emulator = await EmulatorHost.StartAsync();
        using var folder = new TemporaryFolder();
        Script(folder, "gcloud", "echo 'ERROR: (gcloud.iam.service-accounts.describe) PERMISSION_DENIED: Permission iam.serviceAccounts.get is required' >&2; exit 1");
        var environment = new Dictionary<string, string>(emulator.ToolEnvironment())
        {
            ["PATH"] = Path.GetDirectoryName(folder["x"]) + ":" + Environment.GetEnvironmentVariable("PATH"),
            ["PSOXY_GRAPH_TOKEN"] = emulator.Engineers.Token((string)emulator.Tenant.Users[0]["id"]!, DirectoryRole.ApplicationAdministrator),
        };
        var before = emulator.Directory.Describe();

        var run = await CliRun.Of(["entra", "apply", "--yes", "--config", WriteSettings(folder, emulator)], environment: environment);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Failed), run.Output + run.Error);
        Assert.That(run.Error, Does.Contain("iam.serviceAccounts.get is required").And.Contain("--subject outlook-mail=ID").And.Contain("Nothing was changed"));
        Assert.That(emulator.Directory.Describe(), Is.EqualTo(before));
    }

    private static Dictionary<string, string> FunctionEnvironment(EmulatorHost emulator, string yaml)
    {
        var environment = new Dictionary<string, string>(emulator.FunctionEnvironment("outlook-mail", "Psoxy.Gcp.OutlookMailFunction"));
        foreach (var line in yaml.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]);
            environment[name] = JsonSerializer.Deserialize<string>(value)!;
        }

        return environment;
    }

    private static string WriteSettings(TemporaryFolder folder, EmulatorHost emulator) =>
        folder.Write("psoxy.yaml", $"project: acme-psoxy\nregion: us-central1\ntenant: \"{emulator.Options.TenantId}\"\nconnectors:\n  - id: outlook-mail\n");

    private static void Script(TemporaryFolder folder, string name, string body)
    {
        var file = folder.Write(name, "#!/bin/sh\n" + body + "\n");
        using var chmod = Process.Start("chmod", ["+x", file]);
        chmod.WaitForExit();
    }
}
