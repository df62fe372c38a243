using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize;

/// <summary>
/// The pseudonyms that this response has just used, in front of the process's cache: one person's address stands many times in a page, and this look-up
/// neither hashes the whole value nor meets other threads. It grows with the people it meets.
/// </summary>
internal sealed class RecentPseudonyms(Pseudonymizer pseudonymizer)
{
    private const int Ways = 2;
    private const int FirstSets = 32;
    private const int MaxSets = 1024;
    private Entry[] _entries = new Entry[FirstSets * Ways];
    private int _misses;

    /// <summary>The pseudonym as a JSON string, quotes included.</summary>
    public ReadOnlySpan<byte> Get(ReadOnlySpan<byte> value, Pseudonymize how)
    {
        var entries = _entries;
        var at = Place(value, entries.Length / Ways) * Ways;
        if (entries[at].Is(value, how)) return entries[at].Json;
        if (entries[at + 1].Is(value, how)) return entries[at + 1].Json;
        return Make(value, how, at);
    }

    /// <summary>Forgets them.</summary>
    public void Clear() => Array.Clear(_entries);

    private byte[] Make(ReadOnlySpan<byte> value, Pseudonymize how, int at)
    {
        var json = pseudonymizer.PseudonymizeToJson(value, how.Encoding, how.IncludeOriginal, how.IncludeReversible);

        // The entries are many: a few thousand long values would be a large part of the memory there is.
        if (value.Length > PseudonymCache.MaxValueBytes) return json;
        if (++_misses > _entries.Length && _entries.Length < MaxSets * Ways)
        {
            // What is forgotten costs a look-up in the process's cache.
            _entries = new Entry[_entries.Length * 4];
            _misses = 0;
            at = Place(value, _entries.Length / Ways) * Ways;
        }

        _entries[at + 1] = _entries[at];
        _entries[at] = new Entry(value.ToArray(), how, json);
        return json;
    }

    // A collision costs a look-up in the process's cache, no more, so that anything cheap will do: eight letters from four places, all of them up to a length of 32.
    private static int Place(ReadOnlySpan<byte> value, int sets)
    {
        var mixed = (ulong)value.Length;
        if (value.Length >= sizeof(ulong))
        {
            var last = value.Length - sizeof(ulong);
            mixed = unchecked(mixed
                + (Read(value, 0) * 0x9E3779B97F4A7C15UL)
                + (Read(value, last / 3) * 0xC2B2AE3D27D4EB4FUL)
                + (Read(value, last * 2 / 3) * 0x165667B19E3779F9UL)
                + (Read(value, last) * 0xD6E8FEB86659FD93UL));
        }
        else
        {
            foreach (var octet in value) mixed = unchecked((mixed ^ octet) * 0x100000001B3UL);
        }

        // A product carries upwards only.
        mixed ^= mixed >> 32;
        return (int)((mixed ^ (mixed >> 15)) & (uint)(sets - 1));
    }

    private static ulong Read(ReadOnlySpan<byte> value, int at) => MemoryMarshal.Read<ulong>(value[at..]);

    private readonly struct Entry(byte[] value, Pseudonymize how, byte[] json)
    {
        public readonly byte[] Json = json;
        private readonly byte[] _value = value;
        private readonly Pseudonymize _how = how;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Is(ReadOnlySpan<byte> value, Pseudonymize how) => ReferenceEquals(_how, how) && value.SequenceEqual(_value);
    }
}
