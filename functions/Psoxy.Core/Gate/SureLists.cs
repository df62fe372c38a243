using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Gate;

/// <summary>Where a schema lets nothing stand but a list, and in that no list: there a path's <c>[*]</c> picks elements and no members.</summary>
internal static class SureLists
{
    /// <summary>After how many of the names.</summary>
    /// <param name="schema">Of the response.</param>
    /// <param name="path">Names from the root, arrays not counted.</param>
    public static ImmutableHashSet<int> Of(ResponseSchema schema, ImmutableArray<string> path)
    {
        var lists = ImmutableHashSet.CreateBuilder<int>();
        for (var depth = 0; ; depth++)
        {
            if (schema is { Type: SchemaType.Array, AnyOf.IsEmpty: true, Items: { Type: not SchemaType.Array, AnyOf.IsEmpty: true } items })
            {
                lists.Add(depth);
                schema = items;
            }

            if (depth == path.Length || !schema.AnyOf.IsEmpty || !schema.Properties.TryGetValue(path[depth], out var property)) return lists.ToImmutable();
            schema = property;
        }
    }
}
