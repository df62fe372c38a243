using System.Collections.Immutable;
using Psoxy.Classification;
using Psoxy.Classification.Docs;
using Psoxy.Core.Connectors;
using Psoxy.Core.Rules;

namespace Psoxy.Cli.Rules.Review;

/// <summary>Gathers what the page says.</summary>
internal sealed class ReviewReader(GraphClassification classification, ExampleReader examples)
{
    /// <summary>Names of the variants that any of the connectors has, the default first; a variant's number is its place.</summary>
    public static ImmutableArray<string> Variants(ImmutableArray<Connector> connectors)
    {
        ImmutableArray<string> names = [.. connectors.SelectMany(connector => connector.Variants).Select(variant => variant.Name).Distinct()];
        return names.Length <= VariantSet.Most ? names : throw new UsageException($"the page can show {VariantSet.Most} variants; these connectors have {names.Length}.");
    }

    /// <summary>Reads a connector.</summary>
    /// <param name="connector">One of this build.</param>
    /// <param name="variants">See <see cref="Variants"/>.</param>
    public ReviewedConnector Read(Connector connector, ImmutableArray<string> variants)
    {
        var loads = connector.Variants.Select(variant => (
            Number: variants.IndexOf(variant.Name),
            variant.Name,
            variant.Flags,
            Rules: RulesLoader.Load(connector.RulesYaml, $"connectors/{connector.Id}/rules.yaml", new RulesOptions { Flags = variant.Flags }).Rules
                ?? throw new InvalidOperationException($"The rules of {connector.Id}, variant {variant.Name}, are invalid."))).ToList();
        var answers = new AnswerReader(classification, connector);
        var endpoints = connector.Endpoints.Select(declared =>
        {
            var having = loads
                .Select(load => (load.Number, load.Name, load.Flags, Rules: load.Rules.Endpoints.FirstOrDefault(endpoint => endpoint.Name == declared.Path)!))
                .Where(load => load.Rules is not null)
                .ToList();
            var (objects, envelope) = answers.Read(declared, having.Select(load => (load.Number, load.Flags, load.Rules)));
            return new ReviewedEndpoint(
                declared,
                having[0].Rules,
                having.Aggregate(default(VariantSet), (all, load) => all.With(VariantSet.Of(load.Number))),
                objects,
                envelope,
                examples.Read(connector.Id, declared, having.Select(load => (load.Number, load.Name))));
        }).ToImmutableArray();
        return new(
            new ConnectorFacts(classification, connector),
            loads.Aggregate(default(VariantSet), (all, load) => all.With(VariantSet.Of(load.Number))),
            loads[0].Rules.Sha1,
            endpoints,
            answers.Unclassified,
            answers.Disagreements);
    }
}
