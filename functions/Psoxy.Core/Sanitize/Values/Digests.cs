using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize.Dom;

namespace Psoxy.Core.Sanitize.Values;

/// <summary>Digests of texts: how long, how many words, how often each keyword; never what they say.</summary>
internal static class Digests
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ValueOutcome Apply(DigestText transform, string text)
    {
        if (!transform.IsJsonEscaped) return ValueOutcome.Replaced(Of(text, transform.Digest));
        return Inner(text, transform.EscapedPath, null, transform.Digest) is { } digested ? ValueOutcome.Replaced(digested) : ValueOutcome.Null;
    }

    /// <summary>
    /// JSON inside a string, with each string that the path finds replaced by its digest, and all else that it finds by null, as far as the allow-list, if there
    /// is one, lets it stay; <c>null</c> if it is not JSON.
    /// </summary>
    public static string? Inner(string text, JsonPath? path, ResponseSchema? schema, TextDigest digest)
    {
        if (path is null || DomReader.TryRead(Encoding.UTF8.GetBytes(text), SanitizerLimits.Default.MaxDepth) is not { } root) return null;
        foreach (var slot in DomPath.Select(root, path))
            slot.Value = slot.Value is DomScalar { Token: JsonTokenType.String, Text: { } inner } ? DomScalar.String(Of(inner, digest)) : DomScalar.Null;
        var output = new ArrayBufferWriter<byte>();

        // What is dropped here is no property of Graph's, so its name goes into no report.
        DomWriter.Write(schema is null ? root.Value : DomSchema.Filter(schema, root.Value, new SanitizeReport()), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The digest as JSON text: length in UTF-16 units, words between white space, keywords found (lower-case, sorted) where any were asked for.</summary>
    public static string Of(string text, TextDigest digest)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("length", text.Length);
            writer.WriteNumber("word_count", Words(text).Length);
            if (!digest.Keywords.IsEmpty)
            {
                writer.WriteStartObject("keywords");
                foreach (var (keyword, count) in Count(text, digest.Keywords)) writer.WriteNumber(keyword, count);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<(string Keyword, int Count)> Count(string text, ImmutableArray<string> keywords) => keywords
        .Select(keyword => keyword.ToLowerInvariant())
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .Select(keyword => (keyword, Occurrences(text, keyword)))
        .Where(found => found.Item2 > 0);

    private static int Occurrences(string text, string keyword)
    {
        if (keyword.Length == 0) return 0;
        var count = 0;
        for (var at = text.IndexOf(keyword, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(keyword, at + keyword.Length, StringComparison.OrdinalIgnoreCase))
            if (!IsWord(text, at - 1) && !IsWord(text, at + keyword.Length)) count++;
        return count;
    }

    private static bool IsWord(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');
}
