using System.Collections.Immutable;

namespace Psoxy.Cli.Rules.Review;

/// <summary>The properties of one place of an answer, those with the same fate and reason together.</summary>
internal static class PropertyTable
{
    public static void Write(Html page, ReviewedObject each, string title, bool open, VariantSet all, ImmutableArray<string> variants)
    {
        var depth = each.Path.Length == 0 ? 0 : Math.Min(5, each.Path.Count(c => c == '.') + 1);
        page.Add($"<details class=\"place in{depth}\"{ConnectorSection.Only(each.Variants, all)}{(open ? Open : new Html())}><summary><code class=\"path\">{title}</code>");
        if (each.Declared.Length > 0) page.Add($" <span class=\"type\">{each.Declared}</span>");
        page.Add($" <span class=\"tally\">{Tally(each)}</span>{ConnectorSection.OnlyWords(each.Variants, all, variants)}</summary>\n");
        page.Add($"<table class=\"props\"><thead><tr><th scope=\"col\">What happens</th><th scope=\"col\">Properties</th><th scope=\"col\">Why</th></tr></thead><tbody>\n");
        foreach (var alike in each.Properties.GroupBy(property => (property.Treatment, property.Reason, property.Type, property.Variants)))
        {
            var style = Words.Look(alike.Key.Treatment).Style;
            page.Add($"<tr class=\"{style}\"{ConnectorSection.Only(alike.Key.Variants, each.Variants)}><th scope=\"row\">{SummarySection.Badge(alike.Key.Treatment)}{ConnectorSection.OnlyWords(alike.Key.Variants, each.Variants, variants)}</th><td>");
            if (alike.Key.Type.Length > 0) page.Add($"<small>{alike.Key.Type}</small> ");
            foreach (var property in alike) page.Add($"<code>{property.Name}{(property.Opens ? Inside : new Html())}</code> ");
            page.Add($"</td><td>{alike.Key.Reason}</td></tr>\n");
        }

        page.Add($"</tbody></table></details>\n");
    }

    private static readonly Html Open = new Html().Add($" open");
    private static readonly Html Inside = new Html().Add($"<span aria-hidden=\"true\"> ›</span>");

    private static string Tally(ReviewedObject each)
    {
        var there = each.Properties.Where(property => property.Variants.Has(each.Variants.First)).DistinctBy(property => (property.Name, property.Type)).ToList();
        return string.Join(", ", Words.Treatments
            .Select(treatment => (Count: there.Count(property => property.Treatment == treatment), Word: Words.Of(treatment)))
            .Where(each => each.Count > 0)
            .Select(each => FormattableString.Invariant($"{each.Count} {each.Word}")));
    }
}
