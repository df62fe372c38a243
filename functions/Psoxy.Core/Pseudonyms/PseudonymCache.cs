using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Psoxy.Core.Pseudonyms;

/// <summary>Pseudonyms made before, by the UTF-8 of the value. Bounded: it starts afresh when it is full, since the same people come back at once.</summary>
internal sealed class PseudonymCache
{
    /// <summary>What it may hold, in bytes.</summary>
    public const long MaxBytes = 16 << 20;

    /// <summary>Longer values are not kept: no identifier is, and they would push out those that are.</summary>
    public const int MaxValueBytes = 320;

    // Two arrays and a node of the dictionary.
    private const int EntryBytes = 128;

    private readonly ConcurrentDictionary<byte[], byte[]>[] _tables = [.. Enumerable.Range(0, 12).Select(_ => new ConcurrentDictionary<byte[], byte[]>(Utf8Comparer.Instance))];
    private long _bytes;

    /// <summary>What it holds. While several threads fill it, some entries too many may be counted until it starts afresh.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Which table: pseudonyms of one value differ by how they are written.</summary>
    public static int Kind(PseudonymEncoding encoding, bool includeOriginal, bool includeReversible) =>
        ((int)encoding * 4) + (includeOriginal ? 2 : 0) + (includeReversible ? 1 : 0);

    public bool TryGet(int kind, ReadOnlySpan<byte> value, [NotNullWhen(true)] out byte[]? pseudonym) =>
        _tables[kind].GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(value, out pseudonym);

    public void Add(int kind, ReadOnlySpan<byte> value, byte[] pseudonym)
    {
        if (value.Length > MaxValueBytes) return;
        var more = value.Length + pseudonym.Length + EntryBytes;
        if (Interlocked.Add(ref _bytes, more) > MaxBytes)
        {
            Clear();
            Interlocked.Add(ref _bytes, more);
        }

        _tables[kind].TryAdd(value.ToArray(), pseudonym);
    }

    public void Clear()
    {
        // Counted from nothing first: what others add meanwhile is counted, whether it goes with the rest or stays.
        Interlocked.Exchange(ref _bytes, 0);
        foreach (var table in _tables) table.Clear();
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            // HashCode is seeded per process, so that nobody can prepare collisions.
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
