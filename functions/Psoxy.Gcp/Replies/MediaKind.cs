using System.Net.Http.Headers;

namespace Psoxy.Gcp.Replies;

/// <summary>What a source says that its body is, where the sanitizer can read that.</summary>
/// <param name="IsNdjson">One JSON value per line.</param>
/// <param name="ContentType">What the caller is told: made of words known here, since a type's name and parameters may hold anything.</param>
internal sealed record MediaKind(bool IsNdjson, string ContentType)
{
    private static readonly string[] Json = ["application/json", "text/json"];
    private static readonly string[] Ndjson = ["application/x-ndjson", "application/ndjson", "application/jsonlines", "application/x-jsonlines", "application/jsonl"];

    // A body is read as UTF-8 (RFC 8259, section 8.1), so nobody may be told to read it otherwise.
    private static readonly string[] Charsets = ["utf-8", "utf8", "us-ascii"];

    private static readonly (string Name, string[] Values)[] OData =
        [("odata.metadata", ["none", "minimal", "full"]), ("odata.streaming", ["true", "false"]), ("IEEE754Compatible", ["true", "false"])];

    /// <summary>Reads a Content-Type; <c>null</c> for what the sanitizer cannot read.</summary>
    public static MediaKind? Read(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || type.MediaType is not { } name) return null;
        var isNdjson = IsOneOf(name, Ndjson);
        if (!isNdjson && !IsOneOf(name, Json) && !name.EndsWith("+json", StringComparison.OrdinalIgnoreCase)) return null;
        var told = isNdjson ? Ndjson[0] : Json[0];
        foreach (var parameter in type.Parameters)
        {
            var value = parameter.Value?.Trim('"') ?? "";
            if (Is(parameter.Name, "charset") && !IsOneOf(value, Charsets)) return null;
            foreach (var (known, values) in OData)
                if (Is(parameter.Name, known) && values.FirstOrDefault(one => Is(value, one)) is { } one) told += $"; {known}={one}";
        }

        return new(isNdjson, told + "; charset=utf-8");
    }

    private static bool Is(string text, string known) => text.Equals(known, StringComparison.OrdinalIgnoreCase);

    private static bool IsOneOf(string text, string[] known) => known.Contains(text, StringComparer.OrdinalIgnoreCase);
}
