using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Classification;

/// <summary>The names that a response schema lists.</summary>
public static class SchemaNames
{
    /// <summary>Those of the objects at a path, alternatives counted, arrays not.</summary>
    /// <param name="schema">Root of the response schema.</param>
    /// <param name="path">Names from the root, arrays not counted.</param>
    public static IEnumerable<string> At(ResponseSchema schema, ImmutableArray<string> path)
    {
        ArgumentNullException.ThrowIfNull(schema);
        IEnumerable<ResponseSchema> at = Objects(schema, []);
        foreach (var name in path)
            at = at.Where(each => each.Properties.ContainsKey(name)).SelectMany(each => Objects(each.Properties[name], [])).ToList();
        return at.SelectMany(each => each.Properties.Keys).Distinct();
    }

    private static IEnumerable<ResponseSchema> Objects(ResponseSchema schema, ImmutableHashSet<ResponseSchema> around)
    {
        if (around.Contains(schema)) return [];
        around = around.Add(schema);
        var inside = schema.AnyOf.SelectMany(each => Objects(each.Then, around).Concat(each.Else is { } other ? Objects(other, around) : []))
            .Concat(schema.Items is { } items ? Objects(items, around) : []);
        return inside.Prepend(schema);
    }
}
