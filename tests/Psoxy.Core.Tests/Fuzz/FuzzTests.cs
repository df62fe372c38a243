using System.Text;
using Psoxy.Fuzz.Engine;
using Psoxy.Fuzz.Targets;

namespace Psoxy.Core.Tests.Fuzz;

/// <summary>What the fuzzer once found stays fixed, a short run of each target finds nothing, and the fuzzer finds what is there.</summary>
public sealed class FuzzTests
{
    private const int ShortRun = 1500;

    private static IEnumerable<TestCaseData> CorpusFiles() =>
        from target in FuzzTargets.Names
        from file in CorpusFolder.Files(CorpusFolder.Built, target)
        select new TestCaseData(target, file).SetArgDisplayNames(target, Path.GetFileNameWithoutExtension(file));

    [TestCaseSource(nameof(CorpusFiles))]
    public void A_known_input_breaks_nothing(string target, string file) => Assert.That(() => FuzzTargets.Create(target).Run(File.ReadAllBytes(file)), Throws.Nothing);

    [TestCaseSource(typeof(FuzzTargets), nameof(FuzzTargets.Names))]
    public void Every_target_has_known_inputs(string target) => Assert.That(CorpusFolder.Files(CorpusFolder.Built, target), Is.Not.Empty);

    [TestCaseSource(typeof(FuzzTargets), nameof(FuzzTargets.Names))]
    public void A_short_run_finds_nothing(string target)
    {
        var run = Run(FuzzTargets.Create(target), seed: 20261124, ShortRun);

        Assert.That(run.Findings.Select(finding => $"{finding.Kind}: {finding.Message}"), Is.Empty);
        Assert.That(run.Outcomes, Is.GreaterThan(20), "inputs reach more than the first refusal");
    }

    [Test]
    public void A_fault_is_found_and_made_small()
    {
        var run = Run(new BrokenTarget(), seed: 1, 5000);

        var finding = run.Findings.Single();
        Assert.That((finding.Kind, Encoding.ASCII.GetString(finding.Input)), Is.EqualTo(("no bracket in a bracket", "((")));
        Assert.That(finding.FileName, Does.Match("^broken-[0-9a-f]{12}\\.bin$"));
    }

    [Test]
    public void The_same_seed_does_the_same_and_another_does_not()
    {
        var runs = new[] { 7, 7, 8 }.Select(seed =>
        {
            var tried = new List<string>();
            var run = new FuzzRun(new BrokenTarget(), seed) { Before = input => tried.Add(Convert.ToHexString(input)) };
            for (var count = 0; count < 200; count++) run.Step();
            return string.Join('\n', tried);
        }).ToList();

        Assert.That(runs[1], Is.EqualTo(runs[0]));
        Assert.That(runs[2], Is.Not.EqualTo(runs[0]));
    }

    private static FuzzRun Run(FuzzTarget target, int seed, int inputs)
    {
        var run = new FuzzRun(target, seed);
        for (var count = 0; count < inputs; count++) run.Step();
        return run;
    }

    /// <summary>A parser with a fault that one has to nest for.</summary>
    private sealed class BrokenTarget : FuzzTarget
    {
        public override string Name => "broken";

        public override IReadOnlyList<byte[]> Words { get; } = Texts.Words("(", ")");

        public override byte[] Generate(Random random) => Encoding.ASCII.GetBytes($"a{random.Next(1000)}()");

        public override string Run(ReadOnlyMemory<byte> input)
        {
            var text = Encoding.Latin1.GetString(input.Span);
            Must(!text.Contains("((", StringComparison.Ordinal), "no bracket in a bracket");
            return $"{text.Count(c => c == '(') % 8}";
        }
    }
}
