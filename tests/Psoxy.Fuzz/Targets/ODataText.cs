namespace Psoxy.Fuzz.Targets;

/// <summary>Well-formed texts of OData options on given properties, nested at random.</summary>
internal sealed class ODataText(Random random, string[] properties)
{
    public string Of(string option) => option switch
    {
        "$filter" => Filter(0),
        "$expand" => Expand(0),
        "$orderby" => Path() + Pick("", " asc", " desc"),
        "$search" => Search(),
        _ => string.Join(Pick(",", ", "), Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Path())),
    };

    private string Filter(int depth) => random.Next(depth > 3 ? 5 : 9) switch
    {
        0 or 1 or 2 => $"{Path()} {Pick("eq", "ne", "gt", "le")} {Constant()}",
        3 => $"{Path()} in ({Constant()}, {Constant()})",
        4 => $"{Pick("startswith", "endswith", "contains")}({Path()},{Constant()})",
        5 => $"({Filter(depth + 1)})",
        6 => $"not {Filter(depth + 1)}",
        7 => $"{Path()}/{Pick("any", "all")}(x:x{Pick("", "/" + Pick(properties))} eq {Constant()} and {Filter(depth + 1)})",
        _ => $"{Filter(depth + 1)} {Pick("and", "or")} {Filter(depth + 1)}",
    };

    private string Expand(int depth)
    {
        if (depth > 4 || random.Next(2) == 0) return Path();
        var inside = Pick("$select=" + Path(), "$filter=" + Filter(2), "$expand=" + Expand(depth + 1), "$top=5", "$orderby=" + Path());
        return $"{Path()}({inside}{Pick("", ";$select=" + Path())})";
    }

    private string Search() => string.Join(Pick(" AND ", " OR ", " "), Enumerable.Range(0, 1 + random.Next(2)).Select(_ => Phrase()));

    private string Phrase() => $"\"{Pick(properties)}:{Pick("x", "a b", "x AND y", "x " + Pick(properties) + ":y", "")}\"";

    private string Path() => Pick(properties) + Pick("", "", "/" + Pick(properties), "/" + Pick(properties) + "/" + Pick(properties));

    private string Constant() => Pick("'x'", "'it''s'", "true", "null", "5", "2026-01-01T00:00:00Z", "48d31887-5fad-4d73-a9f5-3c356e68a038",
        "'" + FuzzKey.Pseudonymizer.Tokenize("alice@contoso.com") + "'");

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
