namespace Psoxy.Cli.Tests.EndToEnd;

/// <summary>deploy.sh before it asks anybody.</summary>
public sealed class ScriptUsageTests
{
    [TestCase("", 2, "usage: ./deploy.sh COMMAND")]
    [TestCase("aply", 2, "what is aply?")]
    [TestCase("apply destroy", 2, "apply or destroy?")]
    [TestCase("apply --config", 2, "--config takes a value.")]
    [TestCase("apply --config /no/such/psoxy.yaml", 2, "there is no '/no/such/psoxy.yaml': make one with 'psoxy init'")]
    public async Task A_mistake_is_told(string arguments, int code, string expected)
    {
        var run = await CliRun.OfShell(Script, [("PSOXY_CLI", typeof(ExitCode).Assembly.Location)], arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.That(run.ExitCode, Is.EqualTo(code), run.Output + run.Error);
        Assert.That(run.Error, Does.Contain(expected).And.Not.Contain("resume:"));
    }

    [Test]
    public async Task A_file_that_is_invalid_and_a_tool_that_is_not_there_have_codes_of_their_own()
    {
        using var folder = new TemporaryFolder();
        var (bad, good) = (folder.Write("bad.yaml", "regoin: x\n"), folder.Write("good.yaml", Deployment.SampleSettings.All));
        using var dotnet = new TemporaryFolder();
        foreach (var tool in (string[])["dotnet", "dirname", "mktemp", "rm"]) File.CreateSymbolicLink(dotnet[tool], Where(tool));

        var invalid = await CliRun.OfShell(Script, [("PSOXY_CLI", typeof(ExitCode).Assembly.Location)], "apply", "--config", bad);
        var bare = await CliRun.OfShell(Script, [("PSOXY_CLI", typeof(ExitCode).Assembly.Location), ("PATH", Path.GetDirectoryName(dotnet["x"])!)], "apply", "--config", good);

        Assert.That((invalid.ExitCode, invalid.Error), Is.EqualTo((ExitCode.InvalidFile, invalid.Error)));
        Assert.That(invalid.Error, Does.Contain("did you mean 'region'?"));
        Assert.That(bare.ExitCode, Is.EqualTo(1), bare.Error);
        Assert.That(bare.Error, Does.Contain("gcloud is not here").And.Contain("fix: install the Google Cloud CLI").And.Contain("resume: ./deploy.sh apply --config " + good));
    }

    private static string Script => Path.Combine(new Emulator.Google.CloudOptions().RepositoryRoot, "deploy.sh");

    private static string Where(string tool) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, tool)).First(File.Exists);
}
