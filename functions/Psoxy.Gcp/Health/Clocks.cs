using System.Collections.Concurrent;

namespace Psoxy.Gcp.Health;

/// <summary>How far our clock is from those of whom we talk to, by the <c>Date</c> of their last answers. A clock that is wrong makes assertions that nobody accepts.</summary>
internal sealed class Clocks(TimeProvider time)
{
    /// <summary>Beyond this it is a problem: callers' tokens are good for 30 s more at most, and a header says whole seconds of some time ago.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(45);

    private readonly ConcurrentDictionary<string, TimeSpan> _ahead = new(StringComparer.Ordinal);

    /// <summary>Remembers what somebody's clock says now.</summary>
    public void Observe(string who, DateTimeOffset? date)
    {
        if (date is { } theirs) _ahead[who] = time.GetUtcNow() - theirs;
    }

    /// <summary>Whose clock is farthest from ours, and by how much ours is ahead of it; <c>null</c> before anybody has answered.</summary>
    public (string Who, TimeSpan Ahead)? Farthest => _ahead.IsEmpty ? null : _ahead.ToArray().Select(pair => (pair.Key, pair.Value)).MaxBy(pair => pair.Value.Duration());
}
