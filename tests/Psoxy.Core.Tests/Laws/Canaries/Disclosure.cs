using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Laws.Canaries;

/// <summary>
/// What may be seen of a text at a place at most: all where it is kept, nothing where it is dropped or a pseudonym, and where it is reduced what the transforms there say
/// they leave, which is never more than a link or an id. A second opinion on the transforms, in one line each.
/// </summary>
internal static class Disclosure
{
    /// <summary>Whether a canary may be seen.</summary>
    /// <param name="of">The endpoint.</param>
    /// <param name="path">Of the text, from the response inwards, arrays not counted.</param>
    /// <param name="treatment">What the classification says of the path.</param>
    /// <param name="text">What is planted there.</param>
    /// <param name="canary">The word in it.</param>
    /// <param name="constants">Whether filters find the constants that they compare with.</param>
    public static bool MayShow(ConnectorCase of, ImmutableArray<string> path, PropertyTreatment treatment, string text, string canary, bool constants)
    {
        if (treatment is PropertyTreatment.Dropped or PropertyTreatment.Kept) return treatment == PropertyTreatment.Kept;
        var transforms = of.Treating(path);
        if (transforms.IsEmpty || (treatment == PropertyTreatment.Pseudonymized && !transforms.Any(each => IsConditional(each.Transform, each.Path)))) return false;
        foreach (var (transform, jsonPath) in transforms)
            if (Applies(transform, jsonPath, constants)) text = Rest(transform, text);
        return text.Contains(canary, StringComparison.OrdinalIgnoreCase) && (treatment != PropertyTreatment.Reduced || IsLink(path[^1], text));
    }

    /// <summary>The transforms that treat exactly this path.</summary>
    public static IEnumerable<(Transform Transform, JsonPath Path)> At(Endpoint endpoint, ImmutableArray<string> path)
    {
        var shapes = SchemaShape.Along(endpoint.ResponseSchema, path);
        return from transform in endpoint.Transforms
               from jsonPath in transform.JsonPaths
               where PathMatch.Of(jsonPath, path, shapes).Depth == path.Length
               select (transform, jsonPath);
    }

    /// <summary>Whether it depends on the document if the transform applies.</summary>
    public static bool IsConditional(Transform transform, JsonPath path) => transform.ApplyOnlyWhen is not null || path.Steps.Any(step => step is FilterStep or IndexStep);

    /// <summary>The comparisons that an endpoint's rules make: name of the property, and constant.</summary>
    public static IEnumerable<(string Name, string Literal)> Constants(Endpoint endpoint) =>
        from transform in endpoint.Transforms
        from path in transform.ApplyOnlyWhen is { } only ? transform.JsonPaths.Add(only) : transform.JsonPaths
        from step in path.Steps.OfType<FilterStep>()
        from comparison in Comparisons(step.Filter)
        from name in comparison.Path.Steps.OfType<PropertyStep>().TakeLast(1)
        select (name.Names[0], comparison.Literal);

    private static IEnumerable<CompareFilter> Comparisons(JsonFilter filter) => filter switch
    {
        CompareFilter comparison => [comparison],
        AndFilter and => [.. Comparisons(and.Left), .. Comparisons(and.Right)],
        OrFilter or => [.. Comparisons(or.Left), .. Comparisons(or.Right)],
        NotFilter not => Comparisons(not.Operand),
        _ => [],
    };

    // A property that is a link may show what a link tells, or what stands there in its place, and an id what is no person's; any other a link to a meeting at most;
    // and paging links show nobody.
    private static bool IsLink(string name, string text) => !name.StartsWith('@')
        && (name.EndsWith("Url", StringComparison.OrdinalIgnoreCase) || name.Equals("id", StringComparison.OrdinalIgnoreCase) || text.Split(' ').All(token => token.StartsWith("https://", StringComparison.Ordinal)));

    private static bool Applies(Transform transform, JsonPath path, bool constants) =>
        (transform.ApplyOnlyWhen is not { } only || Holds(only, constants)) && Holds(path, constants);

    private static bool Holds(JsonPath path, bool constants) => path.Steps.All(step => step is not FilterStep filter || Holds(filter.Filter, constants));

    private static bool Holds(JsonFilter filter, bool constants) => filter switch
    {
        CompareFilter comparison => comparison.Negated != constants,
        AndFilter and => Holds(and.Left, constants) && Holds(and.Right, constants),
        OrFilter or => Holds(or.Left, constants) || Holds(or.Right, constants),
        NotFilter not => !Holds(not.Operand, constants),
        ExistsFilter => true,
        _ => false,
    };

    private static string Rest(Transform transform, string text) => transform switch
    {
        RedactRegexMatches cut => cut.Redactions.Aggregate(text, (rest, regex) => regex.Replace(rest, "")),
        RedactExceptSubstringsMatchingRegexes keep => string.Join('\n', keep.Exceptions.SelectMany(regex => regex.Matches(text)).Select(match => match.Value)),
        RedactExceptPhrases keep => string.Join(',', keep.AllowedPhrases),
        FilterTokenByRegex keep => string.Join(' ', keep.Delimiter.Split(text).Where(token => keep.Filters.Any(regex => regex.Match(token).Value == token))),
        PseudonymizeRegexMatches hide => WithoutGroup(hide.Regex, text),
        Tokenize { Regex: { } regex } => WithoutGroup(regex, text),
        SealPagingLink => Link(text),
        Pseudonymize { IncludeOriginal: true } => text,
        _ => "",
    };

    private static string WithoutGroup(Regex regex, string text) =>
        regex.Replace(text, match => match.Groups.Count > 1 ? match.Value.Replace(match.Groups[1].Value, "", StringComparison.Ordinal) : "");

    // The path without principal names, the options' names, and the values of those that hold no text.
    private static string Link(string text)
    {
        if (!text.StartsWith("https://", StringComparison.Ordinal) || text.Contains(' ', StringComparison.Ordinal)) return "";
        var parts = text.Split('?', 2);
        var path = parts[0].Split('/').Where(segment => !segment.Contains('@', StringComparison.Ordinal));
        var query = (parts.ElementAtOrDefault(1) ?? "").Split('&').Select(pair => pair.Split('=', 2)).Select(pair =>
            pair[0].TrimStart('$').ToLowerInvariant() is "select" or "orderby" or "top" or "skip" or "count" or "format" or "search" ? pair[^1]
            : pair[0].TrimStart('$').ToLowerInvariant() is "filter" or "expand" ? Regex.Replace(Uri.UnescapeDataString(pair[^1]), "'[^']*'", "")
            : "");
        return string.Join('/', path) + string.Join('&', query);
    }
}
