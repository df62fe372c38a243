using System.Text;

namespace Psoxy.Fuzz.Targets;

/// <summary>An input of the sanitizer: rules, a line that parts them from the document, the document's bytes.</summary>
/// <param name="Rules">YAML with one endpoint.</param>
/// <param name="Ndjson">Whether the document is one value per line.</param>
/// <param name="Document">As it came over the wire.</param>
internal sealed record JsonCase(byte[] Rules, bool Ndjson, byte[] Document)
{
    private static ReadOnlySpan<byte> JsonMark => "\n=== json\n"u8;

    private static ReadOnlySpan<byte> NdjsonMark => "\n=== ndjson\n"u8;

    public static JsonCase Read(ReadOnlySpan<byte> input)
    {
        var ndjson = input.IndexOf(NdjsonMark);
        var json = input.IndexOf(JsonMark);
        var lines = ndjson >= 0 && (json < 0 || ndjson < json);
        var at = lines ? ndjson : json;
        return at < 0 ? new([], false, input.ToArray()) : new(input[..at].ToArray(), lines, input[(at + (lines ? NdjsonMark : JsonMark).Length)..].ToArray());
    }

    public static JsonCase Of(string rules, bool ndjson, string document) => new(Encoding.UTF8.GetBytes(rules.TrimEnd('\n')), ndjson, Encoding.UTF8.GetBytes(document));

    public byte[] ToBytes() => [.. Rules, .. Ndjson ? NdjsonMark : JsonMark, .. Document];
}
