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
        var shapes = Shapes(endpoint.ResponseSchema, path);
        foreach (var transform in endpoint.Transforms)
        {
            foreach (var jsonPath in transform.JsonPaths)
            {
                if (MatchedDepth(jsonPath, path, shapes) is not { } matched) continue;

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

    /// <summary>After how many names the path may have matched, the fewest counting; <c>null</c> if it never does.</summary>
    private static int? MatchedDepth(JsonPath jsonPath, ImmutableArray<string> names, ImmutableArray<Shape> shapes)
    {
        var steps = jsonPath.Steps;
        HashSet<Position> live = [new(0, shapes[0])];
        SkipElements(live, steps);
        for (var depth = 0; depth < names.Length; depth++)
        {
            if (live.Any(position => position.At == steps.Length)) return depth;
            var next = new HashSet<Position>();
            foreach (var (at, shape) in live)
            {
                var step = steps[at];
                if (step.Recursive) next.Add(new(at, shapes[depth + 1]));
                var takesAny = step is WildcardStep && (step.Recursive || shape != Shape.List);
                if (takesAny || (step is PropertyStep property && property.Names.Contains(names[depth]))) next.Add(new(at + 1, shapes[depth + 1]));
            }

            SkipElements(next, steps);
            live = next;
        }

        return live.Any(position => position.At == steps.Length) ? names.Length : null;
    }

    // Names do not tell where arrays are: a step that picks elements, or an object by a filter, may have been passed.
    private static void SkipElements(HashSet<Position> live, ImmutableArray<JsonPathStep> steps)
    {
        for (var at = 0; at < steps.Length; at++)
        {
            if (steps[at] is not (WildcardStep or IndexStep or FilterStep)) continue;
            if (live.Contains(new(at, Shape.Any))) live.Add(new(at + 1, Shape.Any));
            if (live.Contains(new(at, Shape.List)) || (steps[at] is FilterStep && live.Contains(new(at, Shape.NoList)))) live.Add(new(at + 1, Shape.NoList));
        }
    }

    /// <summary>What the schema lets stand before the first name, and after each.</summary>
    private static ImmutableArray<Shape> Shapes(ResponseSchema? schema, ImmutableArray<string> path)
    {
        var shapes = ImmutableArray.CreateBuilder<Shape>(path.Length + 1);
        for (var depth = 0; depth <= path.Length; depth++)
        {
            shapes.Add(ShapeOf(schema));
            if (shapes[^1] == Shape.List) schema = schema!.Items;
            schema = depth < path.Length && shapes[^1] != Shape.Any ? schema!.Properties.GetValueOrDefault(path[depth]) : null;
        }

        return shapes.MoveToImmutable();
    }

    private static Shape ShapeOf(ResponseSchema? schema) => schema switch
    {
        null or { AnyOf.IsEmpty: false } => Shape.Any,
        { Type: SchemaType.Array, Items: { AnyOf.IsEmpty: true, Type: not SchemaType.Array } } => Shape.List,
        { Type: SchemaType.Array } => Shape.Any,
        _ => Shape.NoList,
    };

    /// <summary>What a schema lets stand at a place.</summary>
    private enum Shape
    {
        /// <summary>Nobody knows.</summary>
        Any = 0,

        /// <summary>A list, whose elements are no lists.</summary>
        List,

        /// <summary>An object or a scalar.</summary>
        NoList,
    }

    /// <summary>How far a path has come.</summary>
    /// <param name="At">The next step.</param>
    /// <param name="Shape">What it has come to.</param>
    private readonly record struct Position(int At, Shape Shape);

    private static PropertyTreatment Worse(PropertyTreatment a, PropertyTreatment b) => a < b ? a : b;
}
