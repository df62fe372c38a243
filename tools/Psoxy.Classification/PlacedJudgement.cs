using System.Collections.Immutable;

namespace Psoxy.Classification;

/// <summary>A judgement that may differ by place.</summary>
/// <param name="Usual">Where nothing else is said.</param>
/// <param name="At">By the end of the place, as <see cref="Place.EndsWith"/> reads it; the longest counts.</param>
public sealed record PlacedJudgement(Judgement Usual, ImmutableSortedDictionary<string, Judgement> At)
{
    /// <summary>The judgement at a place, its variant counted.</summary>
    /// <param name="place">Where the object that has the property stands.</param>
    public Judgement Of(Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return (EndOf(place) is { } end ? At[end] : Usual).With(place.Flags);
    }

    /// <summary>Which of <see cref="At"/> counts at a place; <c>null</c> where none does.</summary>
    /// <param name="place">Where the object that has the property stands.</param>
    public string? EndOf(Place place) => At.Keys.Where(place.EndsWith).MaxBy(end => end.Count(c => c == '/'));
}
