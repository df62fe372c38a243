using System.Collections.Concurrent;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize;

namespace Psoxy.Cli.Rules;

/// <summary>One loaded rules file, ready to decide and to sanitize.</summary>
internal sealed class Engine(RuleSet rules)
{
    private readonly RequestGate _gate = new(rules);
    private readonly ConcurrentDictionary<Endpoint, SanitizerPlan> _plans = new(ReferenceEqualityComparer.Instance);

    public RuleSet Rules => rules;

    public Decision Decide(string method, RequestUrl url) => _gate.Decide(method.ToUpperInvariant(), url.Path, url.Query);

    public SanitizerPlan PlanFor(Endpoint endpoint) => _plans.GetOrAdd(endpoint, SanitizerPlan.Compile);
}
