using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Gate;

/// <summary>What a JSON path of a rule may match, told by names alone.</summary>
/// <param name="Depth">After how many of the names it may have matched, the fewest counting; 0 is the response itself, <c>null</c> never.</param>
/// <param name="GoesOn">Whether it names something inside the last of the names.</param>
internal readonly record struct PathMatch(int? Depth, bool GoesOn)
{
    /// <summary>Names are compared without regard to case: Graph's directory finds <c>DisplayName</c> where the rules say <c>displayName</c>.</summary>
    public static PathMatch Of(JsonPath jsonPath, ImmutableArray<string> names)
    {
        var steps = jsonPath.Steps;

        // '$', or a filter on the response itself.
        if (steps.All(step => step is IndexStep or FilterStep)) return new(0, false);
        var live = new HashSet<int> { 0 };
        SkipElements(live, steps);
        var goesOn = false;
        for (var depth = 0; depth < names.Length; depth++)
        {
            if (live.Contains(steps.Length) && depth > 0) return new(depth, false);
            goesOn = false;
            var next = new HashSet<int>();
            foreach (var at in live.Where(at => at < steps.Length))
            {
                var step = steps[at];
                if (step.Recursive) next.Add(at);
                var isNamed = step is PropertyStep property && property.Names.Contains(names[depth], StringComparer.OrdinalIgnoreCase);
                if (isNamed || step is WildcardStep) next.Add(at + 1);
                goesOn |= isNamed && at + 1 < steps.Length;
            }

            SkipElements(next, steps);
            live = next;
        }

        return new(live.Contains(steps.Length) ? names.Length : null, goesOn);
    }

    // Names do not tell where arrays are: a step that picks elements, or an object by a filter, may have been passed.
    private static void SkipElements(HashSet<int> live, ImmutableArray<JsonPathStep> steps)
    {
        for (var at = 0; at < steps.Length; at++)
            if (live.Contains(at) && steps[at] is (WildcardStep or IndexStep or FilterStep)) live.Add(at + 1);
    }
}
