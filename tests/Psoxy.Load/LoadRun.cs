using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;
using HdrHistogram;
using Psoxy.Emulator;
using Psoxy.Testing;

namespace Psoxy.Load;

/// <summary>One run: starts the processes, lets the callers loose, and says what came of it.</summary>
internal static class LoadRun
{
    // Memory that is collected rises and falls; handles and threads of pools come and go. What leaks goes on growing.
    private const double MemoryFactor = 1.2;
    private const double MemoryMegabytes = 24;
    private const double MoreHandles = 32;
    private const double MoreThreads = 16;

    // Below this, memory and pools are still on their way to where they stay.
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(4);

    // Back-pressure is an answer, but not what a load that was chosen to be borne should meet.
    private const double MostWaits = 0.01;

    private static string FunctionAssembly => typeof(LoadRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "FunctionAssembly").Value!;

    public static async Task<LoadReport> RunAsync(LoadOptions options, TextWriter progress)
    {
        var tally = new Tally();
        var functions = new Dictionary<string, FunctionProcess>(StringComparer.Ordinal);
        using var emulator = await EmulatorProcess.StartAsync();
        await using var receiver = options.HasTelemetry ? await TelemetryReceiver.StartAsync(take: tally.CheckTelemetry) : null;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.GZip }) { Timeout = TimeSpan.FromMinutes(4) };
        try
        {
            var plans = new List<(Plan Plan, Uri Function)>();
            foreach (var (id, environment) in emulator.About.Environments)
            {
                var function = functions[id] = await FunctionProcess.StartAsync(FunctionAssembly, With(environment, receiver), take: tally.CheckLine);
                plans.Add((await Plan.MakeAsync(id, emulator.About.Requests.Where(request => request.ConnectorId == id), client, function.Address), function.Address));
                await progress.WriteLineAsync($"{id}: {plans[^1].Plan.Steps.Count} kinds of requests");
            }

            var processes = functions.ToDictionary(function => function.Key, function => function.Value.Id);
            processes["(emulator)"] = emulator.Id;
            processes["(callers)"] = Environment.ProcessId;
            var samples = new Samples(processes, tally);
            var watch = Stopwatch.StartNew();
            using var stop = new CancellationTokenSource(options.Time);
            var sampling = samples.RunAsync(TimeSpan.FromSeconds(Math.Clamp(options.Time.TotalSeconds / 20, 0.2, 5)), stop.Token);
            await Task.WhenAll(Enumerable.Range(0, options.Concurrency).Select(number => Task.Run(() => new Caller(plans, client, tally, options.Seed * 10_000 + number).RunAsync(stop.Token))));
            await sampling;
            return Report(options, tally, samples, watch.Elapsed);
        }
        finally
        {
            foreach (var function in functions.Values) await function.DisposeAsync();
        }
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> environment, TelemetryReceiver? receiver)
    {
        var changed = new Dictionary<string, string>(environment);
        foreach (var (name, value) in receiver?.Environment ?? [])
            if (value is not null) changed[name] = value;
        return changed;
    }

    private static LoadReport Report(LoadOptions options, Tally tally, Samples samples, TimeSpan elapsed)
    {
        var all = new LongConcurrentHistogram(1, (long)TimeSpan.FromMinutes(10).TotalMicroseconds, 3);
        var latencies = new List<LatencyReport>();
        foreach (var (name, times) in tally.Times)
        {
            latencies.Add(Latency(name, times));
            if (name[0] != '(') all.Add(times);
        }

        latencies.Add(Latency("all connectors", all));
        var processes = samples.Reports();
        return new(
            elapsed.TotalSeconds,
            options.Concurrency,
            tally.Requests,
            tally.Requests / elapsed.TotalSeconds,
            latencies,
            tally.Outcomes,
            tally.Errors,
            tally.CanariesIn,
            tally.CanariesOut,
            tally.LogLines,
            tally.CanariesLogged,
            tally.TelemetryMessages,
            tally.CanariesExported,
            tally.Bytes / 1e6,
            processes,
            samples.Minutes(),
            elapsed >= LongEnough,
            [.. Problems(options, tally, processes, elapsed >= LongEnough)]);
    }

    private static IEnumerable<string> Problems(LoadOptions options, Tally tally, IReadOnlyList<ProcessReport> processes, bool isLong)
    {
        if (tally.Errors.Values.Sum() is > 0 and var errors) yield return Text($"{errors} errors");
        if (tally.Requests == 0) yield return "no request was answered";
        if (tally.CanariesIn == 0) yield return "no canary was in Graph's answers, so that none came out proves nothing";
        if (tally.CanariesOut > 0) yield return Text($"{tally.CanariesOut} answers hold a canary");
        if (tally.CanariesLogged > 0) yield return Text($"{tally.CanariesLogged} log lines hold a canary");
        if (tally.CanariesExported > 0) yield return Text($"{tally.CanariesExported} messages of traces and metrics hold a canary");
        if (options.HasTelemetry && tally.TelemetryMessages == 0) yield return "no traces and no metrics came, so that no canary is in them proves nothing";
        if (tally.Outcomes.GetValueOrDefault("asked to wait") > tally.Requests * MostWaits) yield return Text($"more than {MostWaits:P0} of the callers were asked to wait");
        foreach (var use in processes.Where(use => use.Name[0] != '('))
        {
            if (isLong && use.LastMegabytes > use.FirstMegabytes * MemoryFactor + MemoryMegabytes) yield return Text($"{use.Name}: memory grew from {use.FirstMegabytes:F0} to {use.LastMegabytes:F0} MiB");
            if (use.LastHandles > use.FirstHandles + MoreHandles) yield return Text($"{use.Name}: handles grew from {use.FirstHandles:F0} to {use.LastHandles:F0}");
            if (isLong && use.LastThreads > use.FirstThreads + MoreThreads) yield return Text($"{use.Name}: threads grew from {use.FirstThreads:F0} to {use.LastThreads:F0}");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static LatencyReport Latency(string name, HistogramBase times)
    {
        double At(double percentile) => times.TotalCount == 0 ? 0 : times.GetValueAtPercentile(percentile) / 1000.0;
        return new(name, times.TotalCount, At(50), At(95), At(99), At(99.9), At(100));
    }
}
