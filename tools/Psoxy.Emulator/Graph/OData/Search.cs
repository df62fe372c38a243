using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.OData;

/// <summary><c>$search</c>: <c>"property:words"</c> or <c>"words"</c>, joined by AND and OR.</summary>
internal static class Search
{
    public static IEnumerable<JsonObject> Apply(IEnumerable<JsonObject> rows, string search, EntityType type)
    {
        if (type.Searched.Count == 0) throw new FilterException($"$search is not supported on type 'microsoft.graph.{type.Name}'.");
        var alternatives = search.Split(" OR ").Select(alternative => alternative.Split(" AND ").Select(term => Term(term, type)).ToList()).ToList();
        return rows.Where(row => alternatives.Any(terms => terms.All(term => term(row))));
    }

    private static Func<JsonObject, bool> Term(string term, EntityType type)
    {
        var words = term.Trim().Trim('"').Split(':', 2);
        var (names, text) = words.Length == 2 && !words[1].StartsWith("//", StringComparison.Ordinal) ? ([words[0]], words[1]) : (type.Searched, words[^1]);
        if (names.FirstOrDefault(name => !type.Searched.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown) throw new FilterException($"$search is not supported on the property '{unknown}'.");
        return row => names.Any(name => new FilterScope(row).Find(name.Split('/'))?.ToString().Contains(text, StringComparison.OrdinalIgnoreCase) == true);
    }
}
