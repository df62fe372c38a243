using System.Text.Json;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Caller;

/// <summary>The request in a POST body, which is all that <c>gcloud functions call</c> can send. It is read to the letter: what is odd is refused, with the reason.</summary>
internal static class Envelope
{
    private const int MaxDepth = 3;

    public static Attempt<ProxyRequest> Read(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty) return ProxyFault.Invalid("An envelope has a body.");
        if (json.Span is [0xEF, 0xBB, 0xBF, ..]) return ProxyFault.Invalid("An envelope has no byte order mark.");
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : ProxyFault.Invalid("An envelope is a JSON object.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return ProxyFault.Invalid("An envelope is one JSON object in UTF-8: no comments, no trailing commas, nothing after it, nested three levels deep at most.");
        }
    }

    private static Attempt<ProxyRequest> Read(JsonElement root)
    {
        var request = new ProxyRequest { Method = "GET", IsEnvelope = true };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            if (!seen.Add(member.Name)) return ProxyFault.Invalid("An envelope has each key once.");
            switch (member.Name)
            {
                case "path":
                    if (Text(member.Value) is not { } path || !path.StartsWith('/') || path.Contains('?', StringComparison.Ordinal))
                        return ProxyFault.Invalid("'path' must be a path: text from a slash, printable ASCII, no blanks, '?' or '#', 4,096 characters at most.");
                    request = request with { RawPath = path };
                    break;
                case "query":
                    if (Text(member.Value) is not { } query) return ProxyFault.Invalid("'query' must be a query: text, printable ASCII, no blanks or '#', 4,096 characters at most.");
                    request = request with { RawQuery = query.StartsWith('?') ? query[1..] : query };
                    break;
                case "method":
                    if (Text(member.Value) is not ("GET" or "HEAD")) return ProxyFault.Invalid("'method' must be GET or HEAD.");
                    request = request with { Method = member.Value.GetString()! };
                    break;
                case "headers":
                    if (EnvelopeHeaders.Read(member.Value).Or(out var headers) is { } wrong) return wrong;
                    request = request with { Headers = headers };
                    break;
                case "healthCheck":
                    if (Depth(member.Value) is not { } depth) return ProxyFault.Invalid("""'healthCheck' must be true or "deep".""");
                    request = request with { Health = depth };
                    break;
                default:
                    return ProxyFault.Invalid("""An envelope is {"path","query","method","headers"} or {"healthCheck"}; it has no other keys, and upper and lower case count.""");
            }
        }

        if (request.Health != HealthDepth.None) return seen.Count == 1 ? request : ProxyFault.Invalid("An envelope with 'healthCheck' has nothing else.");
        return request.RawPath.Length > 0 ? request : ProxyFault.Invalid("An envelope needs a 'path', or 'healthCheck'.");
    }

    private static HealthDepth? Depth(JsonElement element) => element.ValueKind == JsonValueKind.True ? HealthDepth.Shallow : Text(element) is "deep" ? HealthDepth.Deep : null;

    private static string? Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { } text && RequestReader.IsPrintable(text) ? text : null;
}
