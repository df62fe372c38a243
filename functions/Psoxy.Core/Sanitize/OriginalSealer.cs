using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;

namespace Psoxy.Core.Sanitize;

/// <summary>
/// The last guard of what a token in the request stands for: Graph repeats the request in contexts and links, and rules that somebody wrote may let that pass. Here
/// each spelling of such an original in the answer becomes its token again. Between sanitizer and caller; not thread-safe.
/// </summary>
/// <param name="tokens">From the request, by what they stand for.</param>
/// <param name="target">Where the answer goes on to.</param>
public sealed class OriginalSealer(ImmutableArray<KeyValuePair<string, string>> tokens, IBufferWriter<byte> target) : IBufferWriter<byte>, IDisposable
{
    // Shorter ones are no ids and no addresses, and would be found in anything.
    private const int MinLength = 8;

    private readonly ImmutableArray<(byte[] Original, byte[] Token)> _spellings =
    [
        .. from pair in tokens
           where pair.Key.Length >= MinLength
           from spelling in Spellings(pair.Key).Distinct(StringComparer.Ordinal)
           orderby spelling.Length descending
           select (Encoding.UTF8.GetBytes(spelling), Encoding.UTF8.GetBytes(pair.Value)),
    ];

    private readonly ArrayBufferWriter<byte> _waiting = new();

    /// <summary>What the tokens of a request stand for: those of its path, of its texts and of headers, not place marks, whose originals are nobody's name.</summary>
    /// <param name="request">Allowed by the gate.</param>
    /// <param name="headers">Values of the caller's headers.</param>
    /// <param name="pseudonymizer">Holds the key.</param>
    /// <returns>Token by original. Never shown to anybody.</returns>
    public static ImmutableArray<KeyValuePair<string, string>> TokensOf(CanonicalRequest request, IEnumerable<string> headers, Pseudonymizer pseudonymizer)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(pseudonymizer);
        var found = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var text in request.Segments.Concat(request.Parameters.Select(parameter => parameter.Value)).Concat(headers))
        {
            for (var from = 0; TokenPattern.TryFind(text, from, out var start, out var length); from = start + length)
                if (!TokenPattern.IsSealed(text.AsSpan(start, length)) && pseudonymizer.TryReverse(text.AsSpan(start, length), out var original)) found.Add(new(original, text.Substring(start, length)));
        }

        return found.ToImmutable();
    }

    /// <inheritdoc/>
    public void Advance(int count) => _waiting.Advance(count);

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => _waiting.GetMemory(sizeHint);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => _waiting.GetSpan(sizeHint);

    /// <summary>Passes on what has come.</summary>
    /// <param name="final">Whether nothing more comes; else what could be the beginning of an original waits.</param>
    public void Flush(bool final)
    {
        var rest = _waiting.WrittenSpan;
        while (!rest.IsEmpty)
        {
            var (at, spelling) = First(rest);
            if (at < 0) break;
            target.Write(rest[..at]);
            target.Write(spelling.Token);
            rest = rest[(at + spelling.Original.Length)..];
        }

        var waits = final || _spellings.IsEmpty ? 0 : Math.Min(rest.Length, _spellings[0].Original.Length - 1);
        target.Write(rest[..^waits]);
        var tail = rest[^waits..].ToArray();
        _waiting.Clear();
        _waiting.Write(tail);
    }

    /// <summary>Clears what has waited.</summary>
    public void Dispose() => _waiting.Clear();

    private (int At, (byte[] Original, byte[] Token) Spelling) First(ReadOnlySpan<byte> text)
    {
        var first = -1;
        (byte[] Original, byte[] Token) found = default;
        foreach (var spelling in _spellings)
        {
            var at = IndexOf(first < 0 ? text : text[..Math.Min(text.Length, first + spelling.Original.Length)], spelling.Original);
            if (at >= 0 && (first < 0 || at < first)) (first, found) = (at, spelling);
        }

        return (first, found);
    }

    // Graph writes addresses in the directory's case, whatever the request's was.
    private static int IndexOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted)
    {
        var (lower, upper) = ((byte)char.ToLowerInvariant((char)wanted[0]), (byte)char.ToUpperInvariant((char)wanted[0]));
        for (var from = 0; from + wanted.Length <= text.Length; from++)
        {
            var next = text[from..].IndexOfAny(lower, upper, wanted[0]);
            if (next < 0 || from + next + wanted.Length > text.Length) return -1;
            from += next;
            var candidate = text.Slice(from, wanted.Length);
            if (candidate.SequenceEqual(wanted) || Ascii.EqualsIgnoreCase(candidate, wanted)) return from;
        }

        return -1;
    }

    // As JSON has it with few or many escapes, and inside of URLs.
    private static IEnumerable<string> Spellings(string original)
    {
        string[] inUrls = [original, Uri.EscapeDataString(original), CanonicalEncoding.Encode(original), original.Replace("'", "''", StringComparison.Ordinal), Uri.EscapeDataString(original.Replace("'", "''", StringComparison.Ordinal))];
        foreach (var spelling in inUrls)
        {
            yield return JsonEncodedText.Encode(spelling, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
            yield return JsonEncodedText.Encode(spelling).ToString();
        }
    }
}
