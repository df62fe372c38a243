using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.EndToEnd;

/// <summary>Copilot's function, deployed with pseudonymous ids.</summary>
public sealed class CopilotTests
{
    private FunctionFixture _fixture = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _fixture = await FunctionFixture.StartAsync(
        new() { GrantedRoles = ["User.Read.All", "AiEnterpriseInteraction.Read.All"] },
        ("FUNCTION_TARGET", "Psoxy.Gcp.CopilotFunction"), ("SOURCE", "msft-copilot"), ("PSEUDONYMIZE_APP_IDS", "true"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    [TestCase("v1.0")]
    [TestCase("beta")]
    public async Task Tells_how_much_was_said_and_not_what(string version)
    {
        var source = await _fixture.GraphAsync($"/{version}/copilot/users/{_fixture.UserId(0)}/interactionHistory/getAllEnterpriseInteractions?$top=3");
        var first = await _fixture.SendAsync($"/{version}/copilot/users/{await FirstUserAsync()}/interactionHistory/getAllEnterpriseInteractions?$top=3");
        var second = await _fixture.SendAsync(new Uri(first.Json.GetProperty("@odata.nextLink").GetString()!).PathAndQuery);

        Assert.That((first.Status, second.Status), Is.EqualTo((200, 200)), first.Body + second.Body);
        Assert.That(first.Body, Does.Contain("+content:textDigest").And.Contain("word_count"));
        Leaks.AssertNone(source, first.Everything, second.Everything, string.Join('\n', _fixture.Function.Output));
        foreach (var answer in (string[])[first.Everything, second.Everything]) Assert.That(answer, Does.Not.Contain(_fixture.UserId(0)));
    }

    [Test]
    public async Task Asks_for_nobody_by_a_readable_id()
    {
        var answer = await _fixture.SendAsync($"/v1.0/copilot/users/{_fixture.UserId(0)}/interactionHistory/getAllEnterpriseInteractions");

        Assert.That((answer.Status, answer.Error), Is.EqualTo((403, "BLOCKED_BY_RULES")));
    }

    [Test]
    public async Task Knows_of_the_directory_the_accounts_only()
    {
        var answer = await _fixture.SendAsync("/v1.0/groups");

        Assert.That((answer.Status, answer.Error), Is.EqualTo((403, "BLOCKED_BY_RULES")));
    }

    private async Task<string> FirstUserAsync() => (await _fixture.SendAsync("/v1.0/users?$top=1")).Json.GetProperty("value")[0].GetProperty("id").GetString()!;
}
