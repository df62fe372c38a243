using System.Diagnostics;
using System.Globalization;
using Psoxy.Fuzz.Engine;
using Psoxy.Fuzz.Targets;

namespace Psoxy.Fuzz;

/// <summary>Runs targets and tells people what came of it.</summary>
internal sealed class FuzzSession(DirectoryInfo corpus, DirectoryInfo findings, TextWriter output)
{
    /// <summary>Exit code of a usage that is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Tries one input again.</summary>
    /// <returns>Exit code.</returns>
    public static int Replay(string name, FileInfo file, TextWriter output)
    {
        if (name == "all" || !file.Exists)
        {
            output.WriteLine(name == "all" ? "--replay needs one target" : $"{file} does not exist");
            return Usage;
        }

        try
        {
            output.WriteLine($"{name} ok: {FuzzTargets.Create(name).Run(File.ReadAllBytes(file.FullName))}");
            return 0;
        }
        catch (Exception fault)
        {
            output.WriteLine($"{name} {FuzzFinding.KindOf(fault)}\n{fault}");
            return 1;
        }
    }

    /// <summary>Attacks a target and prints a line about it, and one for each finding.</summary>
    /// <returns>How many findings.</returns>
    public int Run(FuzzTarget target, int seed, TimeSpan time, long inputs)
    {
        using var last = new LastInput(findings, target);
        var run = new FuzzRun(target, seed) { Before = last.Write };
        foreach (var file in CorpusFolder.Files(corpus.FullName, target.Name)) run.Seed(File.ReadAllBytes(file));
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time && run.Inputs < inputs) run.Step();
        var rate = run.Inputs / watch.Elapsed.TotalSeconds;
        var slowest = run.Slowest();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Name}: seed {seed}, {run.Inputs} inputs, {rate:0} a second, {run.Outcomes} outcomes, "
            + $"{run.Findings.Count} findings{(run.Unsteady == 0 ? "" : $", {run.Unsteady} not seen again")}; slowest {slowest.Microseconds / 1000:0.00} ms for {slowest.Input.Length} bytes"));
        foreach (var finding in run.Findings)
        {
            var file = Path.Combine(findings.FullName, finding.FileName);
            File.WriteAllBytes(file, finding.Input);
            output.WriteLine($"  {finding.Kind} (seed {finding.Seed}, input {finding.Number}): {file}\n    {finding.Message.ReplaceLineEndings(" ")}");
        }

        return run.Findings.Count;
    }
}
