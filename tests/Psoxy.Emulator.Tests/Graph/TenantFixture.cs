using System.Net;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph;

namespace Psoxy.Emulator.Tests.Graph;

/// <summary>One emulator for all tests of this folder that change nothing in it.</summary>
[SetUpFixture]
internal sealed class TenantFixture
{
    public static EmulatorHost Host { get; private set; } = null!;

    public static HttpClient Client { get; private set; } = null!;

    public static IReadOnlyList<GraphSample> Samples { get; } = new Tenant(new EmulatorOptions()).Samples;

    public static string Person { get; } = (string)new Tenant(new EmulatorOptions()).Users[1]["id"]!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Host = await EmulatorHost.StartAsync();
        Client = Host.CreateGraphClient();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>The answer's status and body.</summary>
    public static async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(string target, HttpClient? client = null, bool eventual = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        if (eventual) request.Headers.Add("ConsistencyLevel", "eventual");
        using var response = await (client ?? Client).SendAsync(request);
        return (response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public static async Task<JsonObject> GetAsync(string target, bool eventual = false)
    {
        var (status, body) = await SendAsync(target, null, eventual);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), target + "\n" + body);
        return body;
    }

    /// <summary>All rows, page after page, and the last page.</summary>
    public static async Task<(List<JsonObject> Rows, JsonObject Last, int Pages)> AllAsync(string target, bool eventual = false)
    {
        var (rows, pages) = (new List<JsonObject>(), 0);
        while (true)
        {
            var page = await GetAsync(target, eventual);
            pages++;
            rows.AddRange(page["value"]!.AsArray().Select(row => row!.AsObject()));
            if ((string?)page["@odata.nextLink"] is not { } next) return (rows, page, pages);
            target = next;
        }
    }

    public static string Code(JsonObject body) => (string)body["error"]!["code"]!;
}
