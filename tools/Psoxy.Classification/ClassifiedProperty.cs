using System.Collections.Immutable;

namespace Psoxy.Classification;

/// <summary>A property of one of Graph's types, or an annotation, with what happens to it.</summary>
public sealed record ClassifiedProperty
{
    /// <summary>As in JSON.</summary>
    public required string Name { get; init; }

    /// <summary>What happens to it where the connector says nothing else.</summary>
    public required PlacedJudgement Usual { get; init; }

    /// <summary>What happens to it in one connector, by id: in the place of all else.</summary>
    public ImmutableSortedDictionary<string, PlacedJudgement> Connectors { get; init; } = ImmutableSortedDictionary<string, PlacedJudgement>.Empty;

    /// <summary>Name of its type where that has properties of its own; of the items, if it is a list.</summary>
    public string? Type { get; init; }

    /// <summary>The kinds of that type that Graph returns here; empty where any may be.</summary>
    public ImmutableArray<string> Subtypes { get; init; } = [];

    /// <summary>Why it is here though Graph's model has no such property; <c>null</c> for one that the model has.</summary>
    public string? Unmodelled { get; init; }

    /// <summary>Why more of it is seen than through the Java original; <c>null</c> where that is not so.</summary>
    public string? Beyond { get; init; }

    /// <summary>Why rules may leave it out where it is kept; only annotations have this.</summary>
    public string? Optional { get; init; }

    /// <summary>All that is said of it anywhere.</summary>
    public IEnumerable<Judgement> All => Connectors.Values.Prepend(Usual).SelectMany(placed => placed.At.Values.Prepend(placed.Usual))
        .SelectMany(judgement => judgement.Variants.Values.Prepend(judgement));

    /// <summary>What happens to it at a place.</summary>
    /// <param name="place">Where the object that has it stands.</param>
    public Judgement Of(Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return (Connectors.TryGetValue(place.Connector, out var own) ? own : Usual).Of(place);
    }
}
