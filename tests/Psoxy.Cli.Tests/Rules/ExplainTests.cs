using System.Text.Json;

namespace Psoxy.Cli.Tests.Rules;

public sealed class ExplainTests
{
    [Test]
    public async Task An_allowed_request_shows_what_stays()
    {
        var run = await CliRun.Of(["rules", "explain", "--rules", "outlook-mail", "--url", "https://graph.microsoft.com/v1.0/users?$top=5"]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Ok), run.Error);
        Assert.That(run.Output, Does.StartWith("allowed").And.Contain("endpoint  /v1.0/users (line ").And.Contain("canonical GET /v1.0/users?$top=5"));
        Assert.That(run.Output, Does.Match(@"pseudonym +mail\n").And.Match(@"kept +accountEnabled\n"));
    }

    [TestCase("/v1.0/users?$filter=startswith(displayName,'A')", "refused: HiddenProperty ($filter)")]
    [TestCase("/v1.0/users?$filter=mail eq 'a@b.c'", "refused: MalformedQuery")]
    [TestCase("/v1.0/users?$filter=mail%20eq%20'a@b.c'", "refused: PseudonymRequired ($filter)")]
    [TestCase("/v1.0/me", "refused: NoEndpoint")]
    [TestCase("/v1.0/users/../groups", "refused: MalformedPath")]
    public async Task A_refused_request_says_why(string url, string expected)
    {
        var run = await CliRun.Of(["rules", "explain", "--rules", "outlook-mail", "--url", url]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Refused), run.Error);
        Assert.That(run.Output, Does.StartWith(expected));
    }

    [Test]
    public async Task A_script_gets_json()
    {
        var run = await CliRun.Of(["rules", "explain", "--json", "--rules", "outlook-mail", "--variant", "noGroups", "--url", "/v1.0/groups"]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Refused));
        Assert.That(JsonDocument.Parse(run.Output).RootElement.GetProperty("reason").GetString(), Is.EqualTo("NoEndpoint"));
    }
}
