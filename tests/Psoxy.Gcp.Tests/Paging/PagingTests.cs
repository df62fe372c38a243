using System.Net;
using Psoxy.Core.Connectors;
using Psoxy.Core.Pseudonyms;
using Psoxy.Emulator;
using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Paging;

/// <summary>Every collection of every connector to its end, whatever goes wrong on the way: each row once, in Graph's order.</summary>
[TestFixtureSource(nameof(Variants))]
public sealed class PagingTests(string id, bool pseudonymizesIds)
{
    private const string Error = "{\"error\":{\"code\":\"ServiceUnavailable\",\"message\":\"Kanarie\"}}";

    // What the tenant has beside what the rules return.
    private const string NotReturned = "$expand=participants,operations";

    private static readonly ScriptedAnswer[] Faults =
    [
        ScriptedAnswer.Of(Error, "Content-Type: application/json", "Retry-After: 0") with { Status = "429 Too Many Requests" },
        ScriptedAnswer.Of(Error, "Content-Type: application/json", "Retry-After: 0") with { Status = "503 Service Unavailable" },
        ScriptedAnswer.Of("{\"value\":[{\"id\":\"kanarie\"}"),
        ScriptedAnswer.Of("{\"value\":[" + string.Join(',', Enumerable.Repeat("{\"id\":\"kanarie\"}", 400)) + ",{\"id"),
    ];

    private FunctionFixture _fixture = null!;

    private static IEnumerable<TestFixtureData> Variants() => ConnectorCatalog.All.SelectMany(connector => new[] { new TestFixtureData(connector.Id, false), new TestFixtureData(connector.Id, true) });

    [OneTimeSetUp]
    public async Task StartAsync() => _fixture = await FunctionFixture.StartAsync(
        new EmulatorOptions { GrantedRoles = [.. ConnectorCatalog.Find(id)!.Permissions.Select(permission => permission.Name)] },
        ("FUNCTION_TARGET", ConnectorCatalog.Find(id)!.FunctionClass),
        ("SOURCE", id),
        ("PSEUDONYMIZE_APP_IDS", pseudonymizesIds ? "true" : "false"),
        ("RESPONSE_BUFFER_BYTES", "1500"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    [Test]
    public async Task Every_row_comes_once_whatever_goes_wrong_on_the_way()
    {
        var (collections, pages, repeats, fault) = (0, 0, 0, 0);
        foreach (var target in Targets())
        {
            using var graph = _fixture.Emulator.CreateGraphClient();
            graph.DefaultRequestHeaders.Add("ConsistencyLevel", "eventual");
            var source = new Walk(async asked => await graph.GetStringAsync(asked));
            if (!await source.RunAsync(target)) continue;
            var ours = Tokenized(target);
            var (calm, rough) = (Walk.Through(_fixture), Walk.Through(_fixture));

            Assert.That(await calm.RunAsync(ours), target);
            Assert.That(await rough.RunAsync(ours, _ => [Faults[fault++ % Faults.Length]], _fixture.Emulator.GraphScript), target);

            Assert.That(Originals(calm, source), Is.EqualTo(source.Ids), target);
            Assert.That(calm.Ids.Where(row => row is not null), Is.Unique, target);
            Assert.That(rough.Pages, Is.EqualTo(calm.Pages), target + ": byte for byte, links and their sealed marks included");
            Assert.That(rough.DeltaTarget is null, Is.EqualTo(source.DeltaTarget is null), target);
            (collections, pages, repeats) = (collections + 1, pages + calm.Pages.Count, repeats + rough.Repeats);
        }

        Assert.That(collections, Is.AtLeast(1));
        Assert.That(repeats, Is.GreaterThan(0), "something went wrong");
        TestContext.Out.WriteLine($"{id}, pseudonymous ids {pseudonymizesIds}: {collections} collections, {pages} pages, {repeats} pages asked for again");
    }

    // Each sample as it is, and in short pages where the rules allow to ask for those.
    private IEnumerable<string> Targets()
    {
        foreach (var target in _fixture.Emulator.Tenant.Samples.Where(sample => sample.ConnectorId == id && !sample.Target.Contains(NotReturned, StringComparison.Ordinal)).Select(sample => sample.Target))
        {
            yield return target;
            if (target.Contains("$top", StringComparison.Ordinal)) continue;
            var shorter = target + (target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "$top=3";
            if (MayAsk(shorter)) yield return shorter;
        }
    }

    private bool MayAsk(string target)
    {
        using var graph = _fixture.Emulator.CreateGraphClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        using var response = graph.Send(request);
        return response.StatusCode == HttpStatusCode.OK && _fixture.SendAsync(Tokenized(target)).GetAwaiter().GetResult().Status == 200;
    }

    // Where ids are pseudonymous, people, chats and meetings are asked for by their tokens.
    private string Tokenized(string target)
    {
        if (!pseudonymizesIds) return target;
        using var pseudonymizer = Pseudonymizer();
        var segments = target.Split('?')[0].Split('/');
        for (var at = 1; at < segments.Length; at++)
            if (segments[at - 1] is "users" or "chats" or "onlineMeetings") segments[at] = pseudonymizer.Tokenize(Uri.UnescapeDataString(segments[at]));
        return string.Join('/', segments) + target[target.Split('?')[0].Length..];
    }

    // Ids of people are tokens where ids are pseudonymous, or hashes, which only their original makes again; all others are Graph's.
    private static List<string?> Originals(Walk walk, Walk source)
    {
        using var pseudonymizer = Pseudonymizer();
        var hashes = source.Ids.OfType<string>().Distinct().ToDictionary(pseudonymizer.HashToken);
        return [.. walk.Ids.Select(row => row is null ? null : pseudonymizer.TryReverse(row, out var original) ? original : hashes.GetValueOrDefault(row, row))];
    }

    private static Pseudonymizer Pseudonymizer() => new(PseudonymKey.Create("emulator-salt"u8, "emulator-key"u8), new PseudonymOptions());
}
