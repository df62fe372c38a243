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
    private readonly List<(Func<RequestRecord, bool> Condition, TaskCompletionSource Met)> _waiting = [];
    private readonly Lock _lock = new();

    /// <summary>A copy.</summary>
    public IReadOnlyList<ReceivedRequest> All => [.. _requests];

    /// <summary>How many.</summary>
    public int Count => _requests.Count;

    /// <summary>How many are being answered now.</summary>
    public int InWork { get; private set; }

    /// <summary>The most that were being answered at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>How many were given up by who had sent them.</summary>
    public int GivenUp { get; private set; }

    /// <summary>Done when the record is so; requests that come and go make it look again.</summary>
    /// <param name="condition">What to wait for.</param>
    public Task WhenAsync(Func<RequestRecord, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        lock (_lock)
        {
            if (condition(this)) return Task.CompletedTask;
            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((condition, met));
            return met.Task;
        }
    }

    /// <summary>Forgets them.</summary>
    public void Clear() => _requests.Clear();

    internal void Begin(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        _requests.Enqueue(new(request.Method, request.RawTarget, request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (_requests.Count > Most) _requests.TryDequeue(out _);
        lock (_lock)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++InWork);
            Look();
        }
    }

    internal void End(HttpContext context)
    {
        lock (_lock)
        {
            InWork--;
            if (context.RequestAborted.IsCancellationRequested) GivenUp++;
            Look();
        }
    }

    private void Look()
    {
        foreach (var (condition, met) in _waiting)
            if (condition(this)) met.TrySetResult();
        _waiting.RemoveAll(waiting => waiting.Met.Task.IsCompleted);
    }
}
