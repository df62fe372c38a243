using System.Collections.Immutable;

namespace Psoxy.Cli.Rules.Review;

/// <summary>Requests whose answers hold the same, told once: the requests, each property, an example of each request.</summary>
internal static class AnswerSection
{
    public static void Write(Html page, ReviewedConnector reviewed, ImmutableArray<ReviewedEndpoint> endpoints, ImmutableArray<string> variants, string id)
    {
        var all = reviewed.Variants;
        var there = endpoints.Aggregate(default(VariantSet), (sum, endpoint) => sum.With(endpoint.Variants));
        var paths = string.Join(' ', endpoints.Select(endpoint => endpoint.Declared.Path));
        page.Add($"<article class=\"answer\" id=\"{id}\" aria-labelledby=\"{id}-title\" data-find=\"{paths}\">\n<h4 id=\"{id}-title\"><code>{endpoints[0].Declared.Returns}</code> <span class=\"from\">{Title(endpoints)}</span></h4>\n");
        if (there != all)
            page.Add($"<p class=\"note\" data-v=\"{ConnectorSection.Numbers(all.Without(there))}\">This variant refuses these requests.{ConnectorSection.OnlyWords(all.Without(there), all, variants)}</p>\n");
        page.Add($"<div{ConnectorSection.Only(there, all)}>\n");
        Requests(page, endpoints, all, variants, id);
        page.Add($"<h5>What becomes of each property</h5>\n");
        foreach (var alike in endpoints[0].Objects.GroupBy(each => each.Content))
            PropertyTable.Write(page, [.. alike.Select(each => Name(each.Path))], alike.First(), open: alike.First().Path.Length == 0, there, variants);
        foreach (var alike in endpoints.GroupBy(endpoint => endpoint.Envelope.Key))
        {
            var some = alike.Count() < endpoints.Length ? ", to " + string.Join(", ", alike.Select(endpoint => endpoint.Declared.Path)) : "";
            PropertyTable.Write(page, ["What OData adds" + some], alike.First().Envelope, open: false, there, variants);
        }

        page.Add($"<h5>{(endpoints.Length == 1 ? "Example" : "Examples")}, before and after</h5>\n");
        foreach (var endpoint in endpoints) ExampleTable.Write(page, endpoint, all, variants);
        page.Add($"</div>\n</article>\n");
    }

    private static void Requests(Html page, ImmutableArray<ReviewedEndpoint> endpoints, VariantSet all, ImmutableArray<string> variants, string id)
    {
        page.Add($"<div class=\"wide\" role=\"group\" aria-label=\"Requests of {id}\" tabindex=\"0\"><table class=\"facts requests\"><thead><tr><th scope=\"col\">Request</th><th scope=\"col\">Answer</th><th scope=\"col\">Permission</th><th scope=\"col\">May be asked with</th></tr></thead><tbody>\n");
        foreach (var endpoint in endpoints)
        {
            page.Add($"<tr{ConnectorSection.Only(endpoint.Variants, all)}><th scope=\"row\"><code>{string.Join(' ', endpoint.Rules.Methods.Take(1))}</code> <code>{endpoint.Declared.Path}</code>{ConnectorSection.OnlyWords(endpoint.Variants, all, variants)}</th>");
            page.Add($"<td>{(endpoint.Declared.IsCollection ? "a list, page by page" : "one")}</td><td><code>{endpoint.Declared.Permission}</code></td><td>");
            var asked = endpoint.Rules.QueryParameters is { } parameters ? parameters.Order(StringComparer.Ordinal).ToList() : [];
            foreach (var parameter in asked) page.Add($"<code>{parameter}</code> ");
            foreach (var header in endpoint.Rules.RequestHeaders) page.Add($"<code>{header}</code> (header) ");
            if (endpoint.Rules.QueryParameters is null) page.Add($"anything");
            else if (asked.Count == 0 && endpoint.Rules.RequestHeaders.IsEmpty) page.Add($"nothing");
            page.Add($"</td></tr>\n");
        }

        page.Add($"</tbody></table></div>\n");
    }

    private static string Title(ImmutableArray<ReviewedEndpoint> endpoints) =>
        endpoints[0].Declared.Path + (endpoints.Length > 1 ? $" and {Words.Count(endpoints.Length - 1, "request", "requests")} more" : "");

    private static string Name(string path) => path.Length == 0 ? "The object itself" : path;
}
