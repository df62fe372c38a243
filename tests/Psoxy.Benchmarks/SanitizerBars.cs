using System.Diagnostics;
using Psoxy.Benchmarks.Pages;
using Psoxy.Core.Connectors;

namespace Psoxy.Benchmarks;

/// <summary>Throughput beside a bare scan of the same bytes; allocation.</summary>
internal static class SanitizerBars
{
    private const int Page = 10 << 20;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1);

    public static void Run()
    {
        var messages = GraphPage.Messages.OfSize(Page);
        var plan = GraphPage.Messages.Plan();
        var first = Stopwatch.StartNew();
        using (var fresh = Sanitizing.NewPseudonymizer()) Sanitizing.Sanitize(plan, fresh, messages);
        Bars.Figure("sanitize-first-run-ms", first.Elapsed.TotalMilliseconds);

        foreach (var page in GraphPage.All.Where(page => ConnectorCatalog.Find(page.Connector) is not null)) Throughput(page);
    }

    // The machine is shared: of many rounds, each a scan and a run on the same bytes, the fastest of either count.
    private static void Throughput(GraphPage kind)
    {
        var plan = kind.Plan();
        var page = kind.OfSize(Page);
        using var pseudonymizer = Sanitizing.NewPseudonymizer();
        var (scan, warm) = (Best(() => Sanitizing.Scan(page)), Best(() => Sanitizing.Sanitize(plan, pseudonymizer, page)));
        for (var more = 0; more < 2; more++)
        {
            if (Best(() => Sanitizing.Scan(page)) is var again && again < scan) scan = again;
            if (Best(() => Sanitizing.Sanitize(plan, pseudonymizer, page)) is var once && once < warm) warm = once;
        }

        var cold = Best(() =>
        {
            using var fresh = Sanitizing.NewPseudonymizer();
            var watch = Stopwatch.StartNew();
            Sanitizing.Sanitize(plan, fresh, page);
            return watch.Elapsed;
        });

        if (kind == GraphPage.Messages) Bars.AtLeast("sanitize-vs-scan-warm", scan / warm, 0.5);
        else Bars.Figure($"sanitize-vs-scan-warm-{kind.Name}", scan / warm);
        Bars.Figure($"sanitize-vs-scan-cold-{kind.Name}", scan / cold);
        Bars.Figure($"sanitize-MB-per-s-{kind.Name}", page.Length / 1e6 / warm.TotalSeconds);
        Bars.Figure($"sanitize-allocated-KB-per-MB-{kind.Name}", Allocated(() => Sanitizing.Sanitize(plan, pseudonymizer, page)) / (page.Length / 1048576.0));
        var small = kind.OfSize(4096);
        Bars.Figure($"sanitize-4KB-microseconds-{kind.Name}", Best(() => Sanitizing.Sanitize(plan, pseudonymizer, small)).TotalMicroseconds);
        Bars.Figure($"sanitize-4KB-allocated-KB-{kind.Name}", Allocated(() => Sanitizing.Sanitize(plan, pseudonymizer, small)));
    }

    private static double Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0;
    }

    private static TimeSpan Best(Action action) => Best(() =>
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed;
    });

    private static TimeSpan Best(Func<TimeSpan> round)
    {
        var best = TimeSpan.MaxValue;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Each / 2;)
        {
            var time = round();
            if (time < best) best = time;
        }

        return best;
    }
}
