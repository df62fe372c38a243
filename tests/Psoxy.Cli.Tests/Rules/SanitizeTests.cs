using System.Text.Json;

namespace Psoxy.Cli.Tests.Rules;

public sealed class SanitizeTests
{
    private const string Users = """{"value":[{"id":"1","displayName":"Kanarie Ada","mail":"alice@contoso.com"}]}""";
    private const string Token = "t~_0UTLTcAWlr01ytd2FdRyq6nvly3PDCmY9eal8_rB_A@contoso.com";

    [Test]
    public async Task Writes_what_a_function_would_pass_on()
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of(
            ["rules", "sanitize", "--rules", "outlook-mail", "--url", "/v1.0/users", "--salt-file", folder.Write("salt", "salt"), "--key-file", folder.Write("key", "secret")],
            Users);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Ok), run.Error);
        Assert.That(run.Output, Does.Not.Contain("Kanarie"));
        Assert.That(JsonDocument.Parse(run.Output).RootElement.GetProperty("value")[0].GetProperty("mail").GetString(), Is.EqualTo(Token));
    }

    [Test]
    public async Task A_refused_request_is_exit_code_4_and_nothing_is_written()
    {
        var run = await CliRun.Of(["rules", "sanitize", "--rules", "outlook-mail", "--url", "/v1.0/users/1/contacts"], Users);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Refused));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Does.Contain("refused: NoEndpoint"));
    }

    [Test]
    public async Task What_is_not_json_is_exit_code_5_and_nothing_after_the_fault_is_written()
    {
        var run = await CliRun.Of(["rules", "sanitize", "--rules", "outlook-mail", "--url", "/v1.0/users"], """{"value":[{"id":"1"},}{"id":"KanarieLate"}]}""");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.NotJson));
        Assert.That(run.Error, Does.Contain("Malformed"));
        Assert.That(run.Output, Does.Not.Contain("KanarieLate"));
    }

    [Test]
    public async Task A_bad_line_becomes_an_answer_and_the_rest_goes_on()
    {
        using var folder = new TemporaryFolder();
        var cases = folder.Write("cases.jsonl", string.Join('\n',
            $$"""{"id":"a","rules":"outlook-mail","method":"GET","url":"/v1.0/users","input":{{Users}}}""",
            "not json",
            """{"id":"c","rules":"outlook-mail","url":"/v1.0/users/1/contacts","input":{}}""",
            """{"id":"d","rules":"/no/such.yaml","url":"/v1.0/users","input":{}}""",
            $$"""{"id":5,"rules":"outlook-mail","url":"/v1.0/users","input":{{Users}}}"""));

        var run = await CliRun.Of(
            ["rules", "sanitize", "--cases", cases, "--out", folder["out.jsonl"], "--salt-file", folder.Write("salt", "salt"), "--key-file", folder.Write("key", "secret")]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Ok), run.Error);
        var answers = File.ReadAllLines(folder["out.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(answers.Select(a => a.GetProperty("id").GetRawText()), Is.EqualTo(["\"a\"", "2", "\"c\"", "\"d\"", "5"]));
        Assert.That(answers.Select(a => a.GetProperty("allowed").GetBoolean()), Is.EqualTo([true, false, false, false, true]));
        Assert.That(answers[1].GetProperty("reason").GetString(), Does.StartWith("BadLine"));
        Assert.That(answers[2].GetProperty("reason").GetString(), Is.EqualTo("NoEndpoint"));
        Assert.That(answers[3].GetProperty("reason").GetString(), Does.StartWith("RulesUnreadable"));
        Assert.That(answers[4].GetProperty("output").GetProperty("value")[0].GetProperty("mail").GetString(), Is.EqualTo(Token));
    }
}
