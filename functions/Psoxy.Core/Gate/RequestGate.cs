using System.Collections.Concurrent;
using System.Collections.Immutable;
using Psoxy.Core.Gate.OData;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Gate;

/// <summary>
/// Decides whether a request may pass. Pure and thread-safe. In this order: the target is read into its canonical form; an endpoint must match its path, keys
/// in parentheses being read as segments where none does,
/// the one with the most literal segments first, then file order; then the method, the path's parameters, the query's names, its values, and OData's
/// options must be allowed. The first refusal of the endpoint that came furthest is the reason.
/// </summary>
public sealed class RequestGate
{
    private readonly ImmutableArray<Candidate> _candidates;

    /// <summary>Prepares the decisions of a rule set.</summary>
    /// <param name="rules">Loaded rules.</param>
    public RequestGate(RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _candidates = [.. rules.Endpoints.Select(endpoint => new Candidate(endpoint)).OrderByDescending(candidate => candidate.Literals)];
    }

    /// <summary>The decision on one request.</summary>
    /// <param name="method">As received; compared exactly with the upper-case methods of the rules.</param>
    /// <param name="rawPath">Path of the raw request target, from its first slash.</param>
    /// <param name="rawQuery">Query of the raw request target, without the question mark.</param>
    public Decision Decide(string method, ReadOnlySpan<char> rawPath, ReadOnlySpan<char> rawQuery)
    {
        ArgumentNullException.ThrowIfNull(method);
        var reason = CanonicalUrl.TryRead(method, rawPath, rawQuery, out var request);
        if (request is null) return new(Outcome.Deny, reason, null, null, null);
        if (DuplicateOption(request.Parameters) is { } duplicate) return new(Outcome.Deny, GateReason.DuplicateQueryOption, null, request, duplicate);
        var decision = Decide(request);

        // A rules file may spell a key itself; where none does, it is the same as a segment.
        return decision.Reason == GateReason.NoEndpoint && KeyForm.Rewrite(request) is { } same ? Decide(same) : decision;
    }

    private Decision Decide(CanonicalRequest request)
    {
        var nearest = new Decision(Outcome.Deny, GateReason.NoEndpoint, null, request, null);
        List<KeyValuePair<string, string>> bound = new(2);
        foreach (var candidate in _candidates)
        {
            if (!candidate.MatchesPath(request, bound)) continue;
            var decision = candidate.Judge(request, bound);
            if (decision.IsAllowed) return decision;
            if (decision.Reason > nearest.Reason) nearest = decision;
        }

        return nearest;
    }

    // A name that OData reads once must stand there once, in whichever of its spellings.
    private static string? DuplicateOption(ImmutableArray<QueryParameter> parameters)
    {
        for (var at = 1; at < parameters.Length; at++)
        {
            var name = ODataOption.Normalize(parameters[at].Name);
            for (var before = 0; before < at; before++)
                if (ODataOption.Normalize(parameters[before].Name) == name) return ODataOption.Describe(name);
        }

        return null;
    }

    /// <summary>An endpoint, prepared.</summary>
    private sealed class Candidate
    {
        private const int MaxJudged = 256;
        private readonly ConcurrentDictionary<(string Name, string Value), GateReason> _judged = new();
        private readonly Endpoint _endpoint;
        private readonly EndpointVisibility _visible;
        private readonly ImmutableHashSet<string>? _names;
        private readonly ImmutableArray<(string Name, ParameterSchema Schema)> _schemas;

        public Candidate(Endpoint endpoint)
        {
            _endpoint = endpoint;
            _visible = new EndpointVisibility(endpoint);
            Literals = endpoint.Path is PathTemplate template ? template.Segments.Count(segment => segment.IsLiteral) : -1;
            _names = endpoint.QueryParameters?.Select(ODataOption.Normalize).ToImmutableHashSet(StringComparer.Ordinal);

            // A rule may hold one for '$top' and one for 'top': both must fit.
            _schemas = [.. endpoint.QueryParameterSchemas.Select(pair => (ODataOption.Normalize(pair.Key), pair.Value))];
        }

        public int Literals { get; }

        public bool MatchesPath(CanonicalRequest request, List<KeyValuePair<string, string>> bound)
        {
            if (_endpoint.Path is PathTemplate template) return TemplateMatcher.Matches(template, request, bound);
            bound.Clear();
            return _endpoint.Path is PathRegex regex && !HoldsODataWord(request.Segments) && ParameterCheck.IsMatch(regex.Regex, request.PathAndQuery);
        }

        public Decision Judge(CanonicalRequest request, List<KeyValuePair<string, string>> bound)
        {
            if (!_endpoint.Methods.Contains(request.Method)) return Deny(request, GateReason.MethodNotAllowed, null);
            foreach (var (name, value) in bound)
            {
                if (_endpoint.PathParameterSchemas.TryGetValue(name, out var schema) && !ParameterCheck.Fits(schema, value))
                    return Deny(request, GateReason.PathParameterNotAllowed, name);
            }

            foreach (var parameter in request.Parameters)
            {
                var name = ODataOption.Normalize(parameter.Name);
                var named = _names?.Contains(name) ?? false;
                if (_names is not null && !named) return Deny(request, GateReason.QueryParameterNotAllowed, ODataOption.Describe(name));
                foreach (var (known, schema) in _schemas)
                    if (known == name && !ParameterCheck.Fits(schema, parameter.Value)) return Deny(request, GateReason.QueryValueNotAllowed, name);
                var reason = JudgeOption(name, parameter.Value, named);
                if (reason != GateReason.Allowed) return Deny(request, reason, ODataOption.Describe(name));
            }

            foreach (var (name, schema) in _schemas)
            {
                if (schema.Required && !request.Parameters.Any(parameter => parameter.Value.Length > 0 && ODataOption.Normalize(parameter.Name) == name))
                    return Deny(request, GateReason.QueryParameterMissing, name);
            }

            return new(Outcome.Allow, GateReason.Allowed, _endpoint, request, null);
        }

        // What clients select, expand and order by repeats from request to request; what they filter by does not.
        private GateReason JudgeOption(string name, string value, bool named)
        {
            if (name is not ("$select" or "$expand" or "$orderby")) return ODataCheck.Judge(_visible, name, value, named);
            if (_judged.TryGetValue((name, value), out var known)) return known;
            var reason = ODataCheck.Judge(_visible, name, value, named);
            if (_judged.Count < MaxJudged) _judged.TryAdd((name, value), reason);
            return reason;
        }

        // A regex of the original may be loose; what changes the resource that is read still needs to be spelled in it.
        private bool HoldsODataWord(ImmutableArray<string> segments)
        {
            foreach (var segment in segments)
                if (segment[0] == '$' && (segment.Length == 1 || !_endpoint.Name.Contains(segment, StringComparison.OrdinalIgnoreCase))) return true;
            return false;
        }

        private Decision Deny(CanonicalRequest request, GateReason reason, string? detail) => new(Outcome.Deny, reason, _endpoint, request, detail);
    }
}
