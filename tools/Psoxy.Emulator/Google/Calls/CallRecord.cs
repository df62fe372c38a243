using System.Collections.Concurrent;
using System.Text;

namespace Psoxy.Emulator.Google.Calls;

/// <summary>A call of the control plane. Bodies, which may hold secrets, are not shown.</summary>
/// <param name="Api">Whose.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Target">Path and query, without the emulator's prefix for the API.</param>
/// <param name="Caller">Who called, as a member of policies; empty where nobody is known.</param>
/// <param name="Status">What was answered; 0 for nothing.</param>
public sealed record CloudCallEntry(CloudApi Api, string Method, string Target, string Caller, int Status)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Api} {Method} {Target} {Status}";
}

/// <summary>All calls of the control plane, oldest first.</summary>
public sealed class CallRecord
{
    private readonly ConcurrentQueue<(CloudCallEntry Entry, byte[] Body)> _calls = new();

    /// <summary>A copy.</summary>
    public IReadOnlyList<CloudCallEntry> All => [.. _calls.Select(call => call.Entry)];

    /// <summary>Forgets them.</summary>
    public void Clear() => _calls.Clear();

    /// <summary>The calls that carried a text, in the target or in the body: as it is, or as base64 of the whole of it.</summary>
    /// <param name="text">Such as a secret.</param>
    public IReadOnlyList<CloudCallEntry> Holding(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var plain = Encoding.UTF8.GetBytes(text);
        var encoded = Encoding.ASCII.GetBytes(Convert.ToBase64String(plain).TrimEnd('='));
        return [.. _calls.Where(call => call.Entry.Target.Contains(text, StringComparison.Ordinal) || call.Body.AsSpan().IndexOf(plain) >= 0 || call.Body.AsSpan().IndexOf(encoded) >= 0).Select(call => call.Entry)];
    }

    internal void Add(CloudCallEntry entry, byte[] body) => _calls.Enqueue((entry, body));
}
