using System.Runtime.InteropServices;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize;

/// <summary>
/// The pseudonyms that this response has just used, in front of the process's cache: one person's address stands many times in a page, and this look-up
/// neither hashes the whole value nor meets other threads.
/// </summary>
internal sealed class RecentPseudonyms(Pseudonymizer pseudonymizer)
{
    private const int Slots = 2048;
    private readonly (byte[] Value, Pseudonymize How, ReadOnlyMemory<byte> Json)[] _slots = new (byte[], Pseudonymize, ReadOnlyMemory<byte>)[Slots];

    /// <summary>The pseudonym as a JSON string, quotes included.</summary>
    public ReadOnlySpan<byte> Get(ReadOnlySpan<byte> value, Pseudonymize how)
    {
        // The slots are many: a few thousand long values would be a large part of the memory there is.
        if (value.Length > PseudonymCache.MaxValueBytes) return pseudonymizer.PseudonymizeToJson(value, how.Encoding, how.IncludeOriginal, how.IncludeReversible).Span;
        ref var slot = ref _slots[Place(value)];
        if (ReferenceEquals(slot.How, how) && value.SequenceEqual(slot.Value)) return slot.Json.Span;
        slot = (value.ToArray(), how, pseudonymizer.PseudonymizeToJson(value, how.Encoding, how.IncludeOriginal, how.IncludeReversible));
        return slot.Json.Span;
    }

    /// <summary>Forgets them.</summary>
    public void Clear() => Array.Clear(_slots);

    // A collision costs a look-up in the process's cache, no more, so that anything cheap will do.
    private static int Place(ReadOnlySpan<byte> value)
    {
        var mixed = (ulong)value.Length;
        while (value.Length >= sizeof(ulong))
        {
            mixed = unchecked((mixed ^ MemoryMarshal.Read<ulong>(value)) * 0x9E3779B97F4A7C15UL);

            // A product carries upwards only; the shift lets the last letters of the eight count too.
            mixed ^= mixed >> 32;
            value = value[sizeof(ulong)..];
        }

        foreach (var octet in value) mixed = unchecked((mixed ^ octet) * 0x100000001B3UL);
        return (int)((mixed ^ (mixed >> 32)) % Slots);
    }
}
