using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Psoxy.Emulator;

/// <summary>A function as it really runs: the host process, on a port of its own. Its end is seen to.</summary>
public sealed partial class FunctionProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentDictionary<TaskCompletionSource<string>, Func<string, bool>> _awaited = new();

    private readonly Action<string>? _take;

    private FunctionProcess(Process process, int port, Action<string>? take) => (_process, _take, Address) = (process, take, new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"));

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>All that it has written, both streams.</summary>
    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>Time from the start of the process until its port answered.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>Starts a function and waits until its port answers.</summary>
    /// <param name="dllPath">The function's assembly.</param>
    /// <param name="environment">Added to a clean environment: only PATH, HOME and DOTNET_ variables are passed on.</param>
    /// <param name="port">0 for a free one.</param>
    /// <param name="take">Takes each line that it writes, which is not kept then: for runs that are too long to keep them all.</param>
    /// <param name="cancellationToken">Ends the wait, and the process with it.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="InvalidOperationException">It ended instead; the message has its output.</exception>
    public static async Task<FunctionProcess> StartAsync(string dllPath, IReadOnlyDictionary<string, string> environment, int port = 0, Action<string>? take = null, CancellationToken cancellationToken = default)
    {
        port = FreePort(port);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetDirectoryName(dllPath)! };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(dllPath);
        foreach (var inherited in start.Environment.Keys.Where(key => key is not ("PATH" or "HOME") && !key.StartsWith("DOTNET_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(inherited);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        var process = new FunctionProcess(Process.Start(start)!, port, take);
        process._process.OutputDataReceived += (_, line) => process.Keep(line.Data);
        process._process.ErrorDataReceived += (_, line) => process.Keep(line.Data);
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        try
        {
            await process.WaitUntilItAnswersAsync(port, cancellationToken);
            process.StartTime = watch.Elapsed;
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first line that is the one looked for, as soon as it is written: a request's line is, after its answer.</summary>
    /// <param name="isIt">Tells it from others.</param>
    /// <exception cref="TimeoutException">None has come for half a minute.</exception>
    public async Task<string> LineAsync(Func<string, bool> isIt)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[found] = isIt;
        try
        {
            // Registered before the look at what is there: none can fall between.
            return _output.FirstOrDefault(isIt) ?? await found.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
        finally
        {
            _awaited.TryRemove(found, out _);
        }
    }

    /// <summary>Tells it to stop, as the platform does, and waits.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited) _ = Kill(_process.Id, SigTerm);
        using var limit = new CancellationTokenSource(StopLimit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Kills it, if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    // Tried first: whoever else listens there would be taken for the function.
    private static int FreePort(int wanted)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, wanted);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException busy)
        {
            throw new IOException($"Port {wanted} is in use.", busy);
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        if (_take is null) _output.Enqueue(line);
        else _take(line);
        foreach (var (found, isIt) in _awaited)
            if (isIt(line)) found.TrySetResult(line);
    }

    private async Task WaitUntilItAnswersAsync(int port, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < StartLimit)
        {
            if (_process.HasExited)
            {
                await _process.WaitForExitAsync(cancellationToken);
                throw new InvalidOperationException($"The function ended at start with exit code {_process.ExitCode}:\n{string.Join('\n', _output)}");
            }

            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20, cancellationToken);
            }
        }

        throw new InvalidOperationException($"The function does not listen after {StartLimit.TotalSeconds} s:\n{string.Join('\n', _output)}");
    }
}
