using System.Diagnostics;

namespace Psoxy.Benchmarks.Throughput;

/// <summary>This program once more, as one of the servers. It ends with its input, so it never outlives who started it.</summary>
internal sealed class HelperProcess : IDisposable
{
    private readonly Process _process;

    private HelperProcess(Process process, string firstLine) => (_process, FirstLine) = (process, firstLine);

    /// <summary>What it says once it serves.</summary>
    public string FirstLine { get; }

    public static async Task<HelperProcess> StartAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(HelperProcess).Assembly.Location, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return new(process, await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with exit code {process.ExitCode}."));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5))) _process.Kill();
        _process.Dispose();
    }
}
