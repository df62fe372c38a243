using System.Collections.Immutable;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;

namespace Psoxy.Classification;

/// <summary>A property at a path of what an endpoint returns.</summary>
/// <param name="Path">Names from the entity inwards, arrays not counted; the last is the property's.</param>
/// <param name="Type">The type whose file judges it: the object's own, or one that it is built on.</param>
/// <param name="Property">As classified.</param>
/// <param name="Judgement">What happens to it here.</param>
public sealed record WalkedProperty(ImmutableArray<string> Path, GraphType Type, ClassifiedProperty Property, Judgement Judgement);

/// <summary>A place where an object stands: its declared type, and all that may stand there.</summary>
/// <param name="Path">Names from the entity inwards; empty for the entity.</param>
/// <param name="Place">The same after the endpoint.</param>
/// <param name="Declared">Name of the declared type.</param>
/// <param name="Kinds">The types of what may stand there; empty where the declared one has no file.</param>
/// <param name="Properties">Each of their properties, told once for each type that judges it and each judgement.</param>
public sealed record WalkedObject(ImmutableArray<string> Path, Place Place, string Declared, ImmutableArray<GraphType> Kinds, ImmutableArray<WalkedProperty> Properties);

/// <summary>All objects that an endpoint can return, from the entity inwards; what is dropped ends the walk.</summary>
public static class EntityWalk
{
    // A manager is a user, a reply a message: what is inside a second time is judged there like the first.
    private const int Repeats = 2;

    /// <summary>Walks an endpoint's entity.</summary>
    /// <param name="classification">Of all types.</param>
    /// <param name="connector">The connector's id.</param>
    /// <param name="endpoint">One of its endpoints.</param>
    /// <param name="flags">The variant.</param>
    public static IEnumerable<WalkedObject> Over(GraphClassification classification, string connector, ConnectorEndpoint endpoint, ImmutableHashSet<string> flags)
    {
        ArgumentNullException.ThrowIfNull(classification);
        ArgumentNullException.ThrowIfNull(endpoint);
        return In(classification, [], Place.Of(connector, endpoint.Path, flags), endpoint.Returns, [], []);
    }

    private static IEnumerable<WalkedObject> In(
        GraphClassification classification, ImmutableArray<string> path, Place place, string declared, ImmutableArray<string> only, ImmutableArray<string> around)
    {
        if (around.Count(type => type == declared) >= Repeats) yield break;
        around = around.Add(declared);
        var kinds = classification.Kinds(declared, only);
        var properties = kinds
            .SelectMany(kind => classification.Members(kind.Name).Select(member =>
                new WalkedProperty(path.Add(member.Property.Name), member.Type, member.Property, classification.Judge(kind, member.Property, place))))
            .DistinctBy(walked => (walked.Type.Name, walked.Property.Name, walked.Judgement))
            .OrderBy(walked => walked.Property.Name, StringComparer.Ordinal)
            .ToImmutableArray();
        yield return new(path, place, declared, kinds, properties);

        foreach (var (property, inner) in properties
            .Where(walked => walked.Judgement.Treatment != PropertyTreatment.Dropped && walked.Property.Type is not null)
            .Select(walked => (walked.Property, walked.Path))
            .DistinctBy(walked => (walked.Property.Name, walked.Property.Type)))
        {
            foreach (var walked in In(classification, inner, place.In(property.Name), property.Type!, property.Subtypes, around)) yield return walked;
        }
    }
}
