using Psoxy.Core.Connectors;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Health;

/// <summary>The deep health check of every connector.</summary>
public sealed class DeepTests
{
    private static IEnumerable<string> Ids => ConnectorCatalog.All.Select(connector => connector.Id);

    [TestCaseSource(nameof(Ids))]
    public async Task Tries_every_smoke_request(string id)
    {
        var connector = ConnectorCatalog.Find(id)!;
        await using var fixture = await FunctionFixture.StartConnectorAsync(id, connector.FunctionClass);

        var answer = await fixture.HealthAsync("deep");

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(fixture.Emulator.GraphRequests.All.Select(request => request.Target), Is.EqualTo(connector.SmokeRequests));
        foreach (var request in connector.SmokeRequests) Assert.That(answer.Check("GET " + request.Split('?')[0]).GetProperty("status").GetInt32(), Is.EqualTo(200));
        Assert.That(answer.Json.GetProperty("entra").List("roles"), Is.EquivalentTo(connector.Permissions.Select(permission => permission.Name)));
        Assert.That(answer.Json.List("warningMessages"), Is.Empty);
    }
}
