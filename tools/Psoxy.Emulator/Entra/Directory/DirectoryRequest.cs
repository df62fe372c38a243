using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Psoxy.Emulator.Graph;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Entra.Directory;

/// <summary>A request to the directory: who asks what, with which body.</summary>
internal sealed record DirectoryRequest(HttpContext Context, DirectoryCaller Caller, string Root, JsonObject? Body)
{
    public string Method => Context.Request.Method;

    public QueryOptions Query { get; } = QueryOptions.Of(Context.Request);

    public bool CreatesIfMissing => Context.Request.Headers["Prefer"].ToString().Contains("create-if-missing", StringComparison.OrdinalIgnoreCase);

    public JsonObject Json => Body ?? throw Bad("Empty Payload. JSON content expected.");

    public static async Task<DirectoryRequest> ReadAsync(HttpContext context, DirectoryCaller caller, string root)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync();
        try
        {
            return new(context, caller, root, text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject ?? throw Bad("Unable to read JSON request payload."));
        }
        catch (JsonException)
        {
            throw Bad("Unable to read JSON request payload.");
        }
    }

    public string Text(string name) => (string?)Json[name] is { Length: > 0 } text ? text : throw Bad($"A value is required for property '{name}' of resource.");

    /// <summary>One object; only what is selected, if anything is.</summary>
    public JsonObject Entity(JsonObject entity, string context)
    {
        var answer = new JsonObject { ["@odata.context"] = $"{Root}/$metadata#{context}/$entity" };
        foreach (var (name, value) in Selected(entity)) answer[name] = value?.DeepClone();
        return answer;
    }

    /// <summary>A list.</summary>
    public JsonObject List(IEnumerable<JsonObject> rows, string context)
    {
        try
        {
            if (Query.Filter is { } filter) rows = rows.Where(Filter.Parse(filter).Matches);
        }
        catch (FilterException unreadable)
        {
            throw new GraphErrorException(400, "Request_UnsupportedQuery", unreadable.Message);
        }

        return new JsonObject { ["@odata.context"] = $"{Root}/$metadata#{context}", ["value"] = new JsonArray([.. rows.Select(row => (JsonNode)Selected(row).DeepClone())]) };
    }

    public static GraphErrorException Bad(string message) => new(400, "Request_BadRequest", message);

    public static GraphErrorException Missing(string key) =>
        new(404, "Request_ResourceNotFound", $"Resource '{key}' does not exist or one of its queried reference-property objects are not present.");

    private JsonObject Selected(JsonObject entity) =>
        Query.Select.Count == 0 ? entity : new JsonObject(entity.Where(property => Query.Select.Contains(property.Key, StringComparer.OrdinalIgnoreCase)).Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone())));
}

/// <summary>What the directory answers.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">None with 204.</param>
internal sealed record DirectoryAnswer(int Status, JsonObject? Body = null)
{
    public static readonly DirectoryAnswer NoContent = new(204);
}
