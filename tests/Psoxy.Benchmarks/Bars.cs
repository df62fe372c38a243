using System.Globalization;
using Psoxy.Benchmarks.Throughput;

namespace Psoxy.Benchmarks;

/// <summary>The bars of the design: each measured in this run, as ratios where a machine's speed would count.</summary>
internal static class Bars
{
    private static readonly IReadOnlyList<(string Name, Func<Task> Run)> Groups =
    [
        ("sanitizer", () => Task.Run(SanitizerBars.Run)),
        ("memory", () => Task.Run(MemoryBars.Run)),
        ("gate", () => Task.Run(GateBars.Run)),
        ("start", StartBars.RunAsync),
        ("throughput", ThroughputBars.RunAsync),
    ];

    private static bool _short;

    /// <summary>Measures the groups that are named, or all.</summary>
    /// <returns>0, 1 if a bar is short, 2 if a name is none.</returns>
    public static async Task<int> RunAsync(IReadOnlyCollection<string> names)
    {
        if (names.Except(Groups.Select(group => group.Name)).ToList() is [_, ..] unknown)
        {
            await Console.Error.WriteLineAsync($"bars: no such group: {string.Join(", ", unknown)}. Groups: {string.Join(", ", Groups.Select(group => group.Name))}.");
            return 2;
        }

        foreach (var (_, run) in Groups.Where(group => names.Count == 0 || names.Contains(group.Name))) await run();
        return _short ? 1 : 0;
    }

    /// <summary>A line "name value bar ok|SHORT".</summary>
    public static void AtLeast(string name, double value, double bar) => Print(name, value, $">={bar.ToString(CultureInfo.InvariantCulture)}", value >= bar);

    /// <summary>A line "name value bar ok|SHORT".</summary>
    public static void AtMost(string name, double value, double bar) => Print(name, value, $"<={bar.ToString(CultureInfo.InvariantCulture)}", value <= bar);

    /// <summary>A figure without a bar.</summary>
    public static void Figure(string name, double value) => Console.WriteLine($"{name} {value.ToString("0.###", CultureInfo.InvariantCulture)} - -");

    private static void Print(string name, double value, string bar, bool ok)
    {
        _short |= !ok;
        Console.WriteLine($"{name} {value.ToString("0.###", CultureInfo.InvariantCulture)} {bar} {(ok ? "ok" : "SHORT")}");
    }
}
