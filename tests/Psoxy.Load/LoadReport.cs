using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Psoxy.Load;

/// <summary>What a run came to.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Concurrency">Callers at once.</param>
/// <param name="Requests">Requests that were answered.</param>
/// <param name="RequestsPerSecond">Of them, per second.</param>
/// <param name="Latencies">Per connector and in all.</param>
/// <param name="Outcomes">Requests by what came of them.</param>
/// <param name="Errors">Errors by kind.</param>
/// <param name="CanariesInSource">Canaries in Graph's answers, at the least.</param>
/// <param name="AnswersWithCanary">Answers in whose body or headers one was.</param>
/// <param name="LogLines">Lines that the functions wrote.</param>
/// <param name="LogLinesWithCanary">Of them, those in which one was.</param>
/// <param name="TelemetryMessages">Messages of traces and metrics.</param>
/// <param name="TelemetryWithCanary">Of them, those in which one was.</param>
/// <param name="Megabytes">Text of answers that was looked through.</param>
/// <param name="Processes">What each process used.</param>
/// <param name="Minutes">The run, minute by minute.</param>
/// <param name="IsLongEnough">Whether it was long enough to tell whether memory grows.</param>
/// <param name="Problems">Why the run failed; empty if all is well.</param>
internal sealed record LoadReport(
    double Seconds,
    int Concurrency,
    long Requests,
    double RequestsPerSecond,
    IReadOnlyList<LatencyReport> Latencies,
    IReadOnlyDictionary<string, long> Outcomes,
    IReadOnlyDictionary<string, long> Errors,
    long CanariesInSource,
    long AnswersWithCanary,
    long LogLines,
    long LogLinesWithCanary,
    long TelemetryMessages,
    long TelemetryWithCanary,
    double Megabytes,
    IReadOnlyList<ProcessReport> Processes,
    IReadOnlyList<MinuteReport> Minutes,
    bool IsLongEnough,
    IReadOnlyList<string> Problems)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string ToText()
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"{Requests} requests in {Seconds:F0} s with {Concurrency} callers: {RequestsPerSecond:F0} per second");
        Line($"");
        Line($"{"ms",-18} {"requests",9} {"p50",8} {"p95",8} {"p99",8} {"p99.9",8} {"most",8}");
        foreach (var row in Latencies) Line($"{row.Name,-18} {row.Requests,9} {row.P50,8:F1} {row.P95,8:F1} {row.P99,8:F1} {row.P999,8:F1} {row.Max,8:F1}");
        Line($"");
        foreach (var (kind, count) in Outcomes.OrderByDescending(pair => pair.Value)) Line($"{count,9} {kind}");
        Line($"{Errors.Values.Sum(),9} errors");
        foreach (var (kind, count) in Errors.OrderByDescending(pair => pair.Value)) Line($"{count,9}   {kind}");
        Line($"");
        Line($"canaries: {CanariesInSource} and more in Graph's answers; {AnswersWithCanary} in bodies and headers (each answer looked through, {Megabytes:F0} MB); {LogLinesWithCanary} in {LogLines} log lines; {TelemetryWithCanary} in {TelemetryMessages} messages of traces and metrics");
        Line($"");
        foreach (var minute in Minutes)
        {
            Line($"until {minute.Until:F0} s: {minute.RequestsPerSecond:F0} requests per second");
            foreach (var (name, use) in minute.Uses) Line($"  {name,-18} {use}");
        }

        Line($"");
        Line($"{"process",-18} {"MiB",7} {"then",7} {"peak",7} {"handles",8} {"then",7} {"threads",8} {"then",7} {"cpus",6}");
        foreach (var use in Processes) Line($"{use.Name,-18} {use.FirstMegabytes,7:F0} {use.LastMegabytes,7:F0} {use.PeakMegabytes,7:F0} {use.FirstHandles,8:F0} {use.LastHandles,7:F0} {use.FirstThreads,8:F0} {use.LastThreads,7:F0} {use.Processors,6:F2}");
        Line($"");
        if (Problems.Count == 0) Line($"ok: no error, no canary, {(IsLongEnough ? "flat" : "too short a run to tell whether memory is flat")}");
        foreach (var problem in Problems) Line($"NOT OK: {problem}");
        return text.ToString();
    }
}

/// <summary>Milliseconds from the request to the last byte of its answer.</summary>
internal sealed record LatencyReport(string Name, long Requests, double P50, double P95, double P99, double P999, double Max);

/// <summary>What a process used in the first and the last part of the run that count; memory in MiB that is resident.</summary>
internal sealed record ProcessReport(
    string Name, double FirstMegabytes, double LastMegabytes, double PeakMegabytes, double FirstHandles, double LastHandles, double FirstThreads, double LastThreads, double Processors);

/// <summary>A minute's end.</summary>
internal sealed record MinuteReport(double Until, double RequestsPerSecond, IReadOnlyDictionary<string, string> Uses);
