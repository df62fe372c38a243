using Psoxy.Emulator;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>No way there: nobody listens, packets vanish, or the name is not known.</summary>
[Parallelizable(ParallelScope.Children)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NetworkFaultTests
{
    private const string Expected = "503 CONNECTION_TO_SOURCE";

    [Test]
    public async Task A_closed_port_is_told_and_an_open_one_noticed([Values("metadata", "Entra", "Secret Manager", "Graph")] string dependency) =>
        await CheckAsync(dependency, "closed port", stalls: false);

    [Test]
    public async Task Packets_that_vanish_are_told_and_their_return_noticed([Values("metadata", "Entra", "Secret Manager", "Graph")] string dependency) =>
        await CheckAsync(dependency, "unroutable", stalls: true);

    [Test]
    public async Task A_name_that_is_not_known_is_told([Values("metadata", "Entra", "Secret Manager", "Graph")] string dependency)
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("WARM_UP", "false"), Variable(dependency, "nosuch.invalid"));

        var outcome = await Outcome.OfAsync(fixture.Client, FaultChecks.Users);

        FaultTable.Add(dependency, "cold", "unknown name", outcome.ToString());
        FaultTable.Add(dependency, "warm", "unknown name", "– the name is asked for once a connection; connected, nothing is asked");
        await FaultChecks.AssertHarmlessAsync(outcome, Expected, await fixture.GraphAsync(FaultChecks.Users), fixture.Function);
        Assert.That((await fixture.SendAsync("/v1.0/nothing")).Error, Is.EqualTo("BLOCKED_BY_RULES"), "the next request works, as far as it needs no name");
    }

    private static async Task CheckAsync(string dependency, string fault, bool stalls)
    {
        await using var emulator = await EmulatorHost.StartAsync();
        var there = new Uri(dependency == "Secret Manager" ? Environment(emulator, dependency) : "https://" + Environment(emulator, dependency)).Port;
        using var path = new NetworkPath(there);
        if (stalls) await path.StallAsync();
        await using var function = await FunctionProcess.StartAsync(
            FunctionFixture.FunctionAssembly, FunctionFixture.Environment(emulator, ("WARM_UP", "false"), Variable(dependency, $"localhost:{path.Port}")));
        using var client = new HttpClient { BaseAddress = function.Address };
        using var graph = emulator.CreateGraphClient();
        var source = await graph.GetStringAsync(FaultChecks.Users);

        var outcome = await Outcome.OfAsync(client, FaultChecks.Users);

        FaultTable.Add(dependency, "cold", fault, outcome.ToString());
        await FaultChecks.AssertHarmlessAsync(outcome, Expected, source, function);
        path.Open();
        var next = await Outcome.OfAsync(client, FaultChecks.Users);
        await FaultChecks.AssertHarmlessAsync(next, "200", source, function);
        FaultChecks.AssertRows(source, next.Answer.Body);
    }

    private static (string Name, string? Value) Variable(string dependency, string host) => dependency switch
    {
        "metadata" => ("GCE_METADATA_HOST", host),
        "Entra" => ("LOGIN_HOST", host),
        "Graph" => ("TARGET_HOST", host),
        _ => ("SECRET_MANAGER_ENDPOINT", (host.StartsWith("localhost", StringComparison.Ordinal) ? "http://" : "https://") + host),
    };

    private static string Environment(EmulatorHost emulator, string dependency) => FunctionFixture.Environment(emulator)[Variable(dependency, "").Name];
}
