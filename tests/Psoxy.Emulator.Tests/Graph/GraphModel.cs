using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions.Serialization;

namespace Psoxy.Emulator.Tests.Graph;

/// <summary>Graph's types as its client library knows them, and which of their properties the emulator has shown.</summary>
internal sealed class GraphModel
{
    private static readonly ILookup<string, Type> Types = typeof(Entity).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, Namespace: not null } && type.Namespace.StartsWith("Microsoft.Graph.Models", StringComparison.Ordinal) && typeof(IParsable).IsAssignableFrom(type))
        .ToLookup(type => $"{type.Namespace!["Microsoft.Graph.Models".Length..].TrimStart('.')}.{type.Name}".TrimStart('.'), StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<Type, HashSet<string>> _shown = [];

    /// <summary>Properties that no answer showed, as <c>type.property</c>; those that lead to other entities do not count, because they come only when they are expanded.</summary>
    public IEnumerable<string> Missing => from seen in _shown
                                          from property in Properties(seen.Key)
                                          where !LeadsElsewhere(property.Value) && !seen.Value.Contains(property.Key)
                                          orderby seen.Key.Name, property.Key
                                          select $"{char.ToLowerInvariant(seen.Key.Name[0])}{seen.Key.Name[1..]}.{property.Key}";

    public static Type Find(string name) => Types[name].Single();

    /// <summary>Notes what an object shows.</summary>
    public void Note(JsonObject shown, Type type)
    {
        if ((string?)shown["@odata.type"] is { } name && Types[name["#microsoft.graph.".Length..]].FirstOrDefault() is { } derived) type = derived;
        if (!_shown.TryGetValue(type, out var names)) _shown[type] = names = new(StringComparer.Ordinal);
        var properties = Properties(type);
        foreach (var (property, value) in shown)
        {
            names.Add(property);
            if (!properties.TryGetValue(property, out var inner)) continue;
            foreach (var item in value is JsonArray array ? [.. array] : (JsonNode?[])[value])
                if (item is JsonObject child && typeof(IParsable).IsAssignableFrom(inner)) Note(child, inner);
        }
    }

    private static bool LeadsElsewhere(Type type) => typeof(Entity).IsAssignableFrom(type);

    // The deserializers know the names on the wire, the properties their types: organizer_v2 is OrganizerV2.
    private static Dictionary<string, Type> Properties(Type type)
    {
        var instance = (IParsable)Activator.CreateInstance(type)!;
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).GroupBy(member => member.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(same => same.Key, same => same.First().PropertyType, StringComparer.OrdinalIgnoreCase);
        return instance.GetFieldDeserializers().Keys.Where(name => name != "@odata.type").ToDictionary(
            name => name,
            name => Item(members.GetValueOrDefault(name.Replace("_", "", StringComparison.Ordinal)) ?? typeof(string)));
    }

    private static Type Item(Type type) => type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : type;
}
