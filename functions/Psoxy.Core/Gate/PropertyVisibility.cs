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
    public static PropertyTreatment Of(Endpoint endpoint, ImmutableArray<string> path) => Of(endpoint, path, whole: false);

    /// <summary>Treatment of a property together with all that is in it: what a comparison, an order or a search of it can tell.</summary>
    /// <param name="endpoint">Whose rules.</param>
    /// <param name="path">See <see cref="Of(Endpoint, ImmutableArray{string})"/>.</param>
    internal static PropertyTreatment OfWhole(Endpoint endpoint, ImmutableArray<string> path) => Of(endpoint, path, whole: true);

    /// <summary>Treatment of a property by its names from the root of the response, arrays not counted.</summary>
    /// <param name="endpoint">Whose rules.</param>
    /// <param name="path">From the root.</param>
    public static PropertyTreatment At(Endpoint endpoint, ImmutableArray<string> path) => At(endpoint, path, whole: false);

    /// <summary>Whether the response is a list of entities under <c>value</c>.</summary>
    /// <param name="schema">Root of the response schema.</param>
    public static bool IsCollection(ResponseSchema schema) => schema.Properties.TryGetValue(Collection, out var value) && value.Type == SchemaType.Array;

    private static PropertyTreatment Of(Endpoint endpoint, ImmutableArray<string> path, bool whole)
    {
        if (path.IsEmpty) return PropertyTreatment.Dropped;
        var schema = endpoint.ResponseSchema;
        if (schema is null) return Worse(At(endpoint, path, whole), At(endpoint, path.Insert(0, Collection), whole));
        return At(endpoint, IsCollection(schema) ? path.Insert(0, Collection) : path, whole);
    }

    private static PropertyTreatment At(Endpoint endpoint, ImmutableArray<string> path, bool whole)
    {
        var treatment = endpoint.ResponseSchema is { } schema ? SchemaVisibility.Of(schema, path, whole) : PropertyTreatment.Kept;
        if (treatment == PropertyTreatment.Dropped) return treatment;
        var shapes = SchemaShape.Along(endpoint.ResponseSchema, path);
        foreach (var transform in endpoint.Transforms)
        {
            foreach (var jsonPath in transform.JsonPaths)
            {
                if (treatment == PropertyTreatment.Dropped) return treatment;
                var match = PathMatch.Of(jsonPath, path, shapes);

                // On the property itself its own effect; on something around it, everything inside goes.
                if (match.Depth is { } depth) treatment = Worse(treatment, depth == path.Length ? Effect(transform) : PropertyTreatment.Dropped);
                else if (whole && match.GoesOn) treatment = Worse(treatment, PropertyTreatment.Reduced);
            }
        }

        return treatment;
    }

    private static PropertyTreatment Effect(Transform transform) => transform switch
    {
        Redact => PropertyTreatment.Dropped,
        Pseudonymize { IncludeOriginal: true } => PropertyTreatment.Kept,
        Pseudonymize or Tokenize { Regex: null } => PropertyTreatment.Pseudonymized,
        _ => PropertyTreatment.Reduced,
    };

    private static PropertyTreatment Worse(PropertyTreatment a, PropertyTreatment b) => a < b ? a : b;
}
