using System.Collections.Immutable;
using Psoxy.Core.Gate;

namespace Psoxy.Classification;

/// <summary>What happens to a property, and why.</summary>
/// <param name="Treatment">What the rules do. An object that is kept is there with those of its own properties that are.</param>
/// <param name="Reason">For a privacy officer.</param>
public sealed record Judgement(PropertyTreatment Treatment, string Reason)
{
    /// <summary>Where a variant's flag changes it, by flag.</summary>
    public ImmutableSortedDictionary<string, Judgement> Variants { get; init; } = ImmutableSortedDictionary<string, Judgement>.Empty;

    /// <summary>The judgement with these flags on: the strictest where several of them change it.</summary>
    /// <param name="flags">Flags of the rules file.</param>
    public Judgement With(ImmutableHashSet<string> flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        return Variants.Where(variant => flags.Contains(variant.Key)).Select(variant => variant.Value).MinBy(judgement => judgement.Treatment) ?? this;
    }
}
