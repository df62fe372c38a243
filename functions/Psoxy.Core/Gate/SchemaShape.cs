using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Gate;

/// <summary>What a schema lets stand at a place: in what is surely a list, a path's <c>[*]</c> picks elements and no members.</summary>
internal enum Shape
{
    /// <summary>Nobody knows.</summary>
    Any = 0,

    /// <summary>A list, whose elements are no lists.</summary>
    List,

    /// <summary>An object or a scalar.</summary>
    NoList,
}

/// <summary>Reads shapes off a schema.</summary>
internal static class SchemaShape
{
    /// <summary>Before the first name, and after each.</summary>
    /// <param name="schema">Of the response.</param>
    /// <param name="path">Names from the root, arrays not counted.</param>
    public static ImmutableArray<Shape> Along(ResponseSchema? schema, ImmutableArray<string> path)
    {
        var shapes = ImmutableArray.CreateBuilder<Shape>(path.Length + 1);
        for (var depth = 0; depth <= path.Length; depth++)
        {
            shapes.Add(Of(schema));
            if (shapes[^1] == Shape.List) schema = schema!.Items;
            schema = depth < path.Length && shapes[^1] != Shape.Any ? schema!.Properties.GetValueOrDefault(path[depth]) : null;
        }

        return shapes.MoveToImmutable();
    }

    private static Shape Of(ResponseSchema? schema) => schema switch
    {
        null or { AnyOf.IsEmpty: false } => Shape.Any,
        { Type: SchemaType.Array, Items: { AnyOf.IsEmpty: true, Type: not SchemaType.Array } } => Shape.List,
        { Type: SchemaType.Array } => Shape.Any,
        _ => Shape.NoList,
    };
}
