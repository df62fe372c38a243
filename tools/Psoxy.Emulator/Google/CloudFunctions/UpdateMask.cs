using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Google.CloudFunctions;

/// <summary>Takes from a change what its mask names, and nothing else.</summary>
internal static class UpdateMask
{
    public static JsonObject Apply(JsonObject spec, JsonObject change, string mask)
    {
        var result = (JsonObject)spec.DeepClone();
        if (mask.Length == 0) mask = string.Join(',', change.Select(pair => pair.Key));
        foreach (var path in mask.Split(',', StringSplitOptions.RemoveEmptyEntries)) Copy(result, change, [.. path.Split('.').Select(Camel)]);
        return result;
    }

    private static void Copy(JsonObject to, JsonNode? from, ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
        {
            if ((from as JsonObject)?[path[0]] is { } value) to[path[0]] = value.DeepClone();
            else to.Remove(path[0]);
            return;
        }

        if (to[path[0]] is not JsonObject inner) to[path[0]] = inner = [];
        Copy(inner, (from as JsonObject)?[path[0]], path[1..]);
    }

    // gcloud names fields as protocol buffers do.
    private static string Camel(string name) => string.Concat(name.Split('_').Select((part, index) => index == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
}
