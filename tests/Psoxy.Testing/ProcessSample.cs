using System.Globalization;

namespace Psoxy.Testing;

/// <summary>What a process uses, as Linux tells it.</summary>
/// <param name="RssBytes">Memory that is resident.</param>
/// <param name="PeakRssBytes">The most that ever was.</param>
/// <param name="Handles">Open files and sockets.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Processor">Processor time since its start.</param>
public sealed record ProcessSample(long RssBytes, long PeakRssBytes, int Handles, int Threads, TimeSpan Processor)
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux that .NET runs on

    public static ProcessSample Of(int processId)
    {
        var folder = "/proc/" + processId.ToString(CultureInfo.InvariantCulture);
        var status = File.ReadLines(folder + "/status").Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1].Trim());

        // The name stands in parentheses and may hold blanks; what follows counts from the third field.
        var stat = File.ReadAllText(folder + "/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return new(
            Kilobytes("VmRSS"),
            Kilobytes("VmHWM"),
            Directory.GetFileSystemEntries(folder + "/fd").Length,
            int.Parse(status["Threads"], CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(ticks / TicksPerSecond));
        long Kilobytes(string name) => status.TryGetValue(name, out var value) ? long.Parse(value.Split(' ')[0], CultureInfo.InvariantCulture) * 1024 : 0;
    }
}
