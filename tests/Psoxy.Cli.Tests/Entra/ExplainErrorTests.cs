using System.Text.Json;
using Psoxy.Emulator;

namespace Psoxy.Cli.Tests.Entra;

public sealed class ExplainErrorTests
{
    [TestCase("AADSTS700213")]
    [TestCase("aadsts700213")]
    [TestCase("700213")]
    public async Task A_code_gets_its_cause_and_its_fix(string code)
    {
        var run = await CliRun.Of(["entra", "explain", code]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Ok), run.Error);
        Assert.That(run.Output, Does.StartWith("AADSTS700213").And.Contain("cause  No federated credential").And.Contain("unique id").And.Contain("seen   measured"));
    }

    [Test]
    public async Task A_whole_message_is_searched_and_not_shown()
    {
        const string message = """{"error":"invalid_client","error_description":"AADSTS7000229: The client application 11111111-2222-3333-4444-555555555555 of Kanarie Tenant is missing service principal. Timestamp: 2026-11-24 10:00:00Z","error_codes":[7000229]}""";
        Assert.That(Canaries.FindIn(message), Is.Not.Null);

        var run = await CliRun.Of(["entra", "explain", message]);

        Assert.That(run.Output, Does.StartWith("AADSTS7000229").And.Contain("az ad sp create"));
        Assert.That(run.Output, Does.Not.Contain("11111111"));
        Assert.That(Canaries.FindIn(run.Output + run.Error), Is.Null);
    }

    [Test]
    public async Task An_unknown_code_is_not_guessed_at()
    {
        var run = await CliRun.Of(["entra", "explain", "AADSTS70021", "AADSTS99999999", "--json"]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Failed));
        using var json = JsonDocument.Parse(run.Output);
        Assert.That(json.RootElement.EnumerateArray().Select(error => (error.GetProperty("code").GetString(), error.GetProperty("known").GetBoolean())), Is.EqualTo([("AADSTS70021", true), ("AADSTS99999999", false)]));
        Assert.That(json.RootElement[0].GetProperty("retry").GetString(), Is.EqualTo("afterChange"));
    }
}
