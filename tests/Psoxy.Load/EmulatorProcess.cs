using System.Diagnostics;
using System.Text.Json;
using Psoxy.Core.Connectors;
using Psoxy.Emulator;

namespace Psoxy.Load;

/// <summary>The emulator in a process of its own, so that what it uses is not taken for the functions' or the callers'.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly Process _process;

    private EmulatorProcess(Process process, Description description) => (_process, About) = (process, description);

    public int Id => _process.Id;

    public Description About { get; }

    public static async Task<EmulatorProcess> StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(EmulatorProcess).Assembly.Location, "emulator"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        try
        {
            using var limit = new CancellationTokenSource(StartLimit);
            var line = await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("The emulator ended at its start.");
            return new(process, JsonSerializer.Deserialize<Description>(line)!);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>What the process does.</summary>
    public static async Task<int> ServeAsync()
    {
        // Full of what must not leave, and with enough people that lists have pages.
        await using var emulator = await EmulatorHost.StartAsync(new EmulatorOptions { People = 250, Groups = 20, SentMessages = 60 });
        using var graph = emulator.CreateGraphClient();
        var requests = new List<Request>();
        foreach (var sample in emulator.Tenant.Samples)
        {
            var answer = await graph.GetStringAsync(sample.Target);
            requests.Add(new(sample.ConnectorId, sample.Target, Count(answer), IsCollection(answer)));
        }

        var environments = ConnectorCatalog.All.ToDictionary(connector => connector.Id, connector => emulator.FunctionEnvironment(connector.Id, connector.FunctionClass));
        Console.WriteLine(JsonSerializer.Serialize(new Description(environments, requests)));
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10))) _process.Kill();
        _process.Dispose();
    }

    private static int Count(string text)
    {
        var count = 0;
        for (var at = 0; (at = text.IndexOf(Canaries.Word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += Canaries.Word.Length) count++;
        return count;
    }

    private static bool IsCollection(string answer)
    {
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.TryGetProperty("value", out var rows) && rows.ValueKind == JsonValueKind.Array;
    }

    /// <summary>What callers and functions need to know of it.</summary>
    /// <param name="Environments">The environment of each connector's function.</param>
    /// <param name="Requests">What the tenant answers.</param>
    internal sealed record Description(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Environments, IReadOnlyList<Request> Requests);

    /// <summary>A request that Graph answers.</summary>
    /// <param name="ConnectorId">Whose it is.</param>
    /// <param name="Target">Path and query.</param>
    /// <param name="Canaries">How many canaries Graph's own answer has.</param>
    /// <param name="IsCollection">Whether it is a page of a list.</param>
    internal sealed record Request(string ConnectorId, string Target, int Canaries, bool IsCollection);
}
