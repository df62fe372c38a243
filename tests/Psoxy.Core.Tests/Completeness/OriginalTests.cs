using System.Collections.Immutable;
using Psoxy.Classification;
using Psoxy.Core.Connectors;

namespace Psoxy.Core.Tests.Completeness;

/// <summary>Nothing is seen more of than through the Java original, but what the classification names and gives a reason for.</summary>
public sealed class OriginalTests
{
    private static readonly GraphClassification Classification = GraphClassification.Read();

    private static IEnumerable<TestCaseData> Variants() =>
        from each in
            (from connector in ConnectorCatalog.All
             from variant in connector.Variants
             from endpoint in connector.Endpoints
             select (Connector: connector.Id, variant.Flags, Endpoint: endpoint))
        group each.Endpoint by (each.Connector, Flags: string.Join('+', each.Flags.Order(StringComparer.Ordinal))) into variant
        select new TestCaseData(variant.Key.Connector, variant.Key.Flags, variant.ToImmutableArray()).SetArgDisplayNames(variant.Key.Connector, variant.Key.Flags);

    [TestCaseSource(nameof(Variants))]
    public void What_the_original_hides_is_hidden(string connector, string flags, ImmutableArray<ConnectorEndpoint> endpoints)
    {
        ImmutableHashSet<string> flagsOn = [.. flags.Split('+', StringSplitOptions.RemoveEmptyEntries)];
        var original = OriginalRules.Read(connector, flagsOn);
        Assert.That(original, Is.Not.Null);

        var served = endpoints.Where(original!.Serves).ToList();
        Assert.That(served, Is.Not.Empty);
        var problems =
            from endpoint in served
            from walked in EntityWalk.Over(Classification, connector, endpoint, flagsOn)
            from property in walked.Properties
            let theirs = original.At(endpoint, property.Path)
            where property.Judgement.Treatment > theirs && property.Property.Beyond is null
            select $"{endpoint.Path}: {string.Join('/', property.Path)} ({property.Type.Name}): {property.Judgement.Treatment}; in the original {theirs}";
        Assert.That(string.Join('\n', problems.Distinct().Order(StringComparer.Ordinal)), Is.Empty);
    }

    [Test]
    public void What_is_said_to_go_beyond_the_original_does()
    {
        var beyond =
            from data in Variants()
            let connector = (string)data.Arguments[0]!
            let flags = ((string)data.Arguments[1]!).Split('+', StringSplitOptions.RemoveEmptyEntries).ToImmutableHashSet()
            let original = OriginalRules.Read(connector, flags)
            from endpoint in ((ImmutableArray<ConnectorEndpoint>)data.Arguments[2]!).Where(original.Serves)
            from walked in EntityWalk.Over(Classification, connector, endpoint, flags)
            from property in walked.Properties.Where(property => property.Property.Beyond is not null)
            where property.Judgement.Treatment > original.At(endpoint, property.Path)
            select property.Property;
        Assert.That(Classification.Types.Values.SelectMany(type => type.Properties.Values).Where(property => property.Beyond is not null).Except(beyond), Is.Empty);
    }
}
