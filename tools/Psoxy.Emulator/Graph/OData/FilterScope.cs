using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.OData;

/// <summary>A row, and the variables of the lambdas around.</summary>
internal sealed record FilterScope(JsonObject Row, string? Variable = null, JsonNode? Item = null, FilterScope? Outer = null)
{
    public FilterScope With(string variable, JsonNode? item) => new(Row, variable, item, this);

    /// <summary>What a path leads to, or <c>null</c>.</summary>
    public JsonNode? Find(IReadOnlyList<string> path)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
            if (scope.Variable == path[0]) return Walk(scope.Item, path, 1);
        return Walk(Row, path, 0);
    }

    private static JsonNode? Walk(JsonNode? node, IReadOnlyList<string> path, int from)
    {
        for (var at = from; at < path.Count && node is not null; at++)
        {
            node = node switch
            {
                JsonArray array when path[at] == "$count" => JsonValue.Create(array.Count),
                JsonObject owner => owner.FirstOrDefault(member => member.Key.Equals(path[at], StringComparison.OrdinalIgnoreCase)).Value,
                _ => null,
            };
        }

        return node;
    }
}
