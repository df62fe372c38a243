using System.Collections.Immutable;
using Psoxy.Core.Gate;

namespace Psoxy.Classification;

/// <summary>What happens to each property of each of Graph's types that a connector can return, and why: the folder <c>connectors/graph</c>.</summary>
public sealed class GraphClassification
{
    private readonly ILookup<string?, GraphType> _byBase;

    internal GraphClassification(ImmutableSortedDictionary<string, GraphType> types, GraphAnnotations annotations)
    {
        Types = types;
        Annotations = annotations;
        _byBase = types.Values.ToLookup(type => type.Base, StringComparer.Ordinal);
    }

    /// <summary>By name.</summary>
    public ImmutableSortedDictionary<string, GraphType> Types { get; }

    /// <summary>What is no property of any type.</summary>
    public GraphAnnotations Annotations { get; }

    /// <summary>Reads the folder.</summary>
    /// <param name="folder">Path of <c>connectors/graph</c>; by default the copy beside this assembly.</param>
    /// <exception cref="InvalidDataException">A file is wrong; the message tells all that is.</exception>
    public static GraphClassification Read(string? folder = null) =>
        new ClassificationReader(folder ?? Path.Combine(AppContext.BaseDirectory, "connectors", "graph")).Read();

    /// <summary>A type and the types it is built on, itself first. Empty for a type without a file.</summary>
    /// <param name="type">Its name.</param>
    public IEnumerable<GraphType> Chain(string type)
    {
        for (var at = Types.GetValueOrDefault(type); at is not null; at = at.Base is null ? null : Types.GetValueOrDefault(at.Base)) yield return at;
    }

    /// <summary>What may stand where a type is declared: itself and all kinds of it, or those that Graph returns.</summary>
    /// <param name="type">The declared type's name.</param>
    /// <param name="only">Those that a property says Graph returns; empty for the type's own word.</param>
    public ImmutableArray<GraphType> Kinds(string type, ImmutableArray<string> only)
    {
        if (!Types.TryGetValue(type, out var declared)) return [];
        var listed = only.IsDefaultOrEmpty ? declared.Subtypes : only;
        return listed.IsEmpty ? [declared, .. Below(type)] : [.. listed.Where(Types.ContainsKey).Select(name => Types[name])];
    }

    /// <summary>Its properties, those of the types it is built on included, each as the nearest of them judges it.</summary>
    /// <param name="type">Its name.</param>
    public IEnumerable<ClassifiedProperty> Properties(string type) => Members(type).Select(member => member.Property);

    /// <summary>The same, each with the type whose file judges it.</summary>
    /// <param name="type">Its name.</param>
    public IEnumerable<(GraphType Type, ClassifiedProperty Property)> Members(string type) =>
        Chain(type).SelectMany(each => each.Properties.Values.Select(property => (each, property))).DistinctBy(member => member.property.Name);

    /// <summary>What happens to a property of an object.</summary>
    /// <param name="type">The object's own type.</param>
    /// <param name="property">One of its properties.</param>
    /// <param name="place">Where the object stands.</param>
    public Judgement Judge(GraphType type, ClassifiedProperty property, Place place)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(property);
        var limit = Chain(type.Name).SelectMany(each => each.Limits).FirstOrDefault(each => each.Holds(place) && !each.Only.Contains(property.Name));
        return limit is null ? property.Of(place) : new Judgement(PropertyTreatment.Dropped, limit.Reason);
    }

    private IEnumerable<GraphType> Below(string type) => _byBase[type].SelectMany(kind => Below(kind.Name).Prepend(kind));
}
