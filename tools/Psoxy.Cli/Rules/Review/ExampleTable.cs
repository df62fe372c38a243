using System.Collections.Immutable;

namespace Psoxy.Cli.Rules.Review;

/// <summary>An example, before and after, line beside line.</summary>
internal static class ExampleTable
{
    private const int Step = 2;
    private const int Deepest = 12;

    public static void Write(Html page, ReviewedEndpoint endpoint, VariantSet all, ImmutableArray<string> variants)
    {
        if (endpoint.Example.IsEmpty)
        {
            page.Add($"<p class=\"note\">There is no example of <code>{endpoint.Declared.Path}</code>.</p>\n");
            return;
        }

        page.Add($"<details class=\"example\"{ConnectorSection.Only(endpoint.Variants, all)}><summary><code class=\"path\">GET {endpoint.Declared.Request}</code>{ConnectorSection.OnlyWords(endpoint.Variants, all, variants)}</summary>\n");
        page.Add($"<table class=json><thead><tr><th scope=col>Before: Microsoft 365 answers<th scope=col>What happens<th scope=col>After: what leaves<tbody>\n");

        // See PropertyTable.
        foreach (var line in endpoint.Example)
        {
            page.Add($"<tr class=\"{Style(line)}\"{ConnectorSection.Only(line.Variants, endpoint.Variants)}><td>").Text(line.Before.Trim(' ')).Add($"<td>{line.Fate}{ConnectorSection.OnlyWords(line.Variants, endpoint.Variants, variants)}<td>").Text(line.After.Trim(' '));

            // A line end would be text in an open cell; an empty one must be empty, to be left out where columns are stacked.
            if (line.After.Length == 0) page.Add($"</tr>");
            page.Add($"\n");
        }

        page.Add($"</table></details>\n");
    }

    // What it is, by the first letter, and how deep it stands: a line that is too long for its column goes on under its own beginning.
    private static string Style(ExampleLine line)
    {
        var text = line.Before.Length > 0 ? line.Before : line.After;
        var depth = $"i{Math.Min(Deepest, (text.Length - text.TrimStart(' ').Length) / Step)}";
        return line.Fate.Length == 0 ? depth : $"{line.Fate[..1]} {depth}";
    }
}
