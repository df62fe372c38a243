using System.Net;
using System.Text.Json;

namespace Psoxy.Emulator.Tests.Graph;

public sealed class GraphTests
{
    private EmulatorHost _emulator = null!;
    private HttpClient _graph = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _emulator = await EmulatorHost.StartAsync();
        _graph = _emulator.CreateGraphClient();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _graph.Dispose();
        await _emulator.DisposeAsync();
    }

    [TestCase("/v1.0/users?$top=7", 25)]
    [TestCase("/v1.0/users?$top=7&$filter=accountEnabled eq true", 23)]
    [TestCase("/v1.0/groups?$top=4", 6)]
    public async Task Paging_to_the_end_gives_every_row_once(string target, int rows)
    {
        var ids = new List<string>();
        string? next = target;
        while (next is not null)
        {
            using var page = JsonDocument.Parse(await _graph.GetStringAsync(next));
            ids.AddRange(page.RootElement.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("id").GetString()!));
            next = page.RootElement.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.That(ids, Has.Count.EqualTo(rows).And.Unique);
    }

    [Test]
    public async Task The_directorys_place_mark_holds_the_last_name_as_the_real_one_may() =>
        Assert.That(Canaries.FindIn(JsonDocument.Parse(await _graph.GetStringAsync("/v1.0/users?$top=1&$select=id")).RootElement.GetProperty("@odata.nextLink").GetString()!), Is.Not.Null);

    [Test]
    public async Task Select_leaves_the_rest_out()
    {
        using var page = JsonDocument.Parse(await _graph.GetStringAsync("/v1.0/users?$top=1&$select=id,mail"));
        Assert.That(page.RootElement.GetProperty("value")[0].EnumerateObject().Select(member => member.Name), Is.EqualTo(["id", "mail"]));
    }

    [TestCase("/v1.0/users/nobody", HttpStatusCode.NotFound, "Request_ResourceNotFound")]
    [TestCase("/v1.0/unknown", HttpStatusCode.BadRequest, "BadRequest")]
    [TestCase("/v1.0/users?$filter=nonsense", HttpStatusCode.BadRequest, "Request_UnsupportedQuery")]
    [TestCase("/v1.0/users?$skiptoken=x", HttpStatusCode.BadRequest, "Directory_ExpiredPageToken")]
    public async Task Errors_have_Graphs_shape(string target, HttpStatusCode status, string code)
    {
        using var response = await _graph.GetAsync(target);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(body.RootElement.GetProperty("error").GetProperty("code").GetString(), Is.EqualTo(code));
        Assert.That(body.RootElement.GetProperty("error").GetProperty("innerError").GetProperty("request-id").GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task A_token_that_is_not_Entras_is_refused()
    {
        using var stranger = _emulator.CreateGraphClient();
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", "a.b.c");

        using var response = await stranger.GetAsync("/v1.0/users");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }
}
