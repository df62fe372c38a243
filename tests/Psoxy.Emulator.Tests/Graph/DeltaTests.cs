using System.Net;
using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Tests.Graph;

/// <summary>Delta links: what changed, what is gone, and what happens when they are too old.</summary>
public sealed class DeltaTests
{
    private const string Drive = "/v1.0/drives/b!persondrive000001aBcDeFgHiJkLmNoPqRsTuVwXyZ/root/delta";
    private const string Messages = "/v1.0/teams/00000002-5fad-4d73-a9f5-000000000000/channels/19:000000000000a1b2c3d4e5f6a7b8c9d0@thread.tacv2/messages/delta";
    private EmulatorHost _emulator = null!;
    private HttpClient _graph = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _emulator = await EmulatorHost.StartAsync();
        _graph = _emulator.CreateGraphClient();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _graph.Dispose();
        await _emulator.DisposeAsync();
    }

    [Test]
    public async Task A_drive_tells_what_was_deleted_since_the_last_link_and_then_nothing()
    {
        var (items, link) = await RoundAsync(Drive);
        var victim = items.Select(item => (string)item["id"]!).ElementAt(2);
        Assert.That(_emulator.Tenant.DeleteItem("b!persondrive000001aBcDeFgHiJkLmNoPqRsTuVwXyZ", victim), Is.True);

        var (changes, next) = await RoundAsync(link);
        var (nothing, _) = await RoundAsync(next);

        Assert.That(changes.Select(item => (string)item["id"]!), Is.EqualTo([victim]));
        Assert.That(changes[0]["deleted"]!["state"]!.ToString(), Is.EqualTo("deleted"));
        Assert.That(nothing, Is.Empty);
        Assert.That((await RoundAsync(Drive)).Rows.Where(item => item["deleted"] is not null).Select(item => (string)item["id"]!), Does.Contain(victim), "a full round tells the last state of each item once");
    }

    [TestCase(Drive + "?token=latest")]
    [TestCase(Drive + "(token='latest')")]
    [TestCase(Messages + "?$deltatoken=latest")]
    public async Task The_latest_link_tells_nothing_that_was_before(string target)
    {
        var (rows, link) = await RoundAsync(target);

        Assert.That(rows, Is.Empty);
        Assert.That((await RoundAsync(link)).Rows, Is.Empty);
    }

    [Test]
    public async Task Options_are_in_the_links()
    {
        var (items, link) = await RoundAsync(Drive + "?$select=id,deleted&$top=3");

        Assert.That(items, Has.Count.EqualTo(11));
        Assert.That(items.SelectMany(item => item.Select(property => property.Key)).Distinct(), Is.SubsetOf(["id", "deleted", "@odata.etag"]));
        Assert.That(link, Does.Contain("$select=id,deleted&$top=3&token="));
    }

    [TestCase(Drive, "resyncRequired", "token=")]
    [TestCase(Messages, "syncStateNotFound", "$deltatoken=")]
    public async Task A_link_that_is_too_old_is_gone_and_says_where_to_begin_again(string target, string code, string mark)
    {
        var (rows, link) = await RoundAsync(target);
        _emulator.Tenant.ExpireDeltaLinks();

        using var response = await _graph.GetAsync(link);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.That((response.StatusCode, (string?)body["error"]!["code"]), Is.EqualTo((HttpStatusCode.Gone, code)));
        Assert.That(response.Headers.Location!.OriginalString, Does.EndWith("?" + mark));
        Assert.That((await RoundAsync(response.Headers.Location.OriginalString)).Rows, Has.Count.EqualTo(rows.Count));
    }

    [TestCase(Drive + "?token=rubbish", "invalidRequest")]
    [TestCase(Messages + "?$deltatoken=rubbish", "BadRequest")]
    [TestCase(Messages + "?$filter=importance%20eq%20'high'", "BadRequest")]
    [TestCase(Messages + "?$top=51", "BadRequest")]
    public async Task What_is_no_mark_is_refused(string target, string code)
    {
        using var response = await _graph.GetAsync(target);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"], Is.EqualTo(code));
    }

    private async Task<(List<JsonObject> Rows, string DeltaLink)> RoundAsync(string target)
    {
        var rows = new List<JsonObject>();
        while (true)
        {
            var page = JsonNode.Parse(await _graph.GetStringAsync(target))!.AsObject();
            rows.AddRange(page["value"]!.AsArray().Select(row => row!.AsObject()));
            if ((string?)page["@odata.deltaLink"] is { } link) return (rows, link);
            target = (string)page["@odata.nextLink"]!;
        }
    }
}
