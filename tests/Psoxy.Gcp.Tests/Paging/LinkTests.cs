using System.Text;
using Psoxy.Emulator;
using Psoxy.Emulator.Faults;
using Psoxy.Gcp.Tests.Replies;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Paging;

/// <summary>A link that was given out: how long it is good, and what becomes of one that cannot be.</summary>
public sealed class LinkTests
{
    private const string First = "/v1.0/users?$top=10";
    private FunctionFixture _fixture = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _fixture = await FunctionFixture.StartAsync(null, ("RESPONSE_BUFFER_BYTES", "1500"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    [Test]
    public async Task A_sealed_mark_is_the_same_each_time_and_says_nothing()
    {
        var source = await _fixture.GraphAsync(First);

        var (one, two) = (await _fixture.SendAsync(First), await _fixture.SendAsync(First));

        Assert.That(Canaries.FindIn(Link(source)), Is.Not.Null, "Graph's mark holds the last row's name");
        Assert.That(Canaries.FindIn(Link(one.Body)), Is.Null);
        Assert.That(Link(one.Body), Does.Contain("$skiptoken=p~").And.EqualTo(Link(two.Body)));
    }

    [Test]
    public async Task A_link_outlives_the_process_and_not_the_key()
    {
        var link = Link((await _fixture.SendAsync(First)).Body);
        var next = await _fixture.SendAsync(link);

        await using var again = await FunctionProcess.StartAsync(FunctionFixture.FunctionAssembly, FunctionFixture.Environment(_fixture.Emulator));
        await using var other = await FunctionProcess.StartAsync(FunctionFixture.FunctionAssembly, FunctionFixture.Environment(_fixture.Emulator, ("PSOXY_ENCRYPTION_KEY", "another key")));
        var (kept, refused) = (await Received.ReadAsync(again.Address, link), await Received.ReadAsync(other.Address, link));

        Assert.That(Encoding.UTF8.GetString(kept.Body), Is.EqualTo(next.Body), "the same page");
        Assert.That(refused.Head, Does.StartWith("HTTP/1.1 409 ").And.Contain("TOKENIZED_REQUEST_PARAMETER_INVALID"));
        Assert.That(Encoding.UTF8.GetString(refused.Body), Does.Not.Contain("Directory_ExpiredPageToken"));
    }

    [TestCase("\"https://graph.microsoft.com/v1.0/users?$skiptoken=%zz-kanarie\"")]
    [TestCase("\"Kanarie\"")]
    [TestCase("5")]
    [TestCase("{\"kanarie\":1}")]
    public async Task A_link_that_cannot_be_read_is_a_fault_and_not_the_end(string link)
    {
        var within = await AskAsync($$"""{"value":[{"id":"1"}],"@odata.nextLink":{{link}}}""");
        var behind = await AskAsync($$"""{"value":[{{string.Join(',', Enumerable.Repeat("{\"id\":\"kanarie\"}", 9000))}}],"@odata.nextLink":{{link}}}""");

        Assert.That(within.Head, Does.StartWith("HTTP/1.1 502 ").And.Contain("API_ERROR"));
        Assert.That(Encoding.UTF8.GetString(within.Body), Does.Contain("cannot be read"));
        Assert.That(behind.Head, Does.StartWith("HTTP/1.1 200 "));
        Assert.That(behind.IsWhole, Is.False, "the connection breaks");
    }

    [Test]
    public async Task A_delta_tells_nothing_more_until_something_changes()
    {
        await using var fixture = await FunctionFixture.StartConnectorAsync("msft-onedrive", "Psoxy.Gcp.OneDriveFunction");
        var target = fixture.Emulator.Tenant.Samples.Single(sample => sample.Target.EndsWith("/root/delta", StringComparison.Ordinal)).Target;
        var all = Walk.Through(fixture);
        Assert.That(await all.RunAsync(target));
        Assert.That(all.DeltaTarget, Does.Contain("p~"));
        var drive = target.Split('/')[3];

        var (before, after) = (Walk.Through(fixture), Walk.Through(fixture));
        await before.RunAsync(all.DeltaTarget!);
        var deleted = all.Ids.Reverse().First(item => fixture.Emulator.Tenant.DeleteItem(drive, item!));
        await after.RunAsync(all.DeltaTarget!);

        Assert.That(before.Ids, Is.Empty);
        Assert.That(after.Ids, Is.EqualTo(new[] { deleted }));
        fixture.Emulator.Tenant.ExpireDeltaLinks();
        var expired = await fixture.SendAsync(all.DeltaTarget!);
        Assert.That((expired.Status, expired.Error), Is.EqualTo((410, "API_ERROR")), "the client has to start afresh");
    }

    private async Task<Received> AskAsync(string graph)
    {
        _fixture.Emulator.GraphScript.Add(ScriptedAnswer.Of(graph));
        return await Received.ReadAsync(_fixture.Function.Address, First);
    }

    private static string Link(string page) => new Uri(System.Text.Json.JsonDocument.Parse(page).RootElement.GetProperty("@odata.nextLink").GetString()!).PathAndQuery;
}
