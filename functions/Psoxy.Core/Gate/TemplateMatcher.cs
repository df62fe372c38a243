using System.Buffers;
using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Gate;

/// <summary>Matches a canonical path against a template.</summary>
internal static class TemplateMatcher
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether the path fits; the parameters it binds go into <paramref name="bound"/>, decoded.</summary>
    public static bool Matches(PathTemplate template, CanonicalRequest request, List<KeyValuePair<string, string>> bound)
    {
        bound.Clear();
        if (template.Segments.Length != request.Segments.Length) return false;
        for (var at = 0; at < template.Segments.Length; at++)
            if (!Matches(template.Segments[at].Parts, request.Segments[at], bound)) return false;
        return true;
    }

    /// <summary>Whether one segment of a path fits one of a template.</summary>
    public static bool Fits(TemplateSegment segment, string text) => Matches(segment.Parts, text, []);

    private static bool Matches(ImmutableArray<TemplatePart> parts, string segment, List<KeyValuePair<string, string>> bound)
    {
        if (parts is [TemplateLiteral whole]) return IsLiteral(whole, segment);
        if (parts is [TemplateParameter only]) return Bind(only, segment, bound);

        var rest = segment.AsSpan();
        for (var at = 0; at < parts.Length; at++)
        {
            if (parts[at] is TemplateLiteral literal)
            {
                var text = Decoded(literal);
                if (!rest.StartsWith(text, StringComparison.Ordinal)) return false;
                rest = rest[text.Length..];
                continue;
            }

            // Up to the literal behind it: what a parameter may hold has no parentheses, commas or quotes, so the first is the right one.
            var end = at + 1 < parts.Length ? rest.IndexOf(Decoded((TemplateLiteral)parts[at + 1]), StringComparison.Ordinal) : rest.Length;
            if (end < 0 || !Bind((TemplateParameter)parts[at], rest[..end].ToString(), bound)) return false;
            rest = rest[end..];
        }

        return rest.IsEmpty;
    }

    private static bool IsLiteral(TemplateLiteral literal, string segment) =>
        CanonicalEncoding.IsLiteral(segment) ? literal.Text == segment : literal.Text == CanonicalEncoding.Encode(segment);

    private static string Decoded(TemplateLiteral literal) => literal.Text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(literal.Text) : literal.Text;

    private static bool Bind(TemplateParameter parameter, string value, List<KeyValuePair<string, string>> bound)
    {
        if (value.Length == 0 ? !parameter.Optional : !MayBind(value)) return false;
        bound.Add(new(parameter.Name, value));
        return true;
    }

    /// <summary>
    /// What may stand for an id: GUIDs, principal names, base64 ids, tokens, drive and chat ids. Never OData's own words (<c>$value</c>, casts, functions,
    /// key forms, aliases), which would change which resource is read; nor what begins or ends with the colon of an address by path
    /// (<c>items/{id}:/name</c>), which would make the next segment a file's name.
    /// </summary>
    public static bool MayBind(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || value[0] is '$' or '@' or ':' || value[^1] == ':' || value is "." or ".." || IsFunction(value) || IsCast(value)) return false;
        foreach (var c in value)
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_' or '.' or '~' or '@' or '!' or ':' or '=' or '+' or '\'' or '^')) return false;
        return true;
    }

    // Graph takes a function without its parentheses. No id is made of letters only and begins so.
    private static bool IsFunction(ReadOnlySpan<char> value) =>
        value.Equals("delta", StringComparison.OrdinalIgnoreCase) || (value.StartsWith("getAll", StringComparison.OrdinalIgnoreCase) && !value.ContainsAnyExcept(Letters));

    // 'graph' is the alias that Graph's own metadata gives to 'microsoft.graph'.
    private static bool IsCast(ReadOnlySpan<char> value) =>
        !value.Contains('@') && (value.StartsWith("microsoft.", StringComparison.OrdinalIgnoreCase) || value.StartsWith("graph.", StringComparison.OrdinalIgnoreCase) || value.StartsWith("edm.", StringComparison.OrdinalIgnoreCase));
}
