using System.Collections.Immutable;
using Psoxy.Classification;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Completeness;

/// <summary>What the classification says happens to each property is what the rules do to it, at every path of every endpoint in every variant.</summary>
public sealed class AgreementTests
{
    private static readonly GraphClassification Classification = GraphClassification.Read();

    private static IEnumerable<TestCaseData> Variants() =>
        from connector in TestConnectors.All
        from variant in connector.Variants
        select new TestCaseData(connector, variant).SetArgDisplayNames(connector.Id, variant.Name);

    [TestCaseSource(nameof(Variants))]
    public void The_rules_do_what_the_classification_says(Connector connector, ConnectorVariant variant)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(variant);
        var load = RulesLoader.Load(connector.RulesYaml, connector.Id, new RulesOptions { Flags = variant.Flags });
        Assert.That(load.Errors, Is.Empty);

        var problems =
            from rules in load.Rules!.Endpoints
            let endpoint = connector.Endpoints.Single(each => each.Path == rules.Name)
            from problem in Problems(connector, variant, endpoint, rules)
            select $"{endpoint.Path}: {problem}";
        Assert.That(string.Join('\n', problems.Distinct().Order(StringComparer.Ordinal)), Is.Empty);
    }

    private static IEnumerable<string> Problems(Connector connector, ConnectorVariant variant, ConnectorEndpoint endpoint, Endpoint rules)
    {
        if (rules.ResponseSchema is not { } schema) return ["has no responseSchema"];
        if (PropertyVisibility.IsCollection(schema) != endpoint.IsCollection) return [$"'collection' is {endpoint.IsCollection}; the schema says otherwise"];

        ImmutableArray<string> root = endpoint.IsCollection ? ["value"] : [];
        var place = Place.Of(connector.Id, endpoint.Path, variant.Flags);

        // What the rules drop is told once, not again for all that it holds.
        return EntityWalk.Over(Classification, connector.Id, endpoint, variant.Flags)
            .Where(walked => walked.Path.IsEmpty || PropertyVisibility.At(rules, [.. root, .. walked.Path]) != PropertyTreatment.Dropped)
            .SelectMany(walked => OfObject(rules, [.. root, .. walked.Path], walked))
            .Concat(endpoint.IsCollection ? OfPage(rules, place) : []);
    }

    private static IEnumerable<string> OfObject(Endpoint rules, ImmutableArray<string> path, WalkedObject walked)
    {
        foreach (var property in walked.Properties)
        {
            var treatment = PropertyVisibility.At(rules, path.Add(property.Property.Name));
            if (treatment != property.Judgement.Treatment) yield return Mismatch(path, property.Property.Name, property.Type.Name, property.Judgement, treatment);
        }

        // Annotations, of the object and of its properties, and what no type has.
        var known = walked.Properties.Select(property => property.Property.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in SchemaNames.At(rules.ResponseSchema!, path).Except(known))
        {
            var treatment = PropertyVisibility.At(rules, path.Add(name));
            var at = name.IndexOf('@', StringComparison.Ordinal);
            var annotations = at == 0 ? Classification.Annotations.Entity : Classification.Annotations.Property;
            if (at < 0) yield return $"{Text(path, name)}: the rules know it; no type that may stand there ({Kinds(walked)}) has it";
            else if (!annotations.TryGetValue(name[at..], out var annotation)) yield return $"{Text(path, name)}: connectors/graph/annotations.yaml does not know it";
            else if (annotation.Of(walked.Place) is var judgement && judgement.Treatment < treatment) yield return Mismatch(path, name, "annotation", judgement, treatment);
        }

        foreach (var annotation in Classification.Annotations.Entity.Values.Where(annotation => annotation.Optional is null))
        {
            var (judgement, treatment) = (annotation.Of(walked.Place), PropertyVisibility.At(rules, path.Add(annotation.Name)));
            if (judgement.Treatment != treatment) yield return Mismatch(path, annotation.Name, "annotation", judgement, treatment);
        }
    }

    private static IEnumerable<string> OfPage(Endpoint rules, Place place)
    {
        foreach (var annotation in Classification.Annotations.Page.Values)
        {
            var (judgement, treatment) = (annotation.Of(place), PropertyVisibility.At(rules, [annotation.Name]));
            if (judgement.Treatment != treatment) yield return Mismatch([], annotation.Name, "annotation", judgement, treatment);
        }

        foreach (var name in SchemaNames.At(rules.ResponseSchema!, []).Except(Classification.Annotations.Page.Keys).Where(name => name != "value"))
            yield return $"{name}: connectors/graph/annotations.yaml does not know it on a page";
    }

    private static string Mismatch(ImmutableArray<string> path, string name, string type, Judgement judgement, PropertyTreatment rules) =>
        $"{Text(path, name)} ({type}): classified as {judgement.Treatment}, because: {judgement.Reason}; by the rules {rules}";

    private static string Kinds(WalkedObject walked) => string.Join(", ", walked.Kinds.Select(kind => kind.Name));

    private static string Text(ImmutableArray<string> path, string name) => string.Join('/', path.Add(name));
}
