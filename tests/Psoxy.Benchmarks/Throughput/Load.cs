using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Psoxy.Benchmarks.Throughput;

/// <summary>A caller with a number of connections, each of which asks again as soon as it has its answer; each for a user of its own, since a mailbox has few turns at once.</summary>
internal sealed class Load(Uri server, string target) : IDisposable
{
    private const int Connections = 16;
    private static readonly Regex Id = new("[0-9a-f]{12}(?=/)");
    private readonly Uri[] _targets = [.. Enumerable.Range(0, Connections).Select(number => new Uri(server, Id.Replace(target, number.ToString("d12", CultureInfo.InvariantCulture))))];
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, MaxConnectionsPerServer = Connections });

    /// <summary>Requests per second over a while.</summary>
    public async Task<double> RunAsync(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(number => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < time; count++) await AskAsync(number);
            return count;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    /// <summary>One answer's body.</summary>
    public async Task<byte[]> AskAsync(int user = 0)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _targets[user]);
        using var response = await _http.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{_targets[user]} answers {(int)response.StatusCode}.");
    }

    public void Dispose() => _http.Dispose();
}
