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
        var judgement = At.Where(at => place.EndsWith(at.Key)).OrderByDescending(at => at.Key.Count(c => c == '/')).Select(at => at.Value).FirstOrDefault() ?? Usual;
        return judgement.With(place.Flags);
    }
}
