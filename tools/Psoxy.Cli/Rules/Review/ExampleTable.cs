using System.Collections.Immutable;

namespace Psoxy.Cli.Rules.Review;

/// <summary>An example, before and after, line beside line.</summary>
internal static class ExampleTable
{
    public static void Write(Html page, ReviewedEndpoint endpoint, VariantSet all, ImmutableArray<string> variants)
    {
        if (endpoint.Example.IsEmpty)
        {
            page.Add($"<p class=\"note\">There is no example of <code>{endpoint.Declared.Path}</code>.</p>\n");
            return;
        }

        page.Add($"<details class=\"example\"{ConnectorSection.Only(endpoint.Variants, all)}><summary><code class=\"path\">GET {endpoint.Declared.Request}</code>{ConnectorSection.OnlyWords(endpoint.Variants, all, variants)}</summary>\n");
        page.Add($"<table class=\"json\"><thead><tr><th scope=\"col\">Before: Microsoft 365 answers</th><th scope=\"col\">What happens</th><th scope=\"col\">After: what leaves</th></tr></thead><tbody>\n");

        // End tags that HTML lets one leave out would be half of the page.
        foreach (var line in endpoint.Example)
        {
            page.Add($"<tr{Style(line)}{ConnectorSection.Only(line.Variants, endpoint.Variants)}><td>").Text(line.Before).Add($"<td>{line.Fate}{ConnectorSection.OnlyWords(line.Variants, endpoint.Variants, variants)}<td>").Text(line.After).Add($"\n");
        }

        page.Add($"</tbody></table></details>\n");
    }

    private static Html Style(ExampleLine line) => line.Fate.Length == 0 ? new Html() : new Html().Add($" class=\"{line.Fate[..1]}\"");
}
