namespace Psoxy.Emulator.Graph.OData;

/// <summary>One navigation that the answer is to contain, with options of its own: <c>sessions($expand=segments;$top=3)</c>.</summary>
internal sealed record ExpandItem(string Navigation, QueryOptions Options)
{
    public static IReadOnlyList<ExpandItem> ListOf(string expand) => [.. Split(expand, ',').Select(Of)];

    private static ExpandItem Of(string item)
    {
        var open = item.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !item.EndsWith(')')) return new(item, new QueryOptions());
        var pairs = Split(item[(open + 1)..^1], ';').Select(option => option.Split('=', 2)).Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1]));
        return new(item[..open], QueryOptions.Of(pairs));
    }

    // Separators within parentheses or quotes belong to the part that they stand in.
    private static IEnumerable<string> Split(string text, char separator)
    {
        var (depth, quoted, start) = (0, false, 0);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\'') quoted = !quoted;
            if (quoted) continue;
            depth += text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[at] != separator || depth != 0) continue;
            if (at > start) yield return text[start..at].Trim();
            start = at + 1;
        }

        if (start < text.Length) yield return text[start..].Trim();
    }
}
