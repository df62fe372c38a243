using Psoxy.Core.Connectors;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>All cases of one connector, one after the other, over sockets of their own against one function process. The log is read when the process has ended, for then it is whole.</summary>
internal static class CorpusRun
{
    public static async Task<IReadOnlyList<CaseRun>> RunAsync(string connector, IReadOnlyList<CorpusCase> cases)
    {
        await using var fixture = await FunctionFixture.StartConnectorAsync(connector, ConnectorCatalog.Find(connector)!.FunctionClass);
        var places = await Places.FindAsync(fixture, connector, cases.SelectMany(each => (string[])[each.Row.Request, .. each.Row.Lines, each.Expected]));
        var runs = new List<CaseRun>(cases.Count);
        foreach (var each in cases) runs.Add(await RunAsync(fixture, places, each));
        await fixture.Function.StopAsync();

        var lines = new Queue<SummaryLine>(SummaryLine.AllIn(fixture.Function.Output).Skip(places.Asked));
        Assert.That(lines, Has.Count.EqualTo(runs.Sum(run => run.Answers.Count(answer => answer.IsOurs))), $"{connector}: each answer of the function has its log line, and each line its answer");
        var result = runs.ConvertAll(run => run with { Log = [.. run.Answers.Where(answer => answer.IsOurs).Select(_ => lines.Dequeue())] });
        Assert.That(result.Sum(run => run.Graph.Length), Is.EqualTo(fixture.Emulator.GraphRequests.Count - places.BeforeGraph), $"{connector}: Graph was asked when nobody looked");
        return result;
    }

    private static async Task<CaseRun> RunAsync(FunctionFixture fixture, Places places, CorpusCase each)
    {
        var emulator = fixture.Emulator;
        int Others() => emulator.EntraRequests.Count + emulator.MetadataRequests.Count + emulator.SecretManagerRequests.Count;
        var bytes = RawRequest.Of(each.Row, each.Spelling, places);
        var (graph, others) = (emulator.GraphRequests.Count, Others());
        var answers = await Conversation.HoldAsync(fixture.Function.Address, bytes);
        return new(each, bytes, places.Fill(each.Expected)) { Answers = answers, Graph = [.. emulator.GraphRequests.All.Skip(graph)], Others = Others() - others };
    }
}
