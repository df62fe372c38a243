using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using HdrHistogram;
using Psoxy.Emulator;

namespace Psoxy.Load;

/// <summary>What has come of the requests so far. Any caller may count at any time.</summary>
internal sealed class Tally
{
    private static readonly long MostMicroseconds = (long)TimeSpan.FromMinutes(10).TotalMicroseconds;
    private readonly ConcurrentDictionary<string, LongConcurrentHistogram> _times = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _errors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private long _canariesIn;
    private long _canariesOut;
    private long _canariesLogged;
    private long _bytes;
    private long _requests;
    private long _lines;
    private long _telemetry;
    private long _canariesExported;

    public long Requests => Interlocked.Read(ref _requests);

    public long Bytes => Interlocked.Read(ref _bytes);

    public long LogLines => Interlocked.Read(ref _lines);

    /// <summary>Canaries in what Graph answered, at the least: pages after the first are not counted.</summary>
    public long CanariesIn => Interlocked.Read(ref _canariesIn);

    /// <summary>Answers with one in body or headers.</summary>
    public long CanariesOut => Interlocked.Read(ref _canariesOut);

    /// <summary>Log lines with one.</summary>
    public long CanariesLogged => Interlocked.Read(ref _canariesLogged);

    /// <summary>Messages of traces and metrics.</summary>
    public long TelemetryMessages => Interlocked.Read(ref _telemetry);

    /// <summary>Of them, those with one.</summary>
    public long CanariesExported => Interlocked.Read(ref _canariesExported);

    public IReadOnlyDictionary<string, long> Errors => _errors;

    public IReadOnlyDictionary<string, long> Outcomes => _outcomes;

    public IEnumerable<KeyValuePair<string, LongConcurrentHistogram>> Times => _times.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    public void Time(string row, long since)
    {
        Interlocked.Increment(ref _requests);
        var microseconds = Math.Clamp((long)Stopwatch.GetElapsedTime(since).TotalMicroseconds, 1, MostMicroseconds);
        _times.GetOrAdd(row, static _ => new LongConcurrentHistogram(1, MostMicroseconds, 3)).RecordValue(microseconds);
    }

    public void Outcome(string kind) => _outcomes.AddOrUpdate(kind, 1, static (_, count) => count + 1);

    public void Error(string kind) => _errors.AddOrUpdate(kind, 1, static (_, count) => count + 1);

    /// <summary>Looks through all that a caller got.</summary>
    public void Check(string everything, int canaries)
    {
        Interlocked.Add(ref _bytes, everything.Length);
        Interlocked.Add(ref _canariesIn, canaries);
        if (Canaries.FindIn(everything) is not null) Interlocked.Increment(ref _canariesOut);
    }

    /// <summary>Looks through a line of a function's.</summary>
    public void CheckLine(string line)
    {
        Interlocked.Increment(ref _lines);
        if (Canaries.FindIn(line) is not null) Interlocked.Increment(ref _canariesLogged);
        if (line.Contains(" bug: ", StringComparison.Ordinal)) Error("a bug, says the log");
    }

    /// <summary>Looks through a message of traces or metrics: text stands in protobuf as it is.</summary>
    public void CheckTelemetry(byte[] message)
    {
        Interlocked.Increment(ref _telemetry);
        if (Canaries.FindIn(Encoding.UTF8.GetString(message)) is not null) Interlocked.Increment(ref _canariesExported);
    }
}
