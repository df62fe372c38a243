using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Psoxy.Cli.Demo;
using Psoxy.Core.Connectors;

namespace Psoxy.Cli.Rules.Review;

/// <summary>Examples of what Graph answers and what leaves of it, which tests hold to the rules: the folders <c>examples</c>, copied beside the program.</summary>
internal sealed partial class ExampleReader(string folder)
{
    public ExampleReader()
        : this(Path.Combine(AppContext.BaseDirectory, "connectors"))
    {
    }

    /// <summary>Both sides line by line, all variants at once; empty where there is no example.</summary>
    /// <param name="connector">The connector's id.</param>
    /// <param name="endpoint">Whose example.</param>
    /// <param name="variants">Those that have the endpoint: number and name.</param>
    public ImmutableArray<ExampleLine> Read(string connector, ConnectorEndpoint endpoint, IEnumerable<(int Number, string Name)> variants)
    {
        var examples = Path.Combine(folder, connector, "examples");
        if (Json(Path.Combine(examples, "original", endpoint.Example + ".json")) is not { } original) return [];
        var sides = new List<(VariantSet Variants, List<List<ComparedLine>> Lines)>();
        foreach (var (number, name) in variants)
        {
            if (Json(Path.Combine(examples, "sanitized", name, endpoint.Example + ".json")) is { } sanitized)
                sides.Add((VariantSet.Of(number), ByLineBefore(Comparison.Of(original, sanitized))));
        }

        if (sides.Count == 0) return [];

        // Whatever the variant, the lines before are the same ones.
        return
        [
            .. Enumerable.Range(0, sides[0].Lines.Count).SelectMany(line => sides
                .GroupBy(side => string.Join('\n', side.Lines[line]))
                .SelectMany(alike => alike.First().Lines[line].Select(each =>
                    new ExampleLine(Fate(each), each.Before, each.After, alike.Aggregate(default(VariantSet), (all, side) => all.With(side.Variants)))))),
        ];
    }

    private static List<List<ComparedLine>> ByLineBefore(List<ComparedLine> lines)
    {
        var grouped = new List<List<ComparedLine>>();
        foreach (var line in lines)
        {
            if (line.Before.Length > 0) grouped.Add([line]);
            else grouped[^1].Add(line);
        }

        return grouped;
    }

    private static string Fate(ComparedLine line) => line.Fate switch
    {
        Demo.Fate.Kept => "",
        Demo.Fate.Dropped => "dropped",
        _ when line.Before.Length == 0 => "added",
        _ when Null().IsMatch(line.Before) => "changed",
        _ when Null().IsMatch(line.After) => "dropped",
        _ when Pseudonym().IsMatch(line.After) => line.After.Contains(line.Before.Trim().Split("\": ")[^1].Trim('"'), StringComparison.Ordinal) ? "pseudonym beside it" : "pseudonym",
        _ => "reduced",
    };

    private static JsonElement? Json(string file)
    {
        if (!File.Exists(file)) return null;
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.Clone();
    }

    [GeneratedRegex("^ *(\"[^\"]*\": )?(null|\"\")$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Null();

    // Whole values only: a token inside a link is a part of the link.
    [GeneratedRegex("^ *(\"[^\"]*\": )?(\"([A-Za-z]+:)?[tp]~[A-Za-z0-9_-]+(@[^\"]*)?\"|.*\"?hash\\\\?(u0022)?\"?:.*)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pseudonym();
}
