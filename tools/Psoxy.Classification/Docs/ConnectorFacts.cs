using System.Collections.Immutable;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;

namespace Psoxy.Classification.Docs;

/// <summary>A property of a type as one connector treats it, in its default variant.</summary>
/// <param name="Type">The type whose file judges it.</param>
/// <param name="Name">The property's.</param>
/// <param name="Treatments">All that happen to it, the most visible first: it may differ by place.</param>
internal sealed record PropertyFact(string Type, string Name, ImmutableArray<PropertyTreatment> Treatments)
{
    public PropertyTreatment Most => Treatments[0];
}

/// <summary>A property that the Java original treats otherwise.</summary>
/// <param name="Type">The type whose file judges it.</param>
/// <param name="Property">As classified.</param>
/// <param name="Ours">What happens to it here.</param>
/// <param name="Theirs">What the original does.</param>
internal readonly record struct Difference(string Type, ClassifiedProperty Property, PropertyTreatment Ours, PropertyTreatment Theirs);

/// <summary>What a connector returns, gathered over its endpoints.</summary>
internal sealed class ConnectorFacts
{
    public ConnectorFacts(GraphClassification classification, Connector connector)
    {
        Connector = connector;
        ImmutableHashSet<string> flags = [];
        var original = OriginalRules.Read(connector.Id, flags);
        var walked =
            (from endpoint in connector.Endpoints
             from each in EntityWalk.Over(classification, connector.Id, endpoint, flags)
             from property in each.Properties
             select (Endpoint: endpoint, Type: property.Type.Name, property.Property, property.Path, Ours: property.Judgement.Treatment)).ToList();
        Properties =
        [
            .. from each in walked
               group each.Ours by (each.Type, each.Property.Name) into property
               orderby property.Key.Type.ToUpperInvariant(), property.Key.Name.ToUpperInvariant()
               select new PropertyFact(property.Key.Type, property.Key.Name, [.. property.Distinct().OrderDescending()]),
        ];
        NotInOriginal = [.. connector.Endpoints.Where(endpoint => original?.Serves(endpoint) != true)];
        Differences =
        [
            .. from each in walked.Where(each => !NotInOriginal.Contains(each.Endpoint))
               let theirs = original!.At(each.Endpoint, each.Path)
               where theirs != each.Ours
               select new Difference(each.Type, each.Property, each.Ours, theirs) into difference
               group difference by difference into one
               orderby one.Key.Type.ToUpperInvariant(), one.Key.Property.Name.ToUpperInvariant()
               select one.Key,
        ];
    }

    public Connector Connector { get; }

    /// <summary>By type and name.</summary>
    public ImmutableArray<PropertyFact> Properties { get; }

    public ImmutableArray<Difference> Differences { get; }

    public ImmutableArray<ConnectorEndpoint> NotInOriginal { get; }

    /// <summary>What is told of a difference's property over all places.</summary>
    public PropertyFact Fact(Difference difference) => Properties.Single(property => property.Type == difference.Type && property.Name == difference.Property.Name);

    public int Count(PropertyTreatment treatment) => Properties.Count(property => property.Most == treatment);
}
