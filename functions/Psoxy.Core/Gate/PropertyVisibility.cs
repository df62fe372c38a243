using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Gate;

/// <summary>
/// What an endpoint's rules do to each property, told without a response at hand. Where it depends on the response (a filter, an alternative, an
/// element's place) the stricter treatment is told.
/// </summary>
public static class PropertyVisibility
{
    private const string Collection = "value";

    /// <summary>Treatment of a property of the returned entity: the item of <c>value</c> where the endpoint returns a collection.</summary>
    /// <param name="endpoint">Whose rules.</param>
    /// <param name="path">Property names from the entity inwards, arrays not counted, as OData writes them.</param>
    public static PropertyTreatment Of(Endpoint endpoint, ImmutableArray<string> path)
    {
        if (path.IsEmpty) return PropertyTreatment.Dropped;
        var schema = endpoint.ResponseSchema;
        if (schema is null) return Worse(At(endpoint, path), At(endpoint, path.Insert(0, Collection)));
        return At(endpoint, IsCollection(schema) ? path.Insert(0, Collection) : path);
    }

    /// <summary>Treatment of a property by its names from the root of the response, arrays not counted.</summary>
    /// <param name="endpoint">Whose rules.</param>
    /// <param name="path">From the root.</param>
    public static PropertyTreatment At(Endpoint endpoint, ImmutableArray<string> path)
    {
        var treatment = endpoint.ResponseSchema is { } schema ? InSchema(schema, path, 0, []) : PropertyTreatment.Kept;
        if (treatment == PropertyTreatment.Dropped) return treatment;
        var lists = endpoint.ResponseSchema is { } root ? Lists(root, path) : [];
        foreach (var transform in endpoint.Transforms)
        {
            foreach (var jsonPath in transform.JsonPaths)
            {
                var matched = MatchedDepth(jsonPath, path, lists);
                if (matched == 0) continue;

                // On the property itself its own effect; on something around it, everything inside goes.
                treatment = Worse(treatment, matched == path.Length ? Effect(transform) : PropertyTreatment.Dropped);
            }
        }

        return treatment;
    }

    /// <summary>Whether the response is a list of entities under <c>value</c>.</summary>
    /// <param name="schema">Root of the response schema.</param>
    public static bool IsCollection(ResponseSchema schema) => schema.Properties.TryGetValue(Collection, out var value) && value.Type == SchemaType.Array;

    private static PropertyTreatment Effect(Transform transform) => transform switch
    {
        Redact => PropertyTreatment.Dropped,
        Pseudonymize { IncludeOriginal: true } => PropertyTreatment.Kept,
        Pseudonymize or Tokenize { Regex: null } => PropertyTreatment.Pseudonymized,
        _ => PropertyTreatment.Reduced,
    };

    private static PropertyTreatment InSchema(ResponseSchema schema, ImmutableArray<string> path, int at, ImmutableHashSet<ResponseSchema> around)
    {
        // Alternatives and arrays take no name: one that leads back to its own schema never says what stays.
        if (around.Contains(schema)) return PropertyTreatment.Dropped;
        around = around.Add(schema);
        if (!schema.AnyOf.IsEmpty)
        {
            var worst = PropertyTreatment.Kept;
            foreach (var alternative in schema.AnyOf)
            {
                worst = Worse(worst, InSchema(alternative.Then, path, at, around));
                if (alternative.Else is { } otherwise) worst = Worse(worst, InSchema(otherwise, path, at, around));
            }

            return worst;
        }

        if (schema.Type == SchemaType.Array) return schema.Items is { } items ? InSchema(items, path, at, around) : PropertyTreatment.Dropped;
        if (at == path.Length) return PropertyTreatment.Kept;
        return schema.Type == SchemaType.Object && schema.Properties.TryGetValue(path[at], out var property)
            ? InSchema(property, path, at + 1, [])
            : PropertyTreatment.Dropped;
    }

    /// <summary>After how many names the path may have matched, the fewest counting; 0 if it never does.</summary>
    private static int MatchedDepth(JsonPath jsonPath, ImmutableArray<string> names, ImmutableHashSet<int> lists)
    {
        var steps = jsonPath.Steps;
        HashSet<Position> live = [new(0, lists.Contains(0))];
        SkipElements(live, steps, lists.Contains(0));
        for (var depth = 0; depth < names.Length; depth++)
        {
            if (depth > 0 && IsMatched(live, steps)) return depth;
            var isList = lists.Contains(depth + 1);
            var next = new HashSet<Position>();
            foreach (var (at, onList) in live.Where(position => position.At < steps.Length))
            {
                var step = steps[at];
                if (step.Recursive) next.Add(new(at, isList));
                var isWildcard = step is WildcardStep && (step.Recursive || !onList);
                if (isWildcard || (step is PropertyStep property && property.Names.Contains(names[depth]))) next.Add(new(at + 1, isList));
            }

            SkipElements(next, steps, isList);
            live = next;
        }

        return IsMatched(live, steps) ? names.Length : 0;
    }

    private static bool IsMatched(HashSet<Position> live, ImmutableArray<JsonPathStep> steps) => live.Any(position => position.At == steps.Length);

    // Names do not tell where arrays are: a step that picks elements, or an object by a filter, may have been passed. Of what is surely a list of no lists,
    // one step picks an element, and only a filter may pick that once more.
    private static void SkipElements(HashSet<Position> live, ImmutableArray<JsonPathStep> steps, bool isList)
    {
        for (var at = 0; at < steps.Length; at++)
        {
            if (steps[at] is not (WildcardStep or IndexStep or FilterStep)) continue;
            if (live.Contains(new(at, OnList: true)) || (live.Contains(new(at, OnList: false)) && (!isList || steps[at] is FilterStep))) live.Add(new(at + 1, OnList: false));
        }
    }

    /// <summary>After how many names the schema lets nothing stand but a list, and in that no list.</summary>
    private static ImmutableHashSet<int> Lists(ResponseSchema schema, ImmutableArray<string> path)
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

    /// <summary>How far a path has come.</summary>
    /// <param name="At">The next step.</param>
    /// <param name="OnList">Whether it has come to what is surely a list, and to none of its elements yet.</param>
    private readonly record struct Position(int At, bool OnList);

    private static PropertyTreatment Worse(PropertyTreatment a, PropertyTreatment b) => a < b ? a : b;
}
