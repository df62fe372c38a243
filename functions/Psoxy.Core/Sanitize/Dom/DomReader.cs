using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Psoxy.Core.Sanitize.Dom;

/// <summary>Reads one JSON document into memory.</summary>
internal static class DomReader
{
    /// <summary>The root's slot, or <c>null</c> if the bytes are not one JSON document of valid UTF-8 within the depth.</summary>
    public static DomSlot? TryRead(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        if (!Utf8.IsValid(utf8)) return null;
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
            if (!reader.Read()) return null;
            var root = new DomSlot(null, null, null, ReadValue(ref reader));
            return reader.Read() ? null : root;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The unescaped text of a string token or name; <c>null</c> where an escape is half a surrogate pair.</summary>
    public static string? Unescape(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return Encoding.UTF8.GetString(reader.ValueSpan);
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static DomNode ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new DomContainer(isObject: true);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var raw = Quoted(reader.ValueSpan);
                    var name = Unescape(ref reader);
                    reader.Read();
                    members.Slots.Add(new DomSlot(members, raw, name, ReadValue(ref reader)));
                }

                return members;
            case JsonTokenType.StartArray:
                var elements = new DomContainer(isObject: false);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) elements.Slots.Add(new DomSlot(elements, null, null, ReadValue(ref reader)));
                return elements;
            case JsonTokenType.String:
                return new DomScalar(JsonTokenType.String, Quoted(reader.ValueSpan), Unescape(ref reader));
            case JsonTokenType.Null:
                return DomScalar.Null;
            default:
                return new DomScalar(reader.TokenType, reader.ValueSpan.ToArray(), reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : "");
        }
    }

    private static byte[] Quoted(ReadOnlySpan<byte> inside) => [(byte)'"', .. inside, (byte)'"'];
}
