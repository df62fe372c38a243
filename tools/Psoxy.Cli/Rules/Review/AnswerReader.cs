using System.Collections.Immutable;
using Psoxy.Classification;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Cli.Rules.Review;

/// <summary>
/// What the rules of an endpoint do to each property of its answer, in every variant. The treatment comes from the rules, the reason from the
/// classification; where they do not agree the page must not look as if they did.
/// </summary>
internal sealed class AnswerReader(GraphClassification classification, Connector connector)
{
    private readonly SortedSet<string> _unclassified = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _disagreements = new(StringComparer.Ordinal);

    public ImmutableArray<string> Unclassified => [.. _unclassified];

    public ImmutableArray<string> Disagreements => [.. _disagreements];

    /// <summary>Reads an endpoint.</summary>
    /// <param name="declared">What <c>connector.yaml</c> says.</param>
    /// <param name="variants">Those that have it: number, flags, rules.</param>
    public (ImmutableArray<ReviewedObject> Objects, ReviewedObject Envelope) Read(
        ConnectorEndpoint declared, IEnumerable<(int Number, ImmutableHashSet<string> Flags, Endpoint Rules)> variants)
    {
        var (objects, envelope) = (new ObjectMerge(), new ObjectMerge());
        foreach (var (number, flags, rules) in variants)
        {
            var root = declared.IsCollection ? ImmutableArray.Create("value") : [];
            foreach (var walked in EntityWalk.Over(classification, connector.Id, declared, flags))
            {
                // What the rules drop is told once, not again for all that it holds.
                if (walked.Path.IsEmpty || PropertyVisibility.At(rules, [.. root, .. walked.Path]) != PropertyTreatment.Dropped)
                    Object(declared, rules, [.. root, .. walked.Path], walked, objects.At(walked.Path, walked.Declared, number), number);
            }

            Envelope(declared, rules, root, Place.Of(connector.Id, declared.Path, flags), envelope.At([], "", number), number);
        }

        return (objects.Objects, envelope.Objects.Single());
    }

    private void Object(ConnectorEndpoint declared, Endpoint rules, ImmutableArray<string> path, WalkedObject walked, ObjectMerge.Merging into, int variant)
    {
        foreach (var property in walked.Properties)
        {
            var name = property.Property.Name;
            var treatment = PropertyVisibility.At(rules, path.Add(name));
            if (treatment != property.Judgement.Treatment) Disagree(declared, path, name, property.Judgement, treatment);
            var opens = treatment != PropertyTreatment.Dropped && property.Property.Type is not null;
            into.Add(name, walked.Kinds.Length > 1 ? property.Type.Name : "", treatment, property.Judgement.Reason, opens, variant);
        }

        var known = walked.Properties.Select(property => property.Property.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in Listed(rules, path).Except(known))
        {
            var at = name.IndexOf('@', StringComparison.Ordinal);
            var annotations = at == 0 ? classification.Annotations.Entity : classification.Annotations.Property;
            if (at < 0 || !annotations.TryGetValue(name[at..], out var annotation)) _unclassified.Add($"{declared.Path}: {string.Join('.', path.Add(name))}");

            // Those of the entity itself stand with what else OData adds.
            else if (at > 0 || !walked.Path.IsEmpty) Annotation(declared, rules, path, name, annotation, walked.Place, into, variant);
        }
    }

    private void Envelope(ConnectorEndpoint declared, Endpoint rules, ImmutableArray<string> root, Place place, ObjectMerge.Merging into, int variant)
    {
        if (declared.IsCollection)
        {
            foreach (var annotation in classification.Annotations.Page.Values) Annotation(declared, rules, [], annotation.Name, annotation, place, into, variant);
            foreach (var name in Listed(rules, []).Except(classification.Annotations.Page.Keys).Where(name => name != "value")) _unclassified.Add($"{declared.Path}: {name}");
        }

        foreach (var annotation in classification.Annotations.Entity.Values) Annotation(declared, rules, root, annotation.Name, annotation, place, into, variant);
    }

    private void Annotation(
        ConnectorEndpoint declared, Endpoint rules, ImmutableArray<string> path, string name, ClassifiedProperty annotation, Place place, ObjectMerge.Merging into, int variant)
    {
        var (judgement, treatment) = (annotation.Of(place), PropertyVisibility.At(rules, path.Add(name)));
        var leftOut = annotation.Optional is not null && treatment == PropertyTreatment.Dropped;
        if (treatment != judgement.Treatment && !leftOut) Disagree(declared, path, name, judgement, treatment);
        var type = declared.IsCollection && into.Path.Length == 0 && into.Declared.Length == 0 ? path.IsEmpty ? "page" : "item" : "";
        into.Add(name, type, treatment, leftOut && judgement.Treatment != treatment ? annotation.Optional! : judgement.Reason, opens: false, variant);
    }

    private static IEnumerable<string> Listed(Endpoint rules, ImmutableArray<string> path) => rules.ResponseSchema is { } schema ? SchemaNames.At(schema, path) : [];

    private void Disagree(ConnectorEndpoint declared, ImmutableArray<string> path, string name, Judgement judgement, PropertyTreatment rules) =>
        _disagreements.Add($"{declared.Path}: {string.Join('.', path.Add(name))}: classified as {Words.Of(judgement.Treatment)}, by the rules {Words.Of(rules)}");
}
