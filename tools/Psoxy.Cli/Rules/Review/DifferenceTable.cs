using Psoxy.Classification.Docs;

namespace Psoxy.Cli.Rules.Review;

/// <summary>What the Java original does otherwise, from the same facts as <c>docs/connectors.md</c>.</summary>
internal static class DifferenceTable
{
    public static void Write(Html page, ConnectorFacts facts)
    {
        var (id, name) = (facts.Connector.Id, facts.Connector.DisplayName);
        page.Add($"<h3>Differences from the original Psoxy</h3>\n");
        var less = facts.Differences.Where(difference => difference.Ours < difference.Theirs).ToList();
        if (less.Count > 0)
        {
            page.Add($"<details class=\"differences\"><summary>Less is seen here: {Words.Count(less.Select(each => (each.Type, each.Property.Name)).Distinct().Count(), "property", "properties")}</summary>\n");
            page.Add($"<div class=\"wide\" role=\"group\" aria-label=\"Where less is seen of {name}\" tabindex=\"0\"><table class=\"props\"><thead><tr><th scope=\"col\">Type</th><th scope=\"col\">Here</th><th scope=\"col\">In the original</th><th scope=\"col\">Properties</th></tr></thead><tbody>\n");
            foreach (var alike in less.GroupBy(each => (each.Type, each.Ours, each.Theirs)))
            {
                page.Add($"<tr><th scope=\"row\"><code>{alike.Key.Type}</code></th><td>{SummarySection.Badge(alike.Key.Ours)}</td><td>{SummarySection.Badge(alike.Key.Theirs)}</td><td>");
                foreach (var property in alike.Select(each => each.Property.Name).Distinct()) page.Add($"<code>{property}</code> ");
                page.Add($"</td></tr>\n");
            }

            page.Add($"</tbody></table></div>\n<p>The reason of each stands with the property above.</p></details>\n");
        }

        var more = facts.Differences.Where(difference => difference.Ours > difference.Theirs).ToList();
        if (more.Count == 0 && facts.NotInOriginal.IsEmpty)
        {
            page.Add($"<p>Nothing more is seen here than through it.</p>\n");
            return;
        }

        page.Add($"<h4 id=\"{id}-more\">More is seen here</h4>\n<ul>\n");
        foreach (var each in more)
            page.Add($"<li><code>{each.Type}.{each.Property.Name}</code>: {Words.Of(each.Ours)}, there {Words.Of(each.Theirs)}, because: {each.Property.Beyond}</li>\n");
        foreach (var endpoint in facts.NotInOriginal) page.Add($"<li><code>{endpoint.Path}</code>: the original does not serve it</li>\n");
        page.Add($"</ul>\n");
    }
}
