using System.Collections.Concurrent;
using System.Diagnostics;

namespace GoogleCloud.Tests.Processes;

/// <summary>The sample function in a process of its own, with an environment of its own.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SampleProcess(Process process) => this.process = process;

    public IReadOnlyList<string> Output => [.. output];

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>Starts it and waits until it says where it listens.</summary>
    public static async Task<SampleProcess> StartAsync(string[] args, params (string Name, string Value)[] environment)
    {
        var sample = Launch(args, environment);
        var ended = sample.process.WaitForExitAsync();
        if (await Task.WhenAny(sample.address.Task, ended).WaitAsync(Patience) == ended)
            throw new InvalidOperationException(string.Join('\n', sample.Output));
        sample.Client.BaseAddress = await sample.address.Task;
        return sample;
    }

    /// <summary>Starts it where it is expected to end by itself.</summary>
    public static async Task<(int Code, string Output)> RunToEndAsync(string[] args, params (string Name, string Value)[] environment)
    {
        await using var sample = Launch(args, environment);
        await sample.process.WaitForExitAsync().WaitAsync(Patience);
        return (sample.process.ExitCode, string.Join('\n', sample.Output));
    }

    /// <summary>Ends it as the platform does.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(null, null)]);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Client.Dispose();
    }

    private static SampleProcess Launch(string[] args, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [BuildFacts.SampleFunction, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name is not ("PATH" or "HOME" or "DOTNET_ROOT")).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var sample = new SampleProcess(Process.Start(start)!);
        sample.process.OutputDataReceived += (_, line) => sample.Keep(line.Data);
        sample.process.ErrorDataReceived += (_, line) => sample.Keep(line.Data);
        sample.process.BeginOutputReadLine();
        sample.process.BeginErrorReadLine();
        return sample;
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        output.Enqueue(line);
        var at = line.IndexOf(Listening, StringComparison.Ordinal);
        if (at >= 0) address.TrySetResult(new Uri(line[(at + Listening.Length)..].Split('"')[0].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)));
    }
}
