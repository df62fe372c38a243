using System.Collections.Immutable;
using System.Text.Json;

namespace Psoxy.Gcp.Caller;

/// <summary>The request in a POST body, which is all that <c>gcloud functions call</c> can send.</summary>
internal static class Envelope
{
    /// <summary>The request, or <c>null</c> if it is not an envelope to the letter.</summary>
    public static ProxyRequest? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ProxyRequest? Read(JsonElement root)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var request = new ProxyRequest { Method = "GET" };
        foreach (var member in root.EnumerateObject())
        {
            if (!seen.Add(member.Name)) return null;
            switch (member.Name)
            {
                case "path" when Text(member.Value) is { } path && path.StartsWith('/') && !path.Contains('?', StringComparison.Ordinal):
                    request = request with { RawPath = path };
                    break;
                case "query" when Text(member.Value) is { } query:
                    request = request with { RawQuery = query.StartsWith('?') ? query[1..] : query };
                    break;
                case "method" when Text(member.Value) is { Length: > 0 } method:
                    request = request with { Method = method };
                    break;
                case "headers" when Headers(member.Value) is { } headers:
                    request = request with { Headers = headers };
                    break;
                case "healthCheck" when member.Value.ValueKind == JsonValueKind.True || Text(member.Value) is "deep":
                    request = request with { IsHealthCheck = true };
                    break;
                default:
                    return null;
            }
        }

        return request.IsHealthCheck ? (seen.Count == 1 ? request : null) : request.RawPath.Length > 0 ? request : null;
    }

    private static ImmutableDictionary<string, string>? Headers(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        var headers = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in element.EnumerateObject())
        {
            if (header.Value.ValueKind != JsonValueKind.String || header.Value.GetString() is not { } value || !value.All(c => c is >= ' ' and <= '~') || !headers.TryAdd(header.Name, value)) return null;
        }

        return headers.ToImmutable();
    }

    private static string? Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { } text && RequestReader.IsPrintable(text) ? text : null;
}
