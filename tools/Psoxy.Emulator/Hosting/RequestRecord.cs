using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Psoxy.Emulator.Hosting;

/// <summary>What a dependency received.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Target">Raw request target.</param>
/// <param name="Headers">All headers.</param>
public sealed record ReceivedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers);

/// <summary>What a dependency received, oldest first; the last ten thousand.</summary>
public sealed class RequestRecord
{
    private const int Most = 10_000;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();

    /// <summary>A copy.</summary>
    public IReadOnlyList<ReceivedRequest> All => [.. _requests];

    /// <summary>How many.</summary>
    public int Count => _requests.Count;

    /// <summary>Forgets them.</summary>
    public void Clear() => _requests.Clear();

    internal void Add(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        _requests.Enqueue(new(request.Method, request.RawTarget, request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (_requests.Count > Most) _requests.TryDequeue(out _);
    }
}
