using System.Diagnostics;
using Psoxy.Testing;

namespace Psoxy.Load;

/// <summary>What each process uses, over the run.</summary>
internal sealed class Samples(IReadOnlyDictionary<string, int> processes, Tally tally)
{
    private readonly List<(double Seconds, long Requests, IReadOnlyDictionary<string, ProcessSample> Uses)> _samples = [];
    private readonly long _start = Stopwatch.GetTimestamp();

    public async Task RunAsync(TimeSpan pause, CancellationToken stop)
    {
        Take();
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(pause, stop).ContinueWith(static _ => { }, TaskScheduler.Default);
            Take();
        }
    }

    /// <summary>The first and the last fifth after a fifth to warm up: of a run of five minutes the second and the fifth minute.</summary>
    public IReadOnlyList<ProcessReport> Reports()
    {
        var total = _samples[^1].Seconds;
        var (first, last) = (Between(total * 0.2, total * 0.4), Between(total * 0.8, total));
        return
        [
            .. processes.Keys.Select(name => new ProcessReport(
                name,
                Mean(first, name, use => use.RssBytes / 1048576.0),
                Mean(last, name, use => use.RssBytes / 1048576.0),
                _samples[^1].Uses[name].PeakRssBytes / 1048576.0,
                Mean(first, name, use => use.Handles),
                Mean(last, name, use => use.Handles),
                Mean(first, name, use => use.Threads),
                Mean(last, name, use => use.Threads),
                (_samples[^1].Uses[name].Processor - _samples[0].Uses[name].Processor).TotalSeconds / total)),
        ];
    }

    /// <summary>A line for each minute: requests per second, and each process's memory, handles and threads at its end.</summary>
    public IReadOnlyList<MinuteReport> Minutes()
    {
        var minutes = new List<MinuteReport>();
        var before = _samples[0];
        foreach (var sample in _samples.Skip(1).Where((sample, index) => index == _samples.Count - 2 || (int)(sample.Seconds / 60) > (int)(_samples[index].Seconds / 60)))
        {
            if (sample.Seconds - before.Seconds < 1) continue;
            minutes.Add(new(
                sample.Seconds,
                (sample.Requests - before.Requests) / (sample.Seconds - before.Seconds),
                sample.Uses.ToDictionary(use => use.Key, use => $"{use.Value.RssBytes >> 20} MiB, {use.Value.Handles} handles, {use.Value.Threads} threads")));
            before = sample;
        }

        return minutes;
    }

    private void Take() => _samples.Add((Stopwatch.GetElapsedTime(_start).TotalSeconds, tally.Requests, processes.ToDictionary(process => process.Key, process => ProcessSample.Of(process.Value))));

    private List<IReadOnlyDictionary<string, ProcessSample>> Between(double from, double until)
    {
        var some = _samples.Where(sample => sample.Seconds >= from && sample.Seconds <= until).Select(sample => sample.Uses).ToList();
        return some.Count > 0 ? some : [_samples[^1].Uses];
    }

    private static double Mean(List<IReadOnlyDictionary<string, ProcessSample>> samples, string name, Func<ProcessSample, double> what) => samples.Average(sample => what(sample[name]));
}
