using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Gate;

/// <summary>What a response schema leaves of a property, told without a response at hand: what every alternative leaves.</summary>
internal static class SchemaVisibility
{
    /// <summary>Walks all alternatives at once, so that it takes no longer the more of them there are at each level.</summary>
    /// <param name="root">Schema of the response.</param>
    /// <param name="path">Names from the root, arrays not counted.</param>
    /// <param name="whole">Whether the property is asked for with all that is in it: of an object, a schema never keeps all.</param>
    public static PropertyTreatment Of(ResponseSchema root, ImmutableArray<string> path, bool whole)
    {
        var live = new Level();
        if (!live.TryAdd(root)) return PropertyTreatment.Dropped;
        var conditional = live.IsConditional;
        foreach (var name in path)
        {
            var next = new Level();
            foreach (var schema in live.Schemas)
            {
                if (schema.Type != SchemaType.Object || !TryProperty(schema, name, out var property) || !next.TryAdd(property)) return PropertyTreatment.Dropped;
            }

            live = next;
            conditional |= next.IsConditional;
        }

        return conditional || (whole && live.Schemas.Any(schema => schema.Type == SchemaType.Object)) ? PropertyTreatment.Reduced : PropertyTreatment.Kept;
    }

    // Graph's own pages write JoinWebUrl of what answers call joinWebUrl. Where names differ by case only, nobody can tell which is meant.
    private static bool TryProperty(ResponseSchema schema, string name, [NotNullWhen(true)] out ResponseSchema? property)
    {
        if (schema.Properties.TryGetValue(name, out property)) return true;
        var alike = schema.Properties.Where(each => each.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        property = alike.Count == 1 ? alike[0].Value : null;
        return property is not null;
    }

    /// <summary>The schemas that may hold for one value. Alternatives and arrays take no name, so they are looked through.</summary>
    private sealed class Level
    {
        private readonly HashSet<ResponseSchema> _around = [];
        private readonly HashSet<ResponseSchema> _seen = [];

        public List<ResponseSchema> Schemas { get; } = [];

        /// <summary>Whether there is a value of which nothing stays, since no alternative's condition holds.</summary>
        public bool IsConditional { get; private set; }

        /// <summary>False where nothing is said to stay: an array without items, or a schema that leads back to itself.</summary>
        public bool TryAdd(ResponseSchema schema)
        {
            if (_around.Contains(schema)) return false;
            if (!_seen.Add(schema)) return true;
            if (schema.AnyOf.IsEmpty && schema.Type != SchemaType.Array)
            {
                Schemas.Add(schema);
                return true;
            }

            _around.Add(schema);
            if (schema.AnyOf.IsEmpty)
            {
                if (schema.Items is not { } items || !TryAdd(items)) return false;
            }
            else
            {
                IsConditional |= schema.AnyOf.All(alternative => alternative is { Condition: not null, Else: null });
                foreach (var alternative in schema.AnyOf)
                    if (!TryAdd(alternative.Then) || (alternative.Else is { } otherwise && !TryAdd(otherwise))) return false;
            }

            return _around.Remove(schema);
        }
    }
}
