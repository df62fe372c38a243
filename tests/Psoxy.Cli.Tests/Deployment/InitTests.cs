namespace Psoxy.Cli.Tests.Deployment;

public sealed class InitTests
{
    private static readonly string[] Enough = ["init", "--project", "acme-psoxy", "--region", "us-central1", "--tenant", SampleSettings.Tenant, "--connector", "all", "--caller", "104817236459182736452"];

    [Test]
    public async Task What_it_writes_is_valid_and_is_never_written_over_without_force()
    {
        using var folder = new TemporaryFolder();
        var file = folder["psoxy.yaml"];

        var printed = await CliRun.Of([.. Enough, "--config", file, "--dry-run"]);
        Assert.That(File.Exists(file), Is.False);
        var written = await CliRun.Of([.. Enough, "--config", file]);
        var again = await CliRun.Of([.. Enough, "--config", file, "--prefix", "px"]);

        Assert.That((printed.ExitCode, written.ExitCode, again.ExitCode), Is.EqualTo((ExitCode.Ok, ExitCode.Ok, ExitCode.Usage)), written.Error);
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(printed.Output).And.StartsWith("# yaml-language-server: $schema=deployment/schema/psoxy.schema.json\n"));
        Assert.That(again.Error, Does.Contain("--force"));
        var forced = await CliRun.Of(["init", "--project", "acme-psoxy", "--region", "us-east1", "--tenant", SampleSettings.Tenant, "--connector", "msft-teams", "--config", file, "--force"]);
        Assert.That(forced.ExitCode, Is.EqualTo(ExitCode.Ok), forced.Error);
        Assert.That((await CliRun.Of(["config", "check", "--config", file])).Output, Does.Contain("valid, 1 connector"));
    }

    [Test]
    public async Task Without_a_terminal_what_is_missing_is_named()
    {
        using var folder = new TemporaryFolder();

        var run = await CliRun.Of(["init", "--project", "acme-psoxy", "--config", folder["psoxy.yaml"]]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(run.Error, Does.Contain("--region, --tenant, --connector are missing"));
    }

    [Test]
    public async Task What_would_not_be_valid_is_not_written()
    {
        using var folder = new TemporaryFolder();
        var file = folder["psoxy.yaml"];

        var run = await CliRun.Of([.. Enough, "--ip-block", "10.0.0.1/8", "--config", file]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(run.Error, Does.Contain("'10.0.0.1/8' in 'ipBlocks' is not a CIDR block"));
        Assert.That(File.Exists(file), Is.False);
    }

    [Test]
    public void On_a_terminal_it_asks_and_asks_again_what_the_file_could_not_hold()
    {
        using var console = new TypingConsole("ACME\n", "acme-psoxy\n", "\n", "common\n", SampleSettings.Tenant + "\n", "\n", " \n", "n\n", "w@p.iam.gserviceaccount.com, 104817236459182736452\n", "\n", "\n");

        var text = new Cli.Deployment.InitQuestions(console.Console).Ask(new Cli.Deployment.SettingsText()).Write();

        Assert.That(console.Shown, Does.Contain("expected 'project' to be a Google Cloud project id").And.Contain("expected 'tenant' to be"));
        Assert.That(text, Does.Contain("project: acme-psoxy\nregion: us-central1\n").And.Contain($"tenant: \"{SampleSettings.Tenant}\"").And.Contain("  - id: msft-copilot\n").And.Contain("  - w@p.iam.gserviceaccount.com\n  - \"104817236459182736452\"\n"));
    }
}
