using System.Text;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Fuzz.Engine;

namespace Psoxy.Fuzz.Targets;

/// <summary>Raw request targets to the gate of every built-in connector. An input is a method, a blank and a target.</summary>
internal sealed class UrlTarget : FuzzTarget
{
    private static readonly string[] Options =
    [
        "$top=5", "$select=id,sentDateTime", "$filter=id%20eq%20%27x%27", "$count=true", "$skiptoken=abc", "$orderby=id", "$expand=members($select=id)", "select=id",
        "$SELECT=subject", "top=1", "x=y", "$filter=receivedDateTime+gt+2026-01-01T00:00:00Z",
    ];

    // As users of the original write them: loose.
    private static readonly (string, RuleSet) Regexes = ("regexes", RulesLoader.Load(
        """
        endpoints:
          - pathRegex: '^/(v1.0|beta)/users/?[^/]*$'
          - pathRegex: '^/(v1.0|beta)/users/[^/]*/messages(\?.*)?$'
          - pathRegex: '^/x/.*'
            allowedQueryParams: [$select, $top, x]
        """u8.ToArray(),
        "regexes").Rules!);

    private readonly (string Id, RuleSet Rules, RequestGate Gate)[] _gates = [.. BuiltIn.RuleSets.Append(Regexes).Select(pair => (pair.Item1, pair.Item2,
        new RequestGate(pair.Item2)))];
    private readonly HashSet<string> _details = new(StringComparer.OrdinalIgnoreCase) { "query parameter" };

    public UrlTarget()
    {
        foreach (var endpoint in _gates.SelectMany(gate => gate.Rules.Endpoints))
            _details.UnionWith([.. endpoint.PathParameterSchemas.Keys, .. endpoint.QueryParameterSchemas.Keys, .. endpoint.QueryParameters ?? [],
                .. (endpoint.QueryParameters ?? []).Select(name => "$" + name.TrimStart('$'))]);
        _details.UnionWith(["$select", "$filter", "$orderby", "$expand", "$search", "$top", "$skip", "$count", "$skiptoken", "$deltatoken", "$format", "$apply",
            "$compute", "$levels", "$index", "$schemaversion", "$id", "$value", "$ref", "$metadata", "$batch", "$entity", "$all", "$crossjoin"]);
    }

    public override string Name => "url";

    public override int MaxLength => 9000;

    public override IReadOnlyList<byte[]> Words { get; } = Texts.Words(
        "/", "//", "/./", "/../", "%2F", "%2f", "%5C", "\\", "%2e%2e", "%252F", "%25", "%00", "%0A", "%20", "+", "%2B", ";", "%3B", "?", "%3F", "#", "%23", "&",
        "%26", "=", "%3D", "%C3%A9", "%C0%AF", "%ED%A0%80", "%EF%BC%8F", "\u00e9",
        "/v1.0/", "/beta/", "users", "/messages", "/$value", "/$count", "/$ref", "/$batch", "/delta", "/microsoft.graph.user", "$select=", "$filter=", "$expand=",
        "$search=", "%24select=", "select=", "$SELECT=", "subject", "body", "id", ",", "(", ")", "'", "%27", ":",
        "/x/", "48d31887-5fad-4d73-a9f5-3c356e68a038", "alice@contoso.com", "POST ", "HEAD ", "get ", "~", "@", "!", "*", ".", "http://x/", "//evil/");

    public override byte[] Generate(Random random)
    {
        var rules = _gates[random.Next(_gates.Length)].Rules;
        var endpoint = rules.Endpoints[random.Next(rules.Endpoints.Length)];
        var options = Enumerable.Range(0, random.Next(4)).Select(_ => Options[random.Next(Options.Length)]).ToList();
        var method = endpoint.Methods[random.Next(endpoint.Methods.Length)];
        return Encoding.Latin1.GetBytes($"{method} {BuiltIn.Path(random, endpoint)}{(options.Count > 0 ? "?" : "")}{string.Join('&', options)}");
    }

    public override string Run(ReadOnlyMemory<byte> input)
    {
        var text = Encoding.Latin1.GetString(input.Span);
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        var (method, target) = blank < 0 ? ("GET", text) : (text[..blank], text[(blank + 1)..]);
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
        var furthest = "";
        var reason = GateReason.Undecided;
        foreach (var (id, _, gate) in _gates)
        {
            var decision = gate.Decide(method, path, query);
            Check(gate, method, decision);
            if (decision.IsAllowed) return $"{id} {decision.Endpoint!.Name} {decision.Request!.Parameters.Length}";
            if (decision.Reason <= reason) continue;
            (reason, furthest) = (decision.Reason, $"{decision.Reason} {decision.Endpoint?.Name}");
        }

        return furthest;
    }

    private void Check(RequestGate gate, string method, Decision decision)
    {
        Must(decision.IsAllowed == (decision.Reason == GateReason.Allowed) && decision.Reason != GateReason.Undecided, "a verdict has its reason",
            $"{decision.Outcome} {decision.Reason}");
        Must(decision.Detail is null || _details.Contains(decision.Detail), "the detail is a word of ours, not of the caller", decision.Detail ?? "");
        Must(!decision.IsAllowed || (decision.Endpoint is not null && decision.Request is not null), "what is allowed has its endpoint and its request");
        if (decision.Request is not { } request) return;
        CheckSpelling(request);

        // Escapes may have made it longer than what may be asked for.
        if (request.Path.Length > CanonicalUrl.MaxPath || request.Query.Length > CanonicalUrl.MaxQuery) return;
        var again = gate.Decide(method, request.Path, request.Query);
        var same = again.Outcome == decision.Outcome && again.Reason == decision.Reason && ReferenceEquals(again.Endpoint, decision.Endpoint);
        Must(same, "the canonical form is decided alike", $"{request.PathAndQuery}: {decision.Reason}, then {again.Reason}");
        Must(again.Request is { } twice && twice.PathAndQuery == request.PathAndQuery && twice.Segments.SequenceEqual(request.Segments)
            && twice.Parameters.SequenceEqual(request.Parameters), "the canonical form is its own", $"{request.PathAndQuery}, then {again.Request?.PathAndQuery}");
    }

    // Told from the text alone: nothing of the gate's own reading is believed.
    private static void CheckSpelling(CanonicalRequest request)
    {
        var path = request.Path;
        Must(path.StartsWith('/') && path.All(c => c is > ' ' and <= '~') && request.Query.All(c => c is > ' ' and <= '~'), "the canonical form is printable ASCII",
            request.PathAndQuery);
        foreach (var segment in path[1..].Split('/'))
        {
            var decoded = Uri.UnescapeDataString(segment);
            Must(decoded.Length > 0, "no empty segment", path);
            Must(decoded is not ("." or ".."), "no dot segment", path);
            Must(decoded.AsSpan().IndexOfAny("/\\?#;") < 0, "no separator in a segment", path);
            Must(Uri.UnescapeDataString(decoded) == decoded, "nothing to decode twice", path);
        }

        Must(path[1..].Split('/').Select(Uri.UnescapeDataString).SequenceEqual(request.Segments), "the path says its segments", path);
        Must(!request.Query.Contains('#', StringComparison.Ordinal) && !request.Query.Contains('+', StringComparison.Ordinal), "no fragment and no ambiguous blank",
            request.Query);
        var pairs = request.Query.Length == 0 ? [] : request.Query.Split('&').Select(Parameter).ToList();
        Must(pairs.SequenceEqual(request.Parameters), "the query says its parameters", request.Query);
    }

    private static QueryParameter Parameter(string pair)
    {
        var parts = pair.Split('=', 2);
        return new(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""));
    }
}
