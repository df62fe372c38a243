using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize;

/// <summary>An augment or a transform of an endpoint.</summary>
/// <param name="Order">When it is its turn, from 0: augments first, then transforms as the file has them.</param>
/// <param name="Augment">Where it is an augment.</param>
/// <param name="Transform">Where it is a transform.</param>
internal sealed record PlanRule(int Order, Augment? Augment, Transform? Transform);

/// <summary>How far one path of one rule has been followed.</summary>
/// <param name="Rule">Whose path.</param>
/// <param name="Number">Index of the path among the rule's.</param>
/// <param name="Path">The path.</param>
/// <param name="At">Steps taken.</param>
/// <param name="IsCandidate">Whether the next step is a filter that tests this very value, as an array's element, rather than what is in it.</param>
internal readonly record struct PlanPosition(PlanRule Rule, int Number, JsonPath Path, int At = 0, bool IsCandidate = false)
{
    public bool IsComplete => At == Path.Steps.Length;

    public JsonPathStep Step => Path.Steps[At];

    /// <summary>Whether one name more would complete it.</summary>
    public bool IsBeforeLast => At == Path.Steps.Length - 1 && Step is PropertyStep or WildcardStep;
}

/// <summary>All that is left of one path of one rule at a value: the path may have come here in several ways.</summary>
/// <param name="Rule">Whose path.</param>
/// <param name="Positions">At least one.</param>
internal sealed record PlanSelection(PlanRule Rule, ImmutableArray<PlanPosition> Positions);
