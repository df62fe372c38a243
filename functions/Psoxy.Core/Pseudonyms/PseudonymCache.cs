using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Psoxy.Core.Pseudonyms;

/// <summary>Pseudonyms made before, by the UTF-8 of the value. Bounded: it starts afresh when it is full, since the same people come back at once.</summary>
internal sealed class PseudonymCache
{
    private const int MaxEntries = 1 << 16;
    private const int MaxValueBytes = 320;

    private readonly ConcurrentDictionary<byte[], byte[]>[] _tables = [.. Enumerable.Range(0, 12).Select(_ => new ConcurrentDictionary<byte[], byte[]>(Utf8Comparer.Instance))];
    private int _count;

    /// <summary>Which table: pseudonyms of one value differ by how they are written.</summary>
    public static int Kind(PseudonymEncoding encoding, bool includeOriginal, bool includeReversible) =>
        ((int)encoding * 4) + (includeOriginal ? 2 : 0) + (includeReversible ? 1 : 0);

    public bool TryGet(int kind, ReadOnlySpan<byte> value, [NotNullWhen(true)] out byte[]? pseudonym) =>
        _tables[kind].GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(value, out pseudonym);

    public void Add(int kind, ReadOnlySpan<byte> value, byte[] pseudonym)
    {
        if (value.Length > MaxValueBytes) return;
        if (Interlocked.Increment(ref _count) > MaxEntries) Clear();
        _tables[kind].TryAdd(value.ToArray(), pseudonym);
    }

    public void Clear()
    {
        foreach (var table in _tables) table.Clear();
        Interlocked.Exchange(ref _count, 0);
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
