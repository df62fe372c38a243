using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Laws;

/// <summary>What kind of value a response schema wants at a path; a document of another kind would be nulled for that alone, and show nothing.</summary>
/// <param name="IsList">Whether it is a list.</param>
/// <param name="Type">Of the value, or of the items; unspecified where the schema does not know the path.</param>
internal readonly record struct WantedValue(bool IsList, SchemaType Type)
{
    /// <summary>The shape at a path.</summary>
    /// <param name="schema">Of the response.</param>
    /// <param name="path">Names from the response inwards, arrays not counted.</param>
    public static WantedValue At(ResponseSchema? schema, ImmutableArray<string> path)
    {
        List<ResponseSchema> live = schema is null ? [] : [.. Alternatives(schema)];
        foreach (var name in path) live = [.. Items(live).Where(each => each.Properties.ContainsKey(name)).SelectMany(each => Alternatives(each.Properties[name]))];
        return new(live.Any(each => each.Type == SchemaType.Array), Items(live).Select(each => each.Type).FirstOrDefault());
    }

    /// <summary>Whether what a schema keeps may differ from object to object.</summary>
    public static bool HasAlternatives(ResponseSchema? schema)
    {
        var seen = new HashSet<ResponseSchema>();
        var next = new Stack<ResponseSchema>(schema is null ? [] : [schema]);
        while (next.TryPop(out var each))
        {
            if (!each.AnyOf.IsEmpty) return true;
            if (!seen.Add(each)) continue;
            foreach (var property in each.Properties.Values) next.Push(property);
            if (each.Items is { } items) next.Push(items);
        }

        return false;
    }

    private static IEnumerable<ResponseSchema> Items(IEnumerable<ResponseSchema> schemas) =>
        schemas.SelectMany(each => each.Type != SchemaType.Array ? [each] : each.Items is { } items ? Items(Alternatives(items)) : []);

    private static IEnumerable<ResponseSchema> Alternatives(ResponseSchema schema) => schema.AnyOf.IsEmpty
        ? [schema]
        : schema.AnyOf.SelectMany(each => Alternatives(each.Then).Concat(each.Else is { } other ? Alternatives(other) : []));
}
