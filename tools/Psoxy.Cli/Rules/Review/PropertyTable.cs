using System.Collections.Immutable;

namespace Psoxy.Cli.Rules.Review;

/// <summary>The properties of one place of an answer, those with the same fate and reason together; or of several places where all is the same.</summary>
internal static class PropertyTable
{
    private static readonly Html Open = new Html().Add($" open");
    private static readonly Html Inside = new Html().Add($"<span aria-hidden=true> ›</span>");

    public static void Write(Html page, ImmutableArray<string> places, ReviewedObject each, bool open, VariantSet all, ImmutableArray<string> variants)
    {
        var depth = each.Path.Length == 0 ? 0 : Math.Min(5, each.Path.Count(c => c == '.') + 1);
        page.Add($"<details class=\"place in{depth}\"{ConnectorSection.Only(each.Variants, all)}{(open ? Open : new Html())}><summary>{Title(places[0], each)}");
        if (each.Declared.Length > 0) page.Add($" <span class=type>{each.Declared}</span>");
        if (places.Length > 1) page.Add($" <span class=type>and at {Words.Count(places.Length - 1, "place", "places")} more</span>");
        page.Add($" <span class=tally>{Tally(each)}</span>{ConnectorSection.OnlyWords(each.Variants, all, variants)}</summary>\n");
        if (places.Length > 1)
        {
            page.Add($"<p class=also>The same at");
            foreach (var place in places.Skip(1)) page.Add($" <code>{place}</code>");
            page.Add($"</p>\n");
        }

        // End tags and quotes that HTML lets one leave out would be a third of the page.
        page.Add($"<table class=props><thead><tr><th scope=col>What happens<th scope=col>Properties<th scope=col>Why<tbody>\n");
        foreach (var alike in each.Properties.GroupBy(property => (property.Treatment, property.Reason, property.Type, property.Variants)))
        {
            page.Add($"<tr class=\"{Words.Look(alike.Key.Treatment).Style}\"{ConnectorSection.Only(alike.Key.Variants, each.Variants)}><th scope=row><b>{Words.Of(alike.Key.Treatment)}</b>{ConnectorSection.OnlyWords(alike.Key.Variants, each.Variants, variants)}<td>");
            if (alike.Key.Type.Length > 0 && alike.Key.Type != each.Declared) page.Add($"<small>{alike.Key.Type}</small> ");
            foreach (var property in alike) page.Add($"<code>{property.Name}{(property.Opens ? Inside : new Html())}</code> ");
            page.Add($"<td>{alike.Key.Reason}\n");
        }

        page.Add($"</table></details>\n");
    }

    private static Html Title(string place, ReviewedObject each) =>
        each.Path.Length > 0 ? new Html().Add($"<code class=path>{place}</code>") : new Html().Add($"<span class=path>{place}</span>");

    private static string Tally(ReviewedObject each)
    {
        var there = each.Properties.Where(property => property.Variants.Has(each.Variants.First)).DistinctBy(property => (property.Name, property.Type)).ToList();
        return string.Join(", ", Words.Treatments
            .Select(treatment => (Count: there.Count(property => property.Treatment == treatment), Word: Words.Of(treatment)))
            .Where(each => each.Count > 0)
            .Select(each => FormattableString.Invariant($"{each.Count} {each.Word}")));
    }
}
