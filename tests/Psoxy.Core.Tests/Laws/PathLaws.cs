using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Laws;

/// <summary>
/// Each endpoint's request in other spellings: either it is refused, for the reason that the spelling deserves, or it means what its plain form means. Whatever is allowed,
/// here and in every other law, has a path that its endpoint's template spells, with nothing but ids in its parameters.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class PathLaws
{
    private static readonly string[] Additions =
    [
        "$value", "$ref", "$count", "$batch", "$metadata", "$entity", "$links", "%24value", "%24ref", "attachments", "extensions", "photo", "content", "body", "delta", "delta()", "getAllMessages", "messages",
        "events", "calendarView", "children", "permissions", "thumbnails", "versions", "hostedContents", "replies", "transcripts", "recordings", "createdBy", "manager", "microsoft.graph.user", "sendMail", "x",
    ];

    private static readonly string[] NoIds =
    [
        "$value", "$count", "$ref", "delta", "delta()", "getAllMessages", "getAllEnterpriseInteractions", "me", "@p", "microsoft.graph.event", "graph.user", "root:", ":x:", "a,b", "a=1,b='2'", "f(x)", "*",
        "users('x')", "%24value", "Inbox", "sentitems", "..%252F", "x%25", "x%0a", "%20",
    ];

    private static readonly string[] Malformed = ["%2F", "%5C", "\\", "%00", "%3F", "%23", ";v=1", "%3B", "%252F", "%C0%AF", "/", "/.", "/..", "/%2e%2e/x", "//x", "%"];

    private static readonly string[] Methods = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "Get", ""];

    [TestCaseSource(typeof(ConnectorCase), nameof(ConnectorCase.All))]
    public void A_spelling_means_what_the_plain_one_means_or_is_refused(ConnectorCase example) => Sources.AssertNone(Of(example));

    internal static IEnumerable<string> Of(ConnectorCase of)
    {
        var target = of.Target();
        var path = target.Split('?')[0];
        var query = target[path.Length..];
        return
        [
            .. Same(of, target, path, query), .. Refused(of, path, query), .. Unsound(of, path),
            .. Methods.Where(method => of.Ask(target, method).Reason != GateReason.MethodNotAllowed).Select(method => $"{method} is not refused as a method"),
            .. of.Ask(target, "HEAD").IsAllowed ? (string[])[] : ["HEAD is refused"],
        ];
    }

    // Percent-encoding, of letters and of what keys and functions need, is no other path.
    private static IEnumerable<string> Same(ConnectorCase of, string target, string path, string query)
    {
        var plain = of.Ask(target);
        string[] spellings =
        [
            path.Replace("'", "%27", StringComparison.Ordinal), path.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal),
            path.Replace("u", "%75", StringComparison.Ordinal), path.Replace("=", "%3D", StringComparison.Ordinal).Replace(",", "%2c", StringComparison.Ordinal), path.Replace("@", "%40", StringComparison.Ordinal),
        ];
        return from spelling in spellings
               let decision = of.Ask(spelling + query)
               where decision.Endpoint?.Name != of.Endpoint.Name || decision.Request?.PathAndQuery != plain.Request?.PathAndQuery || !decision.IsAllowed
               select $"{spelling}: {decision.Reason} at {decision.Endpoint?.Name}; the plain spelling is {plain.Reason}";
    }

    private static IEnumerable<string> Refused(ConnectorCase of, string path, string query)
    {
        foreach (var tail in Malformed)
            if (of.Ask(path + tail + query) is { Reason: not GateReason.MalformedPath } decision) yield return $"{tail} behind the path: {decision.Reason}";
        foreach (var other in (string[])[path.ToUpperInvariant(), path[1..], path.Replace("/v1.0/", "/v1.0/v1.0/", StringComparison.Ordinal).Replace("/beta/", "/beta/beta/", StringComparison.Ordinal), "/v2.0" + path[path.IndexOf('/', 1)..]])
            if (of.Ask(other + query) is { Reason: not (GateReason.NoEndpoint or GateReason.MalformedPath) } decision) yield return $"{other}: {decision.Reason}";
        foreach (var word in Words(of, path))
            if (of.Ask(word).IsAllowed && of.Ask(word).Endpoint == of.Endpoint) yield return $"{word} is taken for one with an id";
        foreach (var parameter in (string[])["$apply=aggregate(id)", "$compute=id%20as%20x", "$levels=max", "$batch=1", "@p='x'", "$schemaversion=1"])
            if (of.Ask($"{path}?{parameter}").IsAllowed) yield return $"{parameter} is allowed";
        if (of.Ask($"{path}?$select=id&select=id") is { Reason: not GateReason.DuplicateQueryOption } twice) yield return $"an option in two spellings: {twice.Reason}";
    }

    // More segments, other versions, other things in the place of ids, key forms: allowed only where some template spells it.
    private static IEnumerable<string> Unsound(ConnectorCase of, string path)
    {
        var others = Additions.Select(addition => $"{path}/{addition}").Append(path[..path.LastIndexOf('/')])
            .Append(path.StartsWith("/v1.0/", StringComparison.Ordinal) ? "/beta" + path[5..] : "/v1.0" + path[5..])
            .Concat(KeyForms(path)).Concat(OtherIds(of, path));
        foreach (var other in others)
        {
            var decision = of.Ask(other);
            if (decision.IsAllowed ? !IsSpelled(decision.Endpoint!, decision.Request!) : decision.Reason is not (GateReason.NoEndpoint or GateReason.PathParameterNotAllowed or GateReason.MalformedPath or GateReason.QueryParameterMissing))
                yield return $"{other}: {decision.Reason} at {decision.Endpoint?.Name}";
        }
    }

    private static IEnumerable<string> KeyForms(string path)
    {
        var segments = path.Split('/');
        for (var at = 2; at + 1 < segments.Length; at++)
        {
            var key = segments[at + 1];
            var before = string.Join('/', segments[..at]);
            var after = string.Concat(segments[(at + 2)..].Select(segment => "/" + segment));
            foreach (var form in (string[])[$"('{key}')", $"(%27{key}%27)", $"({key})", $"(id='{key}')", $"(\"{key}\")", $"('{key}' or true)", $"('{key}','x')", "()", $"('{key}')('x')"])
                yield return $"{before}/{segments[at]}{form.Replace("\"", "%22", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal)}{after}";
        }
    }

    private static IEnumerable<string> OtherIds(ConnectorCase of, string path) => NoIds.SelectMany(value => WithId(of, path, value));

    // No id is made of a few letters: these are Graph's own words, or say nothing.
    private static IEnumerable<string> Words(ConnectorCase of, string path) => ((string[])["me", "Inbox", "x", "all"]).SelectMany(value => WithId(of, path, value));

    private static IEnumerable<string> WithId(ConnectorCase of, string path, string value)
    {
        var (segments, template) = (path.Split('/').ToImmutableArray(), of.Endpoint.Name.Split('/'));
        for (var at = 0; at < template.Length; at++)
            if (template[at].Contains('{', StringComparison.Ordinal)) yield return string.Join('/', segments.SetItem(at, Parameter().Replace(template[at], value)));
    }

    private static bool IsSpelled(Endpoint endpoint, CanonicalRequest request)
    {
        var template = endpoint.Name.Split('/').Skip(1).ToList();
        return template.Count == request.Segments.Length && template.Zip(request.Segments).All(pair =>
            Regex.IsMatch(pair.Second, "^" + string.Join("(?!\\$|@|:|delta$|microsoft\\.|graph\\.|getAll)[\\w.~@!:=+'^-]+(?<!:)", Parameter().Split(pair.First).Select(Regex.Escape)) + "$"));
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
