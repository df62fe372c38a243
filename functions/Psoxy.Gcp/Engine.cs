using System.Collections.Concurrent;
using System.Collections.Immutable;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp;

/// <summary>The connector's rules in force, ready to decide; or why there are none.</summary>
internal sealed class Engine
{
    private readonly RequestGate? _gate;
    private readonly ConcurrentDictionary<Endpoint, SanitizerPlan> _plans = new(ReferenceEqualityComparer.Instance);

    public Engine(Connector connector, ProxyOptions options, ImmutableArray<string> problems)
    {
        Connector = connector;
        Budget = options.Budget;
        var load = Load(connector, options);
        Rules = load.Rules;
        Problems = [.. problems, .. load.Errors.Select(error => error.ToString())];
        Fault = Rules is null
            ? new ProxyFault(load.Errors.Any(error => error.IsYaml) ? ProxyError.RulesInvalidYaml : ProxyError.RulesInvalid, "The rules in force are invalid; the log of the function's start has each error.")
            : problems.IsEmpty ? null
            : new ProxyFault(ProxyError.ConfigurationFailure, "The function is not configured: " + string.Join(" ", problems));
        if (Rules is not null) _gate = new RequestGate(Rules);
    }

    public Connector Connector { get; }

    /// <summary>Time for one request.</summary>
    public TimeSpan Budget { get; }

    /// <summary><c>null</c> where they are invalid.</summary>
    public RuleSet? Rules { get; }

    /// <summary>All that is wrong with configuration and rules.</summary>
    public ImmutableArray<string> Problems { get; }

    /// <summary>The answer to every request, where something is wrong.</summary>
    public ProxyFault? Fault { get; }

    public Decision Decide(ProxyRequest request) => _gate is { } gate ? gate.Decide(request.Method, request.RawPath, request.RawQuery) : default;

    public SanitizerPlan PlanFor(Endpoint endpoint) => _plans.GetOrAdd(endpoint, SanitizerPlan.Compile);

    private static RulesLoad Load(Connector connector, ProxyOptions options)
    {
        var variant = new RulesOptions { Flags = options.Variant };
        if (options.Rules is not { } custom) return RulesLoader.Load(connector.RulesYaml, $"connectors/{connector.Id}/rules.yaml", variant);
        return CustomRules.TryDecode(custom, out var yaml)
            ? RulesLoader.Load(yaml, "RULES", variant)
            : new RulesLoad(null, [new RulesError("RULES", 1, 1, null, "is neither YAML nor base64 of YAML or of gzipped YAML", IsYaml: true)]);
    }
}
