namespace Psoxy.Cli.Tests.CloudBuild;

public sealed class BuildFileTests
{
    private static readonly string[] BuiltIn = ["PROJECT_ID"];
    private static readonly string[] Scripts = [".ci/run", ".ci/publish", ".ci/deploy", "deploy.sh"];
    private readonly BuildFile _file = new();

    [Test]
    public void A_build_has_an_account_of_its_own_and_writes_its_log_where_that_is_allowed()
    {
        Assert.That(_file["serviceAccount"], Is.EqualTo("projects/$PROJECT_ID/serviceAccounts/${_BUILD_ACCOUNT}@$PROJECT_ID.iam.gserviceaccount.com"));
        Assert.That(_file.Option("logging"), Is.EqualTo("CLOUD_LOGGING_ONLY"), "an account of one's own cannot write to the default bucket");
        Assert.That(_file["timeout"], Does.Match("^[0-9]+s$"));
    }

    [Test]
    public void Every_substitution_that_is_used_is_declared_and_the_other_way_round()
    {
        Assert.That(_file.Option("substitutionOption"), Is.EqualTo("MUST_MATCH"));
        Assert.That(_file.Used.Except(BuiltIn), Is.EquivalentTo(_file.Substitutions.Keys));
        Assert.That(File.ReadAllText(Path.Combine(BuildFile.Root, "docs", "cloud-build.md")).Split('\n').Where(line => line.StartsWith("| `_", StringComparison.Ordinal)).Select(line => string.Join('=', line.Split('`')[1], line.Split('`')[3])),
            Is.EquivalentTo(_file.Substitutions.Select(pair => $"{pair.Key}={pair.Value}")), "the page's table");
    }

    [Test]
    public void Nothing_secret_is_in_it_or_asked_for()
    {
        Assert.That(_file.Keys, Has.No.Member("availableSecrets").And.No.Member("secrets"));
        Assert.That(_file.Steps.SelectMany(step => step.Keys), Has.No.Member("secretEnv"));
        Assert.That(_file.Text, Does.Not.Contain("PRIVATE KEY").And.Not.Match("(?i)(password|token|salt|api_?key) *[:=]").And.Not.Match("[A-Za-z0-9+/]{40,}"), "no text that looks like one");
    }

    [Test]
    public void Steps_run_scripts_that_are_there_and_come_in_order()
    {
        Assert.That(_file.Steps.Select(step => step.Id), Is.EqualTo(["test", "publish", "deploy"]));
        Assert.That(_file.Steps.Select(step => step.Arguments[0]), Is.EqualTo(["-c", ".ci/publish", ".ci/deploy"]));
        Assert.That(_file.Steps[0].Arguments, Is.EqualTo(["-c", "${_TEST_COMMAND}"]));
        foreach (var script in Scripts)
        {
            var path = Path.Combine(BuildFile.Root, script);
            Assert.That(path, Does.Exist);
            if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(path) & UnixFileMode.UserExecute, Is.Not.EqualTo(UnixFileMode.None), script);
        }
    }

    [Test]
    public void Every_image_is_of_a_named_version()
    {
        Assert.That(_file.Steps.Select(step => step.Image), Has.All.Match("^[a-z.]+/[a-z./-]+:(10\\.0|stable)$"));
    }

    [Test]
    public async Task Shellcheck_finds_nothing_in_the_scripts()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "shellcheck")))) Assert.Ignore("shellcheck is not on PATH");

        var run = await CliRun.OfProgram("shellcheck", [.. Scripts.Select(script => Path.Combine(BuildFile.Root, script))], null, null);

        Assert.That(run.ExitCode, Is.Zero, run.Output);
    }
}
