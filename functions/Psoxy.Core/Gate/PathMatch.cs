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
    /// <param name="shapes">What the schema lets stand before the first name, and after each.</param>
    public static PathMatch Of(JsonPath jsonPath, ImmutableArray<string> names, ImmutableArray<Shape> shapes)
    {
        var steps = jsonPath.Steps;
        HashSet<Position> live = [new(0, shapes[0])];
        SkipElements(live, steps);
        var goesOn = false;
        for (var depth = 0; depth < names.Length; depth++)
        {
            if (IsMatched(live, steps)) return new(depth, false);
            goesOn = false;
            var next = new HashSet<Position>();
            foreach (var (at, shape) in live)
            {
                var step = steps[at];
                if (step.Recursive) next.Add(new(at, shapes[depth + 1]));
                var isNamed = step is PropertyStep property && property.Names.Contains(names[depth], StringComparer.OrdinalIgnoreCase);
                if (isNamed || (step is WildcardStep && (step.Recursive || shape != Shape.List))) next.Add(new(at + 1, shapes[depth + 1]));
                goesOn |= isNamed && at + 1 < steps.Length;
            }

            SkipElements(next, steps);
            live = next;
        }

        return new(IsMatched(live, steps) ? names.Length : null, goesOn);
    }

    private static bool IsMatched(HashSet<Position> live, ImmutableArray<JsonPathStep> steps) => live.Any(position => position.At == steps.Length);

    // Names do not tell where arrays are: a step that picks elements, or an object by a filter, may have been passed.
    private static void SkipElements(HashSet<Position> live, ImmutableArray<JsonPathStep> steps)
    {
        for (var at = 0; at < steps.Length; at++)
        {
            if (steps[at] is not (WildcardStep or IndexStep or FilterStep)) continue;
            if (live.Contains(new(at, Shape.Any))) live.Add(new(at + 1, Shape.Any));
            if (live.Contains(new(at, Shape.List)) || (steps[at] is FilterStep && live.Contains(new(at, Shape.NoList)))) live.Add(new(at + 1, Shape.NoList));
        }
    }

    /// <summary>How far a path has come.</summary>
    /// <param name="At">The next step.</param>
    /// <param name="Shape">What it has come to.</param>
    private readonly record struct Position(int At, Shape Shape);
}
