using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Psoxy.Fuzz.Targets;

/// <summary>Looks through JSON token by token, as far as it can be read, for a text that should be gone.</summary>
internal static class JsonTokens
{
    /// <summary>Whether a text stands in any name or value outside of the members of a name.</summary>
    /// <param name="utf8">JSON, perhaps damaged or cut.</param>
    /// <param name="text">ASCII; looked for after unescaping.</param>
    /// <param name="hiddenName">Members of this name do not count; <c>null</c> counts all.</param>
    public static bool Holds(ReadOnlySpan<byte> utf8, string text, string? hiddenName)
    {
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) utf8 = utf8[3..];
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 1000, AllowMultipleValues = true });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && hiddenName is not null && Text(ref reader) == hiddenName)
                {
                    if (reader.Read()) reader.Skip();
                    continue;
                }

                var isText = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String or JsonTokenType.Number;
                if (isText && Text(ref reader).Contains(text, StringComparison.Ordinal)) return true;
            }
        }
        catch (JsonException)
        {
            // As far as it goes: the sanitizer reads no further either.
        }

        return false;
    }

    /// <summary>Whether the bytes are whole values of JSON in valid UTF-8.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8, bool many, int maxDepth = 64)
    {
        if (!Utf8.IsValid(utf8)) return false;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth, AllowMultipleValues = many });
        try
        {
            var any = false;
            while (reader.Read()) any = true;
            return any || many;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Half a surrogate pair has no text of its own; its escapes are looked at as they stand.
    private static string Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped || reader.TokenType == JsonTokenType.Number) return Encoding.UTF8.GetString(reader.ValueSpan);
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
