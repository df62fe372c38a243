using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.OData;

/// <summary><c>$orderby</c>: paths, each up or down, the first the most important.</summary>
internal static class Ordering
{
    private static readonly Comparer<object?> Values = Comparer<object?>.Create((left, right) =>
        (left, right) is (null, not null) ? -1 : (left, right) is (not null, null) ? 1 : FilterValue.Compare(left, right) ?? 0);

    public static IEnumerable<(string Path, bool IsDescending)> Parse(string order)
    {
        foreach (var part in order.Split(',', StringSplitOptions.TrimEntries))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length is 0 or > 2 || (words.Length == 2 && words[1].ToLowerInvariant() is not ("asc" or "desc"))) throw new FilterException($"Syntax error in the order '{order}'.");
            yield return (words[0], words.Length == 2 && words[1].Equals("desc", StringComparison.OrdinalIgnoreCase));
        }
    }

    public static IEnumerable<JsonObject> Apply(IEnumerable<JsonObject> rows, string order)
    {
        IOrderedEnumerable<JsonObject>? sorted = null;
        foreach (var (path, isDescending) in Parse(order))
        {
            var segments = path.Split('/');
            object? Key(JsonObject row) => FilterValue.Of(new FilterScope(row).Find(segments));
            sorted = (sorted, isDescending) switch
            {
                (null, false) => rows.OrderBy(Key, Values),
                (null, true) => rows.OrderByDescending(Key, Values),
                (_, false) => sorted.ThenBy(Key, Values),
                _ => sorted.ThenByDescending(Key, Values),
            };
        }

        return sorted ?? rows;
    }
}
