using System.Collections.Immutable;
using Psoxy.Classification;
using Psoxy.Core.Gate;

namespace Psoxy.Core.Tests.Completeness;

/// <summary>
/// The classification says of every type that an endpoint can return what Graph's model says: no property, kind or type less, none more. Since each file is held
/// to the model and the walk from the endpoints follows the files, the walk is the model's.
/// </summary>
public sealed class ModelTests
{
    private static readonly GraphClassification Classification = GraphClassification.Read();

    private static readonly ImmutableArray<(string Connector, WalkedObject Object)> Walk =
    [
        .. from each in
               (from connector in TestConnectors.All
                from variant in connector.Variants
                from endpoint in connector.Endpoints
                select (Connector: connector.Id, variant.Flags, Endpoint: endpoint))
           from walked in EntityWalk.Over(Classification, each.Connector, each.Endpoint, each.Flags)
           select (each.Connector, walked),
    ];

    private static readonly ImmutableSortedSet<string> Reached =
        [.. Walk.SelectMany(walked => walked.Object.Kinds).SelectMany(kind => Classification.Chain(kind.Name)).Select(type => type.Name)];

    [Test]
    public void Every_type_that_can_be_returned_has_a_file() => AssertNone(Walk
        .SelectMany(walked => ModelKinds(walked.Object.Declared).Prepend(walked.Object.Declared))
        .Concat(Reached.Where(GraphModel.Has).SelectMany(ModelBases))
        .Where(type => !Classification.Types.ContainsKey(type))
        .Select(type => GraphModel.Has(type) ? $"connectors/graph/{type}.yaml is missing:\n{Template(type)}" : $"connectors/graph/{type}.yaml is missing, and Graph's model has no such type"));

    [Test]
    public void Every_property_of_those_types_is_classified() => AssertNone(
        from name in Reached.Where(GraphModel.Has)
        from property in GraphModel.Own(name)
        where !Classification.Types[name].Properties.ContainsKey(property.Key)
        group Line(property.Key, property.Value) by name into missing
        select $"connectors/graph/{missing.Key}.yaml:\n{string.Join('\n', missing)}");

    [Test]
    public void What_is_kept_is_of_the_type_that_the_model_says() => AssertNone(
        from name in Reached.Where(GraphModel.Has)
        from classified in Classification.Types[name].Properties.Values.Where(property => property.Unmodelled is null)
        let type = Classification.Chain(name).Where(each => GraphModel.Has(each.Name)).Select(each => GraphModel.Own(each.Name).GetValueOrDefault(classified.Name)).FirstOrDefault(each => each is not null)
        let expected = classified.All.Any(judgement => judgement.Treatment != PropertyTreatment.Dropped) ? type : null
        where expected != classified.Type
        select $"connectors/graph/{name}.yaml: '{classified.Name}' has the type '{classified.Type}'; expected '{expected}'");

    [Test]
    public void Types_are_built_on_each_other_as_the_model_says() => AssertNone(
        from name in Reached.Where(GraphModel.Has)
        where Classification.Types[name].Base != GraphModel.Base(name)
        select $"connectors/graph/{name}.yaml: 'base' is '{Classification.Types[name].Base}'; expected '{GraphModel.Base(name)}'");

    [Test]
    public void No_file_or_property_is_there_that_the_model_or_no_endpoint_has() => AssertNone(
        Classification.Types.Keys.Except(Reached).Select(type => $"connectors/graph/{type}.yaml: no endpoint of any connector returns it")
            .Concat(
                from type in Classification.Types.Values
                where GraphModel.Has(type.Name) == (type.Unmodelled is not null)
                select $"connectors/graph/{type.Name}.yaml: {(type.Unmodelled is null ? "the model has no such type" : "the model has this type now; remove 'unmodelled'")}")
            .Concat(
                from type in Classification.Types.Values.Where(type => GraphModel.Has(type.Name))
                let names = ModelBases(type.Name).Prepend(type.Name).SelectMany(each => GraphModel.Own(each).Keys).ToHashSet()
                from property in type.Properties.Values
                where names.Contains(property.Name) == (property.Unmodelled is not null)
                select $"connectors/graph/{type.Name}.yaml: {(property.Unmodelled is null ? "the model has no" : "remove 'unmodelled', the model now has")} '{property.Name}'")
            .Concat(
                from type in Classification.Types.Values.Where(type => GraphModel.Has(type.Name))
                from kind in type.Subtypes.Select(kind => (Of: type.Name, Name: kind))
                    .Concat(type.Properties.Values.SelectMany(property => property.Subtypes.Select(kind => (Of: property.Type!, Name: kind))))
                where kind.Of != kind.Name && !GraphModel.Below(kind.Of).Contains(kind.Name)
                select $"connectors/graph/{type.Name}.yaml: '{kind.Name}' is no kind of {kind.Of}"));

    [Test]
    public void No_exception_is_there_that_never_applies() => AssertNone(
        (from type in Classification.Types.Values
         from limit in type.Limits
         let names = Classification.Properties(type.Name).Select(property => property.Name).ToHashSet()
         from problem in limit.Only.Where(name => !names.Contains(name)).Select(name => $"lists '{name}', which the type does not have")
             .Concat(PlacesOf(type.Name).Any(limit.Holds) ? [] : ["never applies"])
         select $"connectors/graph/{type.Name}.yaml: the limit to {limit.Connector}{limit.At} {problem}")
        .Concat(
            from type in Classification.Types.Values
            from property in type.Properties.Values
            from problem in Unused(type.Name, property)
            select $"connectors/graph/{type.Name}.yaml: of '{property.Name}', {problem} never applies"));

    // Rules tell properties by their path, not by the kind of object that has them.
    [Test]
    public void No_path_is_judged_in_two_ways() => AssertNone(
        from walked in Walk
        from property in walked.Object.Properties.GroupBy(property => property.Property.Name)
        let judgements = property.Select(each => $"{each.Judgement.Treatment} ({each.Type.Name})").Distinct().ToList()
        where property.Select(each => each.Judgement.Treatment).Distinct().Count() > 1
        select $"{walked.Connector} [{string.Join('+', walked.Object.Place.Flags)}] {string.Join('/', walked.Object.Place.Steps)}/{property.Key}: {string.Join(", ", judgements)}");

    [Test]
    public void Every_reason_says_something() => AssertNone(
        from type in Classification.Types.Values
        from property in type.Properties.Values
        from judgement in property.All
        where judgement.Reason.Trim().Length < 5
        select $"connectors/graph/{type.Name}.yaml: '{property.Name}' has no reason");

    private static IEnumerable<string> Unused(string type, ClassifiedProperty property)
    {
        foreach (var at in property.Usual.At.Keys)
            if (!PlacesOf(type).Any(place => property.Usual.EndOf(place) == at && !property.Connectors.ContainsKey(place.Connector))) yield return $"at '{at}'";
        foreach (var (connector, own) in property.Connectors)
        {
            if (PlacesOf(type).All(place => place.Connector != connector)) yield return $"connector '{connector}'";
            foreach (var at in own.At.Keys)
                if (!PlacesOf(type).Any(place => place.Connector == connector && own.EndOf(place) == at)) yield return $"connector '{connector}' at '{at}'";
        }
    }

    // Where an object of the type, or of one built on it, can stand.
    private static IEnumerable<Place> PlacesOf(string type) => Walk
        .Where(walked => walked.Object.Kinds.Any(kind => Classification.Chain(kind.Name).Any(each => each.Name == type)))
        .Select(walked => walked.Object.Place);

    /// <summary>What the model says may stand where a type is declared, less what the classification says Graph does not return.</summary>
    private static IEnumerable<string> ModelKinds(string declared)
    {
        if (!GraphModel.Has(declared)) return [];
        var kinds = GraphModel.Below(declared);
        return Classification.Types.GetValueOrDefault(declared)?.Subtypes is { IsEmpty: false } listed ? kinds.Intersect(listed) : kinds;
    }

    private static IEnumerable<string> ModelBases(string type)
    {
        for (var at = GraphModel.Base(type); at is not null; at = GraphModel.Base(at)) yield return at;
    }

    private static string Template(string type) => string.Join(
        '\n',
        GraphModel.Own(type).Select(property => Line(property.Key, property.Value)).Prepend("properties:").Prepend($"base: {GraphModel.Base(type)}").Prepend($"type: {type}"));

    private static string Line(string property, string? type) => $"  {property}: {{treatment: dropped, reason: }}{(type is null ? "" : $"  # a {type}")}";

    private static void AssertNone(IEnumerable<string> problems) =>
        Assert.That(string.Join('\n', problems.Distinct().Order(StringComparer.Ordinal)), Is.Empty);
}
