namespace Psoxy.Cli.Tests;

public sealed class UsageTests
{
    [TestCase("", "Required command was not provided")]
    [TestCase("nonsense", "'nonsense'")]
    [TestCase("rules check", "Required argument 'FILE' missing")]
    [TestCase("rules check /no/such/file.yaml", "cannot read the rules '/no/such/file.yaml'")]
    [TestCase("rules explain --rules outlook-mail", "--url")]
    [TestCase("rules sanitize --url /v1.0/users", "--rules is missing")]
    [TestCase("rules sanitize --rules outlook-mail --url /v1.0/users --salt-file x", "--salt-file and --key-file go together")]
    [TestCase("rules sanitize --cases cases.jsonl", "--cases needs --out")]
    [TestCase("rules docs --out /no/such/folder/connectors.md", "/no/such/folder/connectors.md cannot be written")]
    [TestCase("entra", "Required command was not provided")]
    [TestCase("entra explain", "Required argument 'CODE' missing")]
    [TestCase("entra explain nonsense", "there is no code such as AADSTS700213 in that")]
    [TestCase("entra errors --out /no/such/folder/errors.md", "/no/such/folder/errors.md cannot be written")]
    [TestCase("config get", "Required argument 'KEY' missing")]
    [TestCase("config show --config /no/such/psoxy.yaml", "psoxy.yaml")]
    [TestCase("entra apply --auth nonsense", "nonsense")]
    [TestCase("entra adopt 1", "--connector")]
    [TestCase("demo --port notanumber", "notanumber")]
    [TestCase("demo --unknown", "--unknown")]
    public async Task A_mistake_gets_a_sentence_and_exit_code_2(string arguments, string expected)
    {
        var run = await CliRun.Of(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage), run.Error);
        Assert.That(run.Error, Does.Contain(expected));
        Assert.That(run.Error, Does.Not.Contain("   at "), "no stack trace");
    }

    [TestCase("--help", "demo")]
    [TestCase("rules --help", "sanitize")]
    [TestCase("rules sanitize --help", "--cases")]
    [TestCase("entra --help", "explain")]
    [TestCase("doctor --help", "--connector")]
    [TestCase("pseudonyms compare --help", "OLD")]
    [TestCase("demo --help", "--keep")]
    public async Task Help_names_what_there_is(string arguments, string expected)
    {
        var run = await CliRun.Of(arguments.Split(' '));

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Ok));
        Assert.That(run.Output, Does.Contain(expected));
    }
}
