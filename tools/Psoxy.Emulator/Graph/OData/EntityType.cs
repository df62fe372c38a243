using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.OData;

/// <summary>A type as far as requests must know it: its name, what can be expanded, and what <c>$search</c> looks at.</summary>
/// <param name="Name">Without its namespace.</param>
/// <param name="Navigations">What is there only when it is asked for.</param>
internal sealed record EntityType(string Name, params IReadOnlyList<Navigation> Navigations)
{
    /// <summary>Properties that <c>$search</c> looks at; none where it is not supported.</summary>
    public IReadOnlyList<string> Searched { get; init; } = [];

    public Navigation? Find(string name) => Navigations.FirstOrDefault(navigation => navigation.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Something that an entity leads to.</summary>
/// <param name="Name">Of the property.</param>
/// <param name="Read">An object, an array of objects or <c>null</c>, made when it is asked for.</param>
/// <param name="Target">The type of what is there.</param>
internal sealed record Navigation(string Name, Func<JsonObject, JsonNode?> Read, EntityType Target)
{
    /// <summary>A collection.</summary>
    public static Navigation Many(string name, Func<JsonObject, IEnumerable<JsonObject>> read, EntityType? target = null) =>
        new(name, entity => new JsonArray([.. read(entity).Select(item => (JsonNode)item.DeepClone())]), target ?? new EntityType(name));

    /// <summary>A single entity.</summary>
    public static Navigation One(string name, Func<JsonObject, JsonObject?> read, EntityType? target = null) =>
        new(name, entity => read(entity)?.DeepClone(), target ?? new EntityType(name));
}
