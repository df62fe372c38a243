using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.OData;

/// <summary><c>$select</c> and <c>$expand</c> on one entity.</summary>
internal static class Projection
{
    /// <summary>A copy with what is asked for. Annotations stay; what is expanded stays even where it is not selected.</summary>
    /// <param name="entity">All of it.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="type">What the entity leads to.</param>
    /// <param name="keepsId">Whether the id stays too, as it does outside the directory.</param>
    /// <exception cref="FilterException">Nothing of that name can be expanded.</exception>
    public static JsonObject Apply(JsonObject entity, QueryOptions options, EntityType type, bool keepsId)
    {
        var names = options.Select.Select(path => path.Split('/')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (keepsId) names.Add("id");
        var result = new JsonObject();
        foreach (var (name, value) in entity)
            if (options.Select.Count == 0 || name.StartsWith("@odata.", StringComparison.Ordinal) || names.Contains(name.Split('@')[0])) result[name] = value?.DeepClone();
        foreach (var item in options.Expand) Expand(entity, item, type, keepsId, result);
        return result;
    }

    private static void Expand(JsonObject entity, ExpandItem item, EntityType type, bool keepsId, JsonObject result)
    {
        var navigation = type.Find(item.Navigation) ?? throw new FilterException($"Could not find a property named '{item.Navigation}' on type 'microsoft.graph.{type.Name}'.");
        result[navigation.Name] = navigation.Read(entity) switch
        {
            JsonArray rows => Rows(rows, item.Options, navigation.Target, keepsId),
            JsonObject one => Apply(one, item.Options, navigation.Target, keepsId),
            _ => null,
        };
    }

    private static JsonArray Rows(JsonArray rows, QueryOptions options, EntityType type, bool keepsId)
    {
        var wanted = rows.Select(row => (JsonObject)row!);
        if (options.Filter is { } filter) wanted = wanted.Where(Filter.Parse(filter).Matches);
        if (options.OrderBy is { } order) wanted = Ordering.Apply(wanted, order);
        if (QueryOptions.Number(options.Top) is { } top) wanted = wanted.Take(top);
        return [.. wanted.Select(row => (JsonNode)Apply(row, options, type, keepsId))];
    }
}
