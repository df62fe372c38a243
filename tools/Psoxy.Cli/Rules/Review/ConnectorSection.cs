using System.Collections.Immutable;

namespace Psoxy.Cli.Rules.Review;

/// <summary>A connector: its permissions, its requests and their answers, and how it differs from the original.</summary>
internal static class ConnectorSection
{
    public static void Write(Html page, ReviewedConnector reviewed, ImmutableArray<string> variants)
    {
        var (connector, id) = (reviewed.Connector, reviewed.Connector.Id);
        page.Add($"<section class=\"connector\" id=\"{id}\" aria-labelledby=\"{id}-title\" data-variants=\"{Numbers(reviewed.Variants)}\">\n<h2 id=\"{id}-title\">{connector.DisplayName}</h2>\n<p class=\"lead\">{connector.Description}</p>\n");
        page.Add($"<p class=\"note other\" hidden>This connector has no such variant; the default is shown.</p>\n");
        page.Add($"<div class=\"plain\">\n<h3>Variants</h3>\n<div class=\"wide\" role=\"group\" aria-label=\"Variants of {connector.DisplayName}\" tabindex=\"0\"><table class=\"facts\"><thead><tr><th scope=\"col\">Variant</th><th scope=\"col\">What it changes</th></tr></thead><tbody>\n");
        foreach (var variant in connector.Variants)
            page.Add($"<tr><th scope=\"row\">{variant.Name}</th><td>{(variant.Flags.IsEmpty ? "nothing" : string.Join("; ", variant.Flags.Order(StringComparer.Ordinal).Select(Flag)))}</td></tr>\n");
        page.Add($"</tbody></table></div>\n<h3>Permissions</h3>\n<div class=\"wide\" role=\"group\" aria-label=\"Permissions of {connector.DisplayName}\" tabindex=\"0\"><table class=\"facts permissions\"><thead><tr><th scope=\"col\">Permission</th><th scope=\"col\">What it is needed for</th><th scope=\"col\">What it could give that the rules do not pass</th></tr></thead><tbody>\n");
        foreach (var role in connector.Permissions) page.Add($"<tr><th scope=\"row\"><code>{role.Name}</code></th><td>{role.Reason}</td><td>{role.Withheld}</td></tr>\n");
        page.Add($"</tbody></table></div>\n</div>\n<h3>Requests and their answers</h3>\n");
        var number = 0;
        foreach (var alike in reviewed.Endpoints.GroupBy(endpoint => string.Join('\f', endpoint.Objects.Select(each => each.Key))))
            AnswerSection.Write(page, reviewed, [.. alike], variants, $"{id}-{++number}");
        page.Add($"<div class=\"plain\">\n");
        DifferenceTable.Write(page, reviewed.Facts);
        page.Add($"</div>\n</section>\n");
    }

    /// <summary>Numbers for a <c>data-</c> attribute.</summary>
    public static string Numbers(VariantSet variants) => string.Join(' ', variants.Numbers());

    /// <summary>Attribute of what is there in some variants only; nothing where it is there in all that there are.</summary>
    public static Html Only(VariantSet variants, VariantSet all) => variants == all ? new Html() : new Html().Add($" data-v=\"{Numbers(variants)}\"");

    /// <summary>The same in words, for pages without scripts and for paper.</summary>
    public static Html OnlyWords(VariantSet variants, VariantSet all, ImmutableArray<string> names) =>
        variants == all ? new Html() : new Html().Add($" <small class=\"only\">variant {string.Join(", ", variants.Numbers().Select(number => names[number]))}</small>");

    private static string Flag(string flag) => flag switch
    {
        "pseudonymizeAppIds" => "Microsoft's own ids of people become pseudonyms too",
        "noGroups" => "nothing about groups may be asked",
        "noOriginals" => "a group's address is a pseudonym only",
        _ => flag,
    };
}
