using System.Collections.Immutable;
using Psoxy.Classification.Docs;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Cli.Rules.Review;

/// <summary>A property as the rules treat it.</summary>
/// <param name="Name">As in JSON.</param>
/// <param name="Type">The type that judges it, where things of several kinds may stand there; else empty.</param>
/// <param name="Treatment">What the rules do, read from them.</param>
/// <param name="Reason">What the classification says of why.</param>
/// <param name="Opens">Whether it holds properties, each told by itself.</param>
/// <param name="Variants">Where this is so.</param>
internal sealed record ReviewedProperty(string Name, string Type, PropertyTreatment Treatment, string Reason, bool Opens, VariantSet Variants);

/// <summary>A place in an answer, with the properties of what stands there.</summary>
/// <param name="Path">From the entity inwards, joined by dots; empty for the entity.</param>
/// <param name="Declared">Graph's type.</param>
/// <param name="Variants">Where it is there.</param>
/// <param name="Properties">In the order of the page.</param>
internal sealed record ReviewedObject(string Path, string Declared, VariantSet Variants, ImmutableArray<ReviewedProperty> Properties)
{
    /// <summary>Equal for equal content, wherever it stands.</summary>
    public string Content => string.Join('\n', Properties.Select(property => property.ToString()).Prepend($"{Declared}\t{Variants.Bits}"));

    /// <summary>Equal for equal content at the same place.</summary>
    public string Key => $"{Path}\t{Content}";
}

/// <summary>A line of an example, in some variants.</summary>
/// <param name="Fate">The word for what happens; empty where the line stays as it is.</param>
/// <param name="Before">What Graph answers; empty where it has nothing.</param>
/// <param name="After">What leaves; empty where nothing does.</param>
/// <param name="Variants">Where this is so.</param>
internal sealed record ExampleLine(string Fate, string Before, string After, VariantSet Variants);

/// <summary>A request that may pass.</summary>
/// <param name="Declared">What <c>connector.yaml</c> says.</param>
/// <param name="Rules">What the rules say, in the first variant that has it.</param>
/// <param name="Variants">Which have it.</param>
/// <param name="Objects">What its answer holds.</param>
/// <param name="Envelope">What OData adds to it.</param>
/// <param name="Example">Its lines, before and after; empty where the connector has no example.</param>
internal sealed record ReviewedEndpoint(
    ConnectorEndpoint Declared, Endpoint Rules, VariantSet Variants, ImmutableArray<ReviewedObject> Objects, ReviewedObject Envelope, ImmutableArray<ExampleLine> Example);

/// <summary>All that the page says of a connector.</summary>
/// <param name="Facts">Shared with <c>docs/connectors.md</c>.</param>
/// <param name="Variants">Which it has.</param>
/// <param name="Sha1">Of its rules file.</param>
/// <param name="Endpoints">In the order of the rules.</param>
/// <param name="Unclassified">What the rules know and the classification does not: none, else the page says so.</param>
/// <param name="Disagreements">Where the rules do otherwise than the classification says: none, else the page says so.</param>
internal sealed record ReviewedConnector(
    ConnectorFacts Facts, VariantSet Variants, string Sha1, ImmutableArray<ReviewedEndpoint> Endpoints, ImmutableArray<string> Unclassified, ImmutableArray<string> Disagreements)
{
    public Connector Connector => Facts.Connector;
}
