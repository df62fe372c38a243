using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Laws;

/// <summary>Paging links as Graph makes them for an endpoint: the request's own path and options, in the spellings that it uses, and a place mark.</summary>
internal static partial class SampleLinks
{
    public const string Host = "https://graph.example";

    /// <summary>A text that no link may show: a person's name, in a place mark, a filter or a path.</summary>
    public const string Person = "ines.achterberg";

    private const string Address = Person + "@contoso.example";

    /// <summary>Each of them, with what it means written plainly.</summary>
    public static IEnumerable<(string Link, string Plain)> Of(ConnectorCase of)
    {
        var options = Options(of).ToList();
        var own = of.Declared.Request.Split('?').ElementAtOrDefault(1) ?? "";
        var mark = options.FirstOrDefault(option => option.Contains("token", StringComparison.Ordinal)) ?? "";
        ImmutableArray<ImmutableArray<string>> queries =
        [
            [], mark.Split('=')[0] == own.Split('=')[0] ? [mark] : [own, mark], .. options.Select(option => ImmutableArray.Create(option)), [.. options.DistinctBy(option => option.Split('=')[0])],
        ];
        var required = of.Required.TrimEnd('&').Split('&');
        return from path in Paths(of)
               from query in queries
               let whole = required.Where(pair => !query.Contains(own) && !query.Any(each => each.Split('=')[0].Equals(pair.Split('=')[0], StringComparison.OrdinalIgnoreCase))).Concat(query).ToImmutableArray()
               select (Link(path.Written, whole), Link(path.Plain, whole));
    }

    // An id as it is, and a principal name where the endpoint is one of a user's; each also in OData's key form.
    private static IEnumerable<(string Written, string Plain)> Paths(ConnectorCase of)
    {
        var path = of.Declared.Request.Split('?')[0];
        foreach (var plain in of.Endpoint.Name.Contains("/users/{userId}", StringComparison.Ordinal) ? [path, UserId().Replace(path, "/users/" + Address, 1)] : (string[])[path])
        {
            yield return (plain, plain);
            var (segments, template) = (plain.Split('/'), of.Endpoint.Name.Split('/'));
            for (var at = 2; at < template.Length; at++)
            {
                if (template[at] is not ['{', .., '}']) continue;
                var (before, after) = (string.Join('/', segments[..at]), string.Concat(segments[(at + 1)..].Select(segment => "/" + segment)));
                yield return ($"{before}('{segments[at]}'){after}", plain);
                yield return ($"{before}(%27{segments[at]}%27){after}", plain);
            }
        }
    }

    private static IEnumerable<string> Options(ConnectorCase of)
    {
        var kept = Scalar(of, PropertyTreatment.Kept);
        var hidden = Scalar(of, PropertyTreatment.Pseudonymized);
        var inside = of.Walk.FirstOrDefault(walked => walked.Path.Length == 1)?.Path[0];
        return (of.Endpoint.QueryParameters ?? []).Order(StringComparer.Ordinal).SelectMany(name => Values(name, kept, hidden, inside).Select(value => $"{name}={value}"))
            .Where(option => FitsSchema(of.Endpoint, option));
    }

    private static IEnumerable<string> Values(string name, string? kept, string? hidden, string? inside) => name.TrimStart('$').ToLowerInvariant() switch
    {
        "top" or "skip" => ["10"],
        "count" => ["true"],
        "format" => ["json"],
        "select" => kept is null ? [] : [kept, "*"],
        "orderby" => kept is null ? [] : [kept, kept + "%20desc", kept + "+desc"],
        "filter" =>
        [
            .. kept is null ? (string[])[] : [$"{kept}%20eq%20%27{Person}%27", $"{kept}+eq+'o''{Person}'", $"{kept}%20ge%202026-01-01T00:00:00Z"],
            .. hidden is null ? (string[])[] : [$"{hidden}%20eq%20'{Address}'", $"{hidden}%20in%20('{Address}','{Person}')"],
        ],
        "expand" => inside is null ? [] : [inside],
        "search" => kept is null ? [] : [$"%22{kept}:word%22"],
        "skiptoken" or "deltatoken" or "token" => [$"RFNwdAIAAQAAACM6{Person}%40contoso.example_=", "1!48!MjAyNi", Person],
        "startdatetime" or "enddatetime" => ["2026-01-01T00:00:00Z", "2026-01-01T00%3A00%3A00.0000000"],
        _ => ["10"],
    };

    // A text of the entity itself; without one, of what is in it.
    private static string? Scalar(ConnectorCase of, PropertyTreatment treatment) => of.Walk.SelectMany(walked => walked.Properties)
        .Where(property => property.Property.Type is null && property.Judgement.Treatment == treatment)
        .Where(property => WantedValue.At(of.Endpoint.ResponseSchema, [.. of.Root, .. property.Path]) is { IsList: false, Type: SchemaType.String })
        .Where(property => PropertyVisibility.Of(of.Endpoint, property.Path) == treatment)
        .OrderBy(property => property.Path.Length)
        .Select(property => string.Join('/', property.Path))
        .FirstOrDefault(path => !path.Contains('/', StringComparison.Ordinal));

    private static bool FitsSchema(Endpoint endpoint, string option) =>
        !endpoint.QueryParameterSchemas.TryGetValue(option.Split('=')[0], out var schema) || ParameterCheck.Fits(schema, Uri.UnescapeDataString(option.Split('=', 2)[1]));

    private static string Link(string path, ImmutableArray<string> options) =>
        Host + path + (string.Join('&', options.Where(option => option.Length > 0)) is { Length: > 0 } query ? "?" + query : "");

    [GeneratedRegex("(?<=/v1.0|/beta)/users/[^/]+")]
    private static partial Regex UserId();
}
