using BenchmarkDotNet.Attributes;
using Psoxy.Benchmarks.Pages;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Sanitize;

namespace Psoxy.Benchmarks;

/// <summary>For the curious: each kind of page in each size, beside a bare scan of it.</summary>
[MemoryDiagnoser]
public class SanitizerBenchmarks
{
    private byte[] _page = [];
    private SanitizerPlan _plan = null!;
    private Pseudonymizer _pseudonymizer = null!;

    [Params("messages", "users", "events")]
    public string Kind { get; set; } = "";

    [Params(4 << 10, 1 << 20, 10 << 20)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var kind = GraphPage.All.Single(page => page.Name == Kind);
        (_page, _plan, _pseudonymizer) = (kind.OfSize(Bytes), kind.Plan(), Sanitizing.NewPseudonymizer());
    }

    [GlobalCleanup]
    public void End() => _pseudonymizer.Dispose();

    [Benchmark(Baseline = true)]
    public void Scan() => Sanitizing.Scan(_page);

    [Benchmark]
    public void Sanitize() => Sanitizing.Sanitize(_plan, _pseudonymizer, _page);
}
