using System.Text.Json;
using Psoxy.Core.Connectors;
using Psoxy.Emulator.Graph;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.EndToEnd;

/// <summary>Each connector's function as a process of its own, with its own application and permissions, and every request that the emulated tenant answers it.</summary>
[TestFixtureSource(nameof(Connectors))]
public sealed class ConnectorTests(string id)
{
    private FunctionFixture _fixture = null!;

    private static IEnumerable<string> Connectors() => ConnectorCatalog.All.Select(connector => connector.Id);

    // What the tenant has beside what the rules return.
    private const string NotReturned = "$expand=participants,operations";

    [OneTimeSetUp]
    public async Task StartAsync() => _fixture = await FunctionFixture.StartConnectorAsync(id, ConnectorCatalog.Find(id)!.FunctionClass);

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    private IEnumerable<GraphSample> Samples => _fixture.Emulator.Tenant.Samples.Where(sample => sample.ConnectorId == id);

    [Test]
    public async Task Every_answer_passes_without_what_names_anybody()
    {
        var asked = 0;
        foreach (var sample in Samples)
        {
            var source = await _fixture.GraphAsync(sample.Target);

            var answer = await _fixture.SendAsync(sample.Target, null, null, ("ConsistencyLevel", "eventual"));

            if (sample.Target.Contains(NotReturned, StringComparison.Ordinal))
            {
                Assert.That((answer.Status, answer.Error), Is.EqualTo((403, "BLOCKED_BY_RULES")), sample.Target);
                continue;
            }

            Assert.That(answer.Status, Is.EqualTo(200), sample.Target + " " + answer.Body);
            Leaks.AssertNone(source, answer.Everything, string.Join('\n', _fixture.Function.Output));
            asked++;
        }

        Assert.That(asked, Is.AtLeast(2));
        TestContext.Out.WriteLine($"{id}: {asked} requests, no canary in any answer or log line");
    }

    [Test]
    public async Task Following_the_links_gives_every_row_once()
    {
        var collections = 0;
        foreach (var sample in Samples.Where(sample => !sample.Target.Contains(NotReturned, StringComparison.Ordinal)))
        {
            var all = await RowsAsync(sample.Target, _fixture.GraphAsync);
            if (all is null) continue;
            var passed = await RowsAsync(sample.Target, async target =>
            {
                var answer = await _fixture.SendAsync(target);
                Assert.That(answer.Status, Is.EqualTo(200), target + " " + answer.Body);
                return answer.Body;
            });

            Assert.That(passed, Is.EqualTo(all), sample.Target);
            collections++;
        }

        Assert.That(collections, Is.AtLeast(1));
        TestContext.Out.WriteLine($"{id}: {collections} collections to their ends");
    }

    [Test]
    public async Task The_health_check_is_well()
    {
        var answer = await _fixture.SendAsync("/", null, null, ("X-Psoxy-Health-Check", "true"));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Json.GetProperty("configuredSource").GetString(), Is.EqualTo(id));
    }

    // How many rows each page has; null where the answer is no collection.
    private static async Task<List<int>?> RowsAsync(string target, Func<string, Task<string>> get)
    {
        var pages = new List<int>();
        for (var next = target; next is not null;)
        {
            using var page = JsonDocument.Parse(await get(next));
            if (!page.RootElement.TryGetProperty("value", out var rows) || rows.ValueKind != JsonValueKind.Array) return null;
            pages.Add(rows.GetArrayLength());
            Assert.That(pages, Has.Count.LessThan(200), target);
            next = page.RootElement.TryGetProperty("@odata.nextLink", out var link) ? new Uri(link.GetString()!).PathAndQuery : null;
        }

        return pages;
    }
}
