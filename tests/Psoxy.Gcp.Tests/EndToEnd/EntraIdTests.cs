using System.Text.Json;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.EndToEnd;

/// <summary>The directory's function, deployed as the original's was: under another name of its source, with pseudonymous ids.</summary>
public sealed class EntraIdTests
{
    private FunctionFixture _fixture = null!;

    [OneTimeSetUp]
    public async Task StartAsync() =>
        _fixture = await FunctionFixture.StartAsync(null, ("FUNCTION_TARGET", "Psoxy.Gcp.EntraIdFunction"), ("SOURCE", "azure-ad"), ("PSEUDONYMIZE_APP_IDS", "true"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    [TestCase("/v1.0/users?$top=3&$count=true", true)]
    [TestCase("/v1.0/groups?$top=3", false)]
    [TestCase("/v1.0/groups/{group}", false)]
    [TestCase("/v1.0/groups/{group}/members?$top=4", true)]
    [TestCase("/v1.0/groups/{group}/members/microsoft.graph.user", true)]
    public async Task Passes_what_the_rules_keep_and_nothing_that_names_anybody(string template, bool people)
    {
        var group = Ids(await _fixture.GraphAsync("/v1.0/groups?$top=1")).Single();
        var target = template.Replace("{group}", group, StringComparison.Ordinal);
        var source = await _fixture.GraphAsync(target);

        var answer = await _fixture.SendAsync(target, null, null, ("ConsistencyLevel", "eventual"));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Leaks.AssertNone(source, answer.Everything, string.Join('\n', _fixture.Function.Output));
        if (!people) return;
        Assert.That(Ids(source), Is.Not.Empty);
        foreach (var id in Ids(source)) Assert.That(answer.Everything, Does.Not.Contain(id));
    }

    [Test]
    public async Task Each_person_of_a_page_and_the_next_page_can_be_asked_for()
    {
        var page = await _fixture.SendAsync("/v1.0/users?$top=2");
        var next = new Uri(page.Json.GetProperty("@odata.nextLink").GetString()!).PathAndQuery;

        var more = await _fixture.SendAsync(next);
        var person = await _fixture.SendAsync("/v1.0/users/" + Ids(page.Body)[0]);

        Assert.That((more.Status, person.Status), Is.EqualTo((200, 200)), more.Body + person.Body);
        Assert.That(Ids(more.Body), Has.All.StartsWith("p~").And.None.AnyOf(Ids(page.Body)));
        Assert.That(person.Json.GetProperty("id").GetString(), Is.EqualTo(Ids(page.Body)[0]));
    }

    [Test]
    public async Task Mail_is_another_functions_business()
    {
        var answer = await _fixture.SendAsync($"/v1.0/users/{_fixture.UserId(0)}/mailFolders/SentItems/messages");

        Assert.That((answer.Status, answer.Error), Is.EqualTo((403, "BLOCKED_BY_RULES")));
    }

    private static string[] Ids(string page) =>
        [.. JsonDocument.Parse(page).RootElement.GetProperty("value").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
}
