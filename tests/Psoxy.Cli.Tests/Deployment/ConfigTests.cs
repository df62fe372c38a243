using System.Text.Json;

namespace Psoxy.Cli.Tests.Deployment;

public sealed class ConfigTests
{
    [Test]
    public async Task A_file_is_valid_or_every_error_is_told()
    {
        using var folder = new TemporaryFolder();
        var (good, bad) = (folder.Write("good.yaml", SampleSettings.All), folder.Write("bad.yaml", "project: X\nregoin: us-central1\n"));

        var valid = await CliRun.Of(["config", "check", "--config", good]);
        var invalid = await CliRun.Of(["config", "check", "--config", bad]);
        var missing = await CliRun.Of(["config", "check", "--config", folder["none.yaml"]]);

        Assert.That((valid.ExitCode, invalid.ExitCode, missing.ExitCode), Is.EqualTo((ExitCode.Ok, ExitCode.InvalidFile, ExitCode.Usage)), valid.Output + valid.Error);
        Assert.That(valid.Output, Is.EqualTo($"{good}: valid, 2 connectors\n"));
        Assert.That(invalid.Output, Does.Contain($"{bad}:2:1: unknown key 'regoin' in psoxy.yaml; did you mean 'region'?").And.Contain("invalid, 5 errors"));
        Assert.That(missing.Error, Does.Contain("psoxy init"));
    }

    [Test]
    public async Task Scripts_get_one_value_or_one_a_line()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("psoxy.yaml", SampleSettings.All);

        Task<CliRun> Get(params string[] arguments) => CliRun.Of(["config", "get", .. arguments, "--config", file]);

        Assert.That((await Get("memory")).Output, Is.EqualTo("1Gi\n"));
        Assert.That((await Get("connectors")).Output, Is.EqualTo("outlook-mail\nmsft-entra-id\n"));
        Assert.That((await Get("serviceAccount", "--connector", "outlook-mail")).Output, Is.EqualTo("px-outlook-mail@acme-psoxy.iam.gserviceaccount.com\n"));
        Assert.That((await Get("clientId", "--connector", "azure-ad")).ExitCode, Is.EqualTo(ExitCode.Failed), "it has none");
        var unknown = await Get("memroy");
        Assert.That((unknown.ExitCode, unknown.Error), Is.EqualTo((ExitCode.Usage, unknown.Error)));
        Assert.That(unknown.Error, Does.Contain("there is no setting 'memroy'"));
    }

    [Test]
    public async Task The_environment_is_as_gcloud_takes_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.yaml", "endpoints:\n  - pathTemplate: /v1.0/users\n");
        var file = folder.Write("psoxy.yaml", SampleSettings.All.Replace("noGroups: true", "noGroups: true\n    rules: mine.yaml", StringComparison.Ordinal));

        var mail = await CliRun.Of(["config", "env", "--connector", "outlook-mail", "--caller-audience", "https://px-xyz-uc.a.run.app", "--config", file]);
        var unknown = await CliRun.Of(["config", "env", "--connector", "azure-ad", "--config", file]);
        var given = await CliRun.Of(["config", "env", "--connector", "azure-ad", "--client-id", SampleSettings.ClientId, "--config", file]);

        Assert.That(mail.ExitCode, Is.EqualTo(ExitCode.Ok), mail.Error);
        var lines = mail.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Does.Contain($"CLIENT_ID: \"{SampleSettings.ClientId}\"").And.Contain("PSEUDONYMIZE_APP_IDS: \"true\"").And.Contain("NO_GROUPS: \"true\"").And.Contain("WARM_UP: \"false\""));
        Assert.That(lines, Does.Contain("CALLER_AUDIENCES: \"https://europe-west10-acme-psoxy.cloudfunctions.net/px-outlook-mail,https://psoxy.example.com,https://px-xyz-uc.a.run.app\""));
        Assert.That(lines, Has.One.StartsWith("RULES: \"H4sI"), "packed");
        Assert.That(lines, Has.None.StartsWith("PSOXY_"), "salt and key come from the platform");
        Assert.That((unknown.ExitCode, given.ExitCode), Is.EqualTo((ExitCode.Failed, ExitCode.Ok)));
        Assert.That(unknown.Error, Does.Contain("msft-entra-id has no application yet: 'psoxy entra apply'"));
    }

    [Test]
    public async Task Who_may_call_is_left_to_cloud_run_unless_the_file_says_otherwise()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("psoxy.yaml", SampleSettings.All.Replace("verifyCallers: true\n", "", StringComparison.Ordinal).Replace("callerAudiences: [https://psoxy.example.com]\n", "", StringComparison.Ordinal));

        var mail = await CliRun.Of(["config", "env", "--connector", "outlook-mail", "--config", file]);

        Assert.That(mail.ExitCode, Is.EqualTo(ExitCode.Ok), mail.Error);
        Assert.That(mail.Output, Does.Contain("SOURCE").And.Not.Contain("ALLOWED_CALLERS").And.Not.Contain("CALLER_AUDIENCES"));
    }

    [Test]
    public async Task A_shell_reads_every_setting_whatever_is_in_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("psoxy.yaml", SampleSettings.All.Replace("WARM_UP: \"false\"", "NOTE: \"it's $(id) `id` \\\"and\\\" \\\\\"", StringComparison.Ordinal));

        var all = await CliRun.Of(["config", "shell", "--connector", "azure-ad", "--config", file]);
        var read = await CliRun.OfShell(folder.Write("settings.sh", all.Output + "printf '%s|' \"$project\" \"$connectors\" \"$verifyCallers\" \"$name\" \"$clientId\" \"$environment\"\n"));

        Assert.That(all.ExitCode, Is.EqualTo(ExitCode.Ok), all.Error);
        Assert.That(all.Output, Does.Contain("connectors='outlook-mail msft-entra-id'\n").And.Contain("clientId=''\n"));
        Assert.That(read.Output, Is.EqualTo("acme-psoxy|outlook-mail msft-entra-id|true|px-msft-entra-id||NOTE=it's $(id) `id` \"and\" \\|"), read.Error);
        var whole = await CliRun.Of(["config", "shell", "--config", file]);
        Assert.That(whole.Output, Does.Not.Contain("functionClass").And.Contain("salt='projects/old/secrets/PSOXY_SALT/versions/3'\n"));
    }

    [Test]
    public async Task Everything_is_shown_with_its_defaults()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("psoxy.yaml", SampleSettings.Least);

        var text = await CliRun.Of(["config", "show", "--config", file]);
        var json = JsonDocument.Parse((await CliRun.Of(["config", "show", "--json", "--config", file])).Output).RootElement;

        Assert.That(text.Output, Does.Contain("maxInstances           5").And.Contain("name                   psoxy-outlook-mail"));
        Assert.That(json.GetProperty("connectors")[0].GetProperty("functionClass").GetString(), Is.EqualTo("Psoxy.Gcp.OutlookMailFunction"));
        Assert.That(json.GetProperty("connectors")[0].GetProperty("clientId").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(json.GetProperty("callers").GetArrayLength(), Is.Zero);
    }
}
