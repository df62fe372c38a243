using System.Text.Json;
using Psoxy.Core.Connectors;
using Psoxy.Emulator;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.EndToEnd;

/// <summary>Teams' function with pseudonymous ids: what it answers names nobody, and each id that it gives can be asked for.</summary>
public sealed class TeamsTests
{
    private FunctionFixture _fixture = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _fixture = await FunctionFixture.StartAsync(
        new EmulatorOptions { GrantedRoles = [.. ConnectorCatalog.Find("msft-teams")!.Permissions.Select(permission => permission.Name)] },
        ("FUNCTION_TARGET", "Psoxy.Gcp.TeamsFunction"),
        ("SOURCE", "msft-teams"),
        ("PSEUDONYMIZE_APP_IDS", "true"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    // Each target is asked of Graph with originals, and of the function with the tokens that it gives for them.
    [TestCase("/v1.0/users?$top=3")]
    [TestCase("/v1.0/users/{user}")]
    [TestCase("/v1.0/teams?$top=2")]
    [TestCase("/v1.0/teams/{team}/allChannels")]
    [TestCase("/v1.0/users/{user}/chats?$expand=members,lastMessagePreview&$top=3")]
    [TestCase("/v1.0/teams/{team}/channels/{channel}/messages?$expand=replies&$top=20")]
    [TestCase("/v1.0/teams/{team}/channels/{channel}/messages/delta")]
    [TestCase("/v1.0/chats/{chat}/messages?$top=50")]
    [TestCase("/v1.0/communications/callRecords")]
    [TestCase("/v1.0/communications/callRecords/{record}?$expand=sessions($expand=segments),participants_v2")]
    [TestCase("/v1.0/communications/callRecords/getDirectRoutingCalls(fromDateTime=2026-01-01,toDateTime=2026-01-05)")]
    [TestCase("/v1.0/communications/callRecords/getPstnCalls(fromDateTime=2026-01-01,toDateTime=2026-01-05)")]
    [TestCase("/v1.0/users/{user}/onlineMeetings")]
    [TestCase("/v1.0/users/{user}/onlineMeetings/{meeting}/attendanceReports")]
    [TestCase("/v1.0/users/{user}/onlineMeetings/{meeting}/attendanceReports/{report}?$expand=attendanceRecords")]
    public async Task Passes_what_the_rules_keep_and_nothing_that_names_anybody(string template)
    {
        var (target, source) = (await FillAsync(template, FunctionAsync), await _fixture.GraphAsync(await FillAsync(template, _fixture.GraphAsync)));

        var answer = await _fixture.SendAsync(target);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Leaks.AssertNone(source, answer.Everything, string.Join('\n', _fixture.Function.Output));
        foreach (var number in Enumerable.Range(0, 8)) Assert.That(answer.Everything, Does.Not.Contain(_fixture.UserId(number)));
    }

    [TestCase("/v1.0/users/{user}/chats?$top=2")]
    [TestCase("/v1.0/chats/{chat}/messages?$top=5")]
    [TestCase("/v1.0/teams/{team}/channels/{channel}/messages?$top=5")]
    [TestCase("/v1.0/communications/callRecords")]
    public async Task The_next_page_can_be_asked_for(string template)
    {
        var page = await _fixture.SendAsync(await FillAsync(template, FunctionAsync));
        var next = new Uri(page.Json.GetProperty("@odata.nextLink").GetString()!).PathAndQuery;

        var more = await _fixture.SendAsync(next);

        Assert.That(more.Status, Is.EqualTo(200), next);
        Assert.That(Ids(more.Body), Is.Not.Empty.And.None.AnyOf(Ids(page.Body)));
    }

    [Test]
    public async Task A_meeting_is_found_by_the_token_of_its_link()
    {
        var meetings = await _fixture.SendAsync(await FillAsync("/v1.0/users/{user}/onlineMeetings", FunctionAsync));
        var meeting = meetings.Json.GetProperty("value")[1];
        var token = meeting.GetProperty("joinWebUrl").GetString();

        var found = await _fixture.SendAsync(await FillAsync($"/v1.0/users/{{user}}/onlineMeetings?$filter=JoinWebUrl%20eq%20'{token}'", FunctionAsync));

        Assert.That(found.Status, Is.EqualTo(200), found.Body);
        Assert.That(Ids(found.Body), Is.EqualTo(new[] { meeting.GetProperty("id").GetString() }));
    }

    private async Task<string> FunctionAsync(string target) => (await _fixture.SendAsync(target)).Body;

    // The first of what a list gives, from whoever is asked.
    private static async Task<string> FillAsync(string template, Func<string, Task<string>> ask)
    {
        foreach (var (name, list) in ((string, string)[])
            [
                ("{user}", "/v1.0/users?$top=1"), ("{team}", "/v1.0/teams?$top=1"), ("{channel}", "/v1.0/teams/{team}/allChannels"), ("{chat}", "/v1.0/users/{user}/chats?$top=1"),
                ("{record}", "/v1.0/communications/callRecords"), ("{meeting}", "/v1.0/users/{user}/onlineMeetings"), ("{report}", "/v1.0/users/{user}/onlineMeetings/{meeting}/attendanceReports"),
            ])
        {
            if (template.Contains(name, StringComparison.Ordinal)) template = template.Replace(name, Ids(await ask(await FillAsync(list, ask)))[0], StringComparison.Ordinal);
        }

        return template;
    }

    private static string[] Ids(string page) =>
        [.. JsonDocument.Parse(page).RootElement.GetProperty("value").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
}
