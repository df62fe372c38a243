using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Gate;

/// <summary>What a JSON path of a rule may match, told by names alone.</summary>
/// <param name="Depth">After how many of the names it may have matched, the fewest counting; 0 is the response itself, <c>null</c> never.</param>
/// <param name="GoesOn">Whether it names something inside the last of the names.</param>
internal readonly record struct PathMatch(int? Depth, bool GoesOn)
{
    /// <summary>Names are compared without regard to case: Graph's directory finds <c>DisplayName</c> where the rules say <c>displayName</c>.</summary>
    /// <param name="jsonPath">The path.</param>
    /// <param name="names">From the root, arrays not counted.</param>
    /// <param name="lists">After how many names there surely is a list.</param>
    public static PathMatch Of(JsonPath jsonPath, ImmutableArray<string> names, ImmutableHashSet<int> lists)
    {
        var steps = jsonPath.Steps;

        // '$', or a filter on the response itself.
        if (steps.All(step => step is IndexStep or FilterStep)) return new(0, false);
        HashSet<Position> live = [new(0, lists.Contains(0))];
        SkipElements(live, steps, lists.Contains(0));
        var goesOn = false;
        for (var depth = 0; depth < names.Length; depth++)
        {
            if (IsMatched(live, steps) && depth > 0) return new(depth, false);
            goesOn = false;
            var isList = lists.Contains(depth + 1);
            var next = new HashSet<Position>();
            foreach (var (at, onList) in live.Where(position => position.At < steps.Length))
            {
                var step = steps[at];
                if (step.Recursive) next.Add(new(at, isList));
                var isNamed = step is PropertyStep property && property.Names.Contains(names[depth], StringComparer.OrdinalIgnoreCase);
                if (isNamed || (step is WildcardStep && (step.Recursive || !onList))) next.Add(new(at + 1, isList));
                goesOn |= isNamed && at + 1 < steps.Length;
            }

            SkipElements(next, steps, isList);
            live = next;
        }

        return new(IsMatched(live, steps) ? names.Length : null, goesOn);
    }

    private static bool IsMatched(HashSet<Position> live, ImmutableArray<JsonPathStep> steps) => live.Any(position => position.At == steps.Length);

    // Names do not tell where arrays are: a step that picks elements, or an object by a filter, may have been passed. Of what is surely a list of no lists,
    // one step picks an element, and only a filter may pick that once more.
    private static void SkipElements(HashSet<Position> live, ImmutableArray<JsonPathStep> steps, bool isList)
    {
        for (var at = 0; at < steps.Length; at++)
        {
            if (steps[at] is not (WildcardStep or IndexStep or FilterStep)) continue;
            if (live.Contains(new(at, OnList: true)) || (live.Contains(new(at, OnList: false)) && (!isList || steps[at] is FilterStep))) live.Add(new(at + 1, OnList: false));
        }
    }

    /// <summary>How far a path has come.</summary>
    /// <param name="At">The next step.</param>
    /// <param name="OnList">Whether it has come to what is surely a list, and to none of its elements yet.</param>
    private readonly record struct Position(int At, bool OnList);
}
