using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Psoxy.Core.Pseudonyms;

/// <summary>The JSON form of a pseudonym.</summary>
internal static class PseudonymJson
{
    // The original's writer escapes only what JSON demands; data that joins on the text depends on it.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Absent members are left out; the order is the original's.</summary>
    public static string Write(string? domain, string hash, string? original, string? reversible)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            if (domain is not null) writer.WriteString("domain", domain);
            writer.WriteString("hash", hash);
            if (original is not null) writer.WriteString("original", original);
            if (reversible is not null) writer.WriteString("reversible", reversible);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A JSON string, quotes included.</summary>
    public static byte[] Quote(string text) => [(byte)'"', .. JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"'];
}
