using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Psoxy.Core.Connectors;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>
/// Raw requests over sockets against the real function processes of all connectors, as attackers and as honest clients write them. Whether one passed is not what the
/// function says, but what Graph saw.
/// </summary>
public sealed class EvasionTests
{
    private const int EvasionsAtLeast = 400;
    private const int LegitimateAtLeast = 200;
    private const string Closed = "closed"; // without an answer
    private static readonly string[] Ours = ["Authorization", "Accept", "Accept-Encoding", "Host", "client-request-id", "ConsistencyLevel"];

    private readonly Dictionary<CorpusCase, CaseRun> _runs = [];
    private TimeSpan _duration;

    [OneTimeSetUp]
    public async Task RunAsync()
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var runs in await Task.WhenAll(ConnectorCatalog.All.Select(connector => CorpusRun.RunAsync(connector.Id, [.. CorpusCase.All.Where(each => each.Connector == connector.Id)]))))
            foreach (var run in runs) _runs.Add(run.Case, run);
        _duration = Stopwatch.GetElapsedTime(start);
    }

    // A row is one test for all its connectors and spellings: above two thousand tests the adapter runs the whole assembly, whatever is asked for.
    private static IEnumerable<TestCaseData> Rows(string kind) =>
        from row in CorpusCase.All.Where(each => each.Kind == kind).Select(each => each.Row).Distinct()
        select new TestCaseData(row).SetArgDisplayNames($"{row} {row.Technique}");

    [TestCaseSource(nameof(Rows), ["evasion"])]
    public void An_evasion_is_refused_for_its_reason_and_Graph_never_hears_of_it(object row)
    {
        foreach (var run in Of(row))
        {
            Assert.That((run.Graph.Length, run.Others), Is.EqualTo((0, 0)), $"it passed\n{run}");
            string[] expected = run.Expected == Closed ? [] : run.Expected.Split(" then ");
            Assert.That(run.Answers, Has.Length.EqualTo(expected.Length), $"answers: one for each request that the function is to see\n{run}");
            var line = 0;
            foreach (var (answer, each) in run.Answers.Zip(expected)) Refusal.Parse(each).AssertIs(answer, answer.IsOurs ? run.Log[line++] : null, run.ToString());
        }
    }

    [TestCaseSource(nameof(Rows), ["ignored"])]
    public void A_trick_changes_nothing_of_what_Graph_is_asked(object row) => AssertPassOnce(row);

    [TestCaseSource(nameof(Rows), ["legitimate"])]
    public void An_honest_request_reaches_Graph_once_in_its_canonical_form(object row) => AssertPassOnce(row);

    [Test]
    public void The_corpora_are_as_large_as_was_promised()
    {
        var passed = 0;
        TestContext.Out.WriteLine($"{"technique",-44} {"rows",6} {"requests",9} {"passed",7}");
        foreach (var technique in Of("evasion").GroupBy(run => run.Case.Row.Technique).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var here = technique.Count(run => run.Graph.Length > 0);
            passed += here;
            TestContext.Out.WriteLine($"{technique.Key,-44} {technique.Select(run => run.Case.Row).Distinct().Count(),6} {technique.Count(),9} {here,7}");
        }

        var (evasions, ignored, legitimate) = (Of("evasion"), Of("ignored"), Of("legitimate"));
        TestContext.Out.WriteLine($"evasions: {Count(evasions)} rows, {evasions.Count} requests, {passed} passed");
        TestContext.Out.WriteLine($"tricks that change nothing: {Count(ignored)} rows, {ignored.Count} requests, {ignored.Count(run => run.Graph.Length != 1)} changed something");
        TestContext.Out.WriteLine($"legitimate: {Count(legitimate)} rows, {legitimate.Count} requests, {legitimate.Count(run => run.Graph.Length != 1)} refused");
        TestContext.Out.WriteLine($"in {_duration.TotalSeconds:F1} s, six processes started and stopped included");
        Assert.That(Count(evasions), Is.AtLeast(EvasionsAtLeast));
        Assert.That(Count(legitimate), Is.AtLeast(LegitimateAtLeast));
        Assert.That(passed, Is.Zero);
    }

    private List<CaseRun> Of(string kind) => [.. _runs.Values.Where(run => run.Case.Kind == kind)];

    private IEnumerable<CaseRun> Of(object row) => _runs.Values.Where(run => ReferenceEquals(run.Case.Row, row));

    private static int Count(List<CaseRun> runs) => runs.Select(run => run.Case.Row).Distinct().Count();

    private void AssertPassOnce(object row)
    {
        foreach (var run in Of(row)) AssertPassesOnce(run);
    }

    private static void AssertPassesOnce(CaseRun run)
    {
        var (all, sent) = (run.ToString(), Encoding.Latin1.GetString(run.Sent));
        var (status, target) = run.Expected.Split(' ', 2) is [var number, var rest] ? (int.Parse(number, null), rest) : (200, run.Expected);
        Assert.That(run.Answers, Has.Length.EqualTo(1), all);
        Assert.That(run.Answers[0].Status, Is.EqualTo(status), all);
        Assert.That(run.Graph, Has.Length.EqualTo(1), all);
        Assert.That(run.Graph[0].Target, Does.Match("^" + Regex.Escape(target).Replace("\\{any}", "[^&]+", StringComparison.Ordinal) + "$"), all);
        Assert.That(run.Graph[0].Method, Is.EqualTo(IsHead(sent) ? "HEAD" : "GET"), all);
        Assert.That(run.Log[0].Decision, Is.EqualTo("Allowed"), all);
        Assert.That(run.Graph[0].Headers.Keys.Where(name => !name.StartsWith(':')), Is.SubsetOf(Ours).IgnoreCase, "no header of the caller's goes on\n" + all);
        Assert.That(run.Graph[0].Headers.GetValueOrDefault("ConsistencyLevel", "eventual"), Is.EqualTo("eventual"), all);
        Assert.That(sent, Does.Not.Contain(run.Graph[0].Headers["Authorization"]), "the token is ours\n" + all);
        Assert.That(run.Others, Is.Zero, all);
    }

    private static bool IsHead(string sent) => sent.StartsWith("HEAD ", StringComparison.Ordinal) || sent.Contains("\"method\":\"HEAD\"", StringComparison.Ordinal);
}
