using System.Collections.Immutable;

namespace Psoxy.Classification.Docs;

/// <summary>A type's section: each property with what happens to it, and why.</summary>
internal static class TypeTable
{
    public static void Write(Markdown page, GraphType type)
    {
        page.Heading(3, type.Name);
        if (type.Base is { } parent) page.Paragraph($"Built on {Markdown.Code(parent)}.");
        if (type.Unmodelled is { } unmodelled) page.Paragraph($"Not in Graph's model: {unmodelled}.");
        if (type.SubtypesReason is { } reason) page.Paragraph($"Of its kinds only {Markdown.Codes(type.Subtypes)}: {reason}.");
        foreach (var limit in type.Limits)
            page.Paragraph($"{Where(limit)} only {(limit.Only.IsEmpty ? "nothing of its own" : Markdown.Codes(limit.Only))}, because: {limit.Reason}.");
        if (!type.Properties.IsEmpty) Write(page, "property", type.Properties);
    }

    public static void WriteAnnotations(Markdown page, GraphAnnotations annotations)
    {
        page.Heading(2, "Annotations");
        page.Paragraph("What OData adds to an answer. Beside the value of a page:");
        Write(page, "annotation", annotations.Page);
        page.Paragraph("On an object:");
        Write(page, "annotation", annotations.Entity);
        page.Paragraph("With the name of a property before it:");
        Write(page, "annotation", annotations.Property);
    }

    private static void Write(Markdown page, string what, ImmutableSortedDictionary<string, ClassifiedProperty> properties) => page.Table(
        $"{what}|treatment|reason|where it differs",
        properties.Values.OrderBy(property => property.Name.ToUpperInvariant(), StringComparer.Ordinal).Select(property => (string[])
        [
            Markdown.Code(property.Name), ConnectorPage.Name(property.Usual.Usual.Treatment), Reason(property), string.Join("; ", Exceptions(property)),
        ]));

    private static string Reason(ClassifiedProperty property)
    {
        var reason = property.Usual.Usual.Reason;
        if (property.Optional is { } optional) reason += $". May be left out: {optional}";
        return property.Unmodelled is { } unmodelled ? $"{reason}. Not in Graph's model: {unmodelled}" : reason;
    }

    private static IEnumerable<string> Exceptions(ClassifiedProperty property)
    {
        foreach (var text in Exceptions(property.Usual, "")) yield return text;
        foreach (var (connector, placed) in property.Connectors)
        {
            if (placed.Usual with { Variants = property.Usual.Usual.Variants } != property.Usual.Usual) yield return $"{Markdown.Code(connector)}: {Text(placed.Usual)}";
            foreach (var text in Exceptions(placed, $"{Markdown.Code(connector)} ")) yield return text;
        }
    }

    private static IEnumerable<string> Exceptions(PlacedJudgement placed, string before)
    {
        foreach (var (flag, variant) in placed.Usual.Variants) yield return $"{before}with {Markdown.Code(flag)}: {Text(variant, placed.Usual)}";
        foreach (var (place, judgement) in placed.At)
        {
            yield return $"{before}at {Markdown.Code(place)}: {Text(judgement)}";
            foreach (var (flag, variant) in judgement.Variants) yield return $"{before}at {Markdown.Code(place)} with {Markdown.Code(flag)}: {Text(variant, judgement)}";
        }
    }

    private static string Text(Judgement judgement) => $"{ConnectorPage.Name(judgement.Treatment)} ({judgement.Reason})";

    private static string Text(Judgement variant, Judgement usual) => variant.Reason == usual.Reason ? ConnectorPage.Name(variant.Treatment) : Text(variant);

    private static string Where(TypeLimit limit) => (limit.Connector, limit.At) switch
    {
        (null, { } at) => $"At {Markdown.Code(at)}",
        ({ } connector, null) => $"In {Markdown.Code(connector)}",
        var (connector, at) => $"In {Markdown.Code(connector!)} at {Markdown.Code(at!)}",
    };
}
