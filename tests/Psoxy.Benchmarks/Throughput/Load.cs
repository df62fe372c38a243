using System.Diagnostics;

namespace Psoxy.Benchmarks.Throughput;

/// <summary>A caller with a number of connections, each of which asks again as soon as it has its answer.</summary>
internal sealed class Load(Uri server, string target) : IDisposable
{
    private const int Connections = 16;
    private readonly Uri _target = new(server, target);
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, MaxConnectionsPerServer = Connections });

    /// <summary>Requests per second over a while.</summary>
    public async Task<double> RunAsync(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < time; count++) await AskAsync();
            return count;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    /// <summary>One answer's body.</summary>
    public async Task<byte[]> AskAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _target);
        using var response = await _http.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{_target} answers {(int)response.StatusCode}.");
    }

    public void Dispose() => _http.Dispose();
}
