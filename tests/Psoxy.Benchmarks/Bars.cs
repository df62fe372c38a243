using System.Globalization;
using Psoxy.Benchmarks.Throughput;

namespace Psoxy.Benchmarks;

/// <summary>The bars of the design: each measured in this run, as ratios where a machine's speed would count.</summary>
internal static class Bars
{
    private static bool _short;

    public static async Task<int> RunAsync()
    {
        SanitizerBars.Run();
        MemoryBars.Run();
        GateBars.Run();
        await StartBars.RunAsync();
        await ThroughputBars.RunAsync();
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
