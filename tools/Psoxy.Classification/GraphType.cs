using System.Collections.Immutable;

namespace Psoxy.Classification;

/// <summary>One of Graph's types: a file of <c>connectors/graph</c>.</summary>
public sealed record GraphType
{
    /// <summary>As Graph's metadata has it, without <c>microsoft.graph.</c>; also the file's name.</summary>
    public required string Name { get; init; }

    /// <summary>The type whose properties it has too; <c>null</c> if none.</summary>
    public string? Base { get; init; }

    /// <summary>Why it is here though Graph's model has no such type; <c>null</c> for one that the model has.</summary>
    public string? Unmodelled { get; init; }

    /// <summary>The kinds of it that Graph returns; empty where any may be.</summary>
    public ImmutableArray<string> Subtypes { get; init; } = [];

    /// <summary>Why there are no others; <c>null</c> where any may be.</summary>
    public string? SubtypesReason { get; init; }

    /// <summary>Where only some of its properties are there at all.</summary>
    public ImmutableArray<TypeLimit> Limits { get; init; } = [];

    /// <summary>Those that the type has itself, or judges otherwise than its base, by name.</summary>
    public required ImmutableSortedDictionary<string, ClassifiedProperty> Properties { get; init; }
}

/// <summary>Where of a type only some properties are there, whatever is said of the others.</summary>
/// <param name="Connector">In this connector; <c>null</c> in all.</param>
/// <param name="At">At places that end so; <c>null</c> at all.</param>
/// <param name="Only">The properties that are judged as ever.</param>
/// <param name="Reason">Why the others go.</param>
public sealed record TypeLimit(string? Connector, string? At, ImmutableArray<string> Only, string Reason)
{
    /// <summary>Whether it holds at a place.</summary>
    /// <param name="place">Where the object stands.</param>
    public bool Holds(Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return (Connector is null || Connector == place.Connector) && (At is null || place.EndsWith(At));
    }
}
