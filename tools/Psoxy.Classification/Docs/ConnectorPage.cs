using System.Collections.Immutable;
using System.Globalization;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;

namespace Psoxy.Classification.Docs;

/// <summary><c>docs/connectors.md</c>: for each connector what may be asked and what comes of it, and for each type what happens to each property, and why.</summary>
public static class ConnectorPage
{
    private static readonly ImmutableArray<PropertyTreatment> Treatments =
        [PropertyTreatment.Kept, PropertyTreatment.Pseudonymized, PropertyTreatment.Reduced, PropertyTreatment.Dropped];

    /// <summary>Writes the page.</summary>
    /// <param name="classification">Of all types.</param>
    /// <param name="connectors">In the order of the page.</param>
    public static string Write(GraphClassification classification, ImmutableArray<Connector> connectors)
    {
        ArgumentNullException.ThrowIfNull(classification);
        var facts = connectors.Select(connector => new ConnectorFacts(classification, connector)).ToList();
        var page = new Markdown();
        page.Heading(1, "Connectors");
        page.Paragraph("<!-- Made by `psoxy rules docs` of connectors/; do not edit. A test fails if it is stale. -->");
        page.Paragraph(
            "A connector's rules list the requests that may pass and the properties of the answers that stay: what Graph adds tomorrow is not there. This page says what\n" +
            "each connector asks for and what becomes of every property of every type that Graph can return to it, as the Microsoft.Graph package knows the types. Tests hold\n" +
            "it to that package and to the rules. A property is");
        page.List(
        [
            "**kept**: there as it is; an object is there with those of its own properties that are,",
            "**pseudonymized**: there as its pseudonym, the same wherever the same value stands,",
            "**reduced**: something of it is there, such as listed phrases,",
            "**dropped**: not there. What is inside is not there either.",
        ]);
        page.Paragraph("How many properties are kept, and so on, in the default variant; one that differs by place counts where most of it is seen:");
        page.Table("connector|reads|requests|" + string.Join('|', Treatments.Select(Name)), facts.Select(fact => (string[])
        [
            Markdown.ToHeading(fact.Connector.DisplayName), fact.Connector.Description, Number(fact.Connector.Endpoints.Length), .. Treatments.Select(treatment => Number(fact.Count(treatment))),
        ]));
        foreach (var fact in facts) WriteConnector(page, fact);
        page.Heading(2, "Types");
        page.Paragraph("Every property of each type that one of the connectors above can return. A type has its base's properties too.");
        foreach (var type in facts.SelectMany(fact => fact.Properties).Select(property => property.Type).Distinct().OrderBy(type => type.ToUpperInvariant(), StringComparer.Ordinal))
            TypeTable.Write(page, classification.Types[type]);
        TypeTable.WriteAnnotations(page, classification.Annotations);
        return page.ToString();
    }

    private static void WriteConnector(Markdown page, ConnectorFacts facts)
    {
        var connector = facts.Connector;
        page.Heading(2, connector.DisplayName);
        page.Paragraph($"{Markdown.Code(connector.Id)}{(connector.Aliases.IsEmpty ? "" : $", also {Markdown.Codes(connector.Aliases)}")}. {connector.Description}");
        page.Table("permission|what for|what it could give that the rules do not pass", connector.Permissions.Select(permission => (string[])
            [Markdown.Code(permission.Name), permission.Reason, permission.Withheld]));
        page.Table("variant|flags of the rules that are on", connector.Variants.Select(variant => (string[])
            [Markdown.Code(variant.Name), Markdown.Codes(variant.Flags.Order(StringComparer.Ordinal))]));
        page.Table("request|returns|permission", connector.Endpoints.Select(endpoint => (string[])
            [Markdown.Code(endpoint.Path), (endpoint.IsCollection ? "a page of " : "") + Markdown.ToHeading(endpoint.Returns), Markdown.Code(endpoint.Permission)]));
        page.Paragraph("What is there of each type in the default variant. One that differs by place is listed where most of it is seen, with a star.");
        page.Table("type|kept|pseudonymized|reduced|dropped", facts.Properties.GroupBy(property => property.Type).Select(type => (string[])
        [
            Markdown.ToHeading(type.Key),
            .. Treatments.Where(treatment => treatment != PropertyTreatment.Dropped).Select(treatment => Names(type.Where(property => property.Most == treatment))),
            Number(type.Count(property => property.Most == PropertyTreatment.Dropped)),
        ]));
        WriteDifferences(page, facts);
    }

    private static void WriteDifferences(Markdown page, ConnectorFacts facts)
    {
        page.Heading(3, $"{facts.Connector.DisplayName}: differences from the original");
        page.Paragraph("Less is seen here than through the Java original, as far as that is known; the type's table has the reason. With a star: only at some places.");
        page.Table("type|dropped, which the original lets pass or reduces|otherwise", facts.Differences
            .Where(difference => difference.Ours < difference.Theirs)
            .GroupBy(difference => difference.Type)
            .Select(type => (string[])
            [
                Markdown.ToHeading(type.Key),
                Names(type.Where(difference => difference.Ours == PropertyTreatment.Dropped).Select(difference => facts.Fact(difference)).Distinct()),
                string.Join(", ", type.Where(difference => difference.Ours != PropertyTreatment.Dropped)
                    .Select(difference => $"{Markdown.Code(difference.Property.Name)} ({Name(difference.Ours)}; there {Name(difference.Theirs)})").Distinct()),
            ]));
        var more = facts.Differences.Where(difference => difference.Ours > difference.Theirs)
            .Select(difference => $"{Markdown.Code(difference.Property.Name)} of {Markdown.ToHeading(difference.Type)}: {Name(difference.Ours)}, there {Name(difference.Theirs)}, because: {difference.Property.Beyond}")
            .Concat(facts.NotInOriginal.Select(endpoint => $"{Markdown.Code(endpoint.Path)}: the original does not serve it"))
            .ToList();
        if (more.Count == 0)
        {
            page.Paragraph("Nothing more is seen than through it.");
            return;
        }

        page.Paragraph("More is seen than through it:");
        page.List(more);
    }

    private static string Names(IEnumerable<PropertyFact> properties) =>
        string.Join(", ", properties.Select(property => Markdown.Code(property.Name) + (property.Treatments.Length > 1 ? "*" : "")));

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    internal static string Name(PropertyTreatment treatment) => treatment switch
    {
        PropertyTreatment.Kept => "kept",
        PropertyTreatment.Pseudonymized => "pseudonymized",
        PropertyTreatment.Reduced => "reduced",
        _ => "dropped",
    };
}
