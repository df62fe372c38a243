using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize;

/// <summary>An endpoint's rules, compiled. Immutable to its users and thread-safe; make one per endpoint and keep it.</summary>
public sealed class SanitizerPlan
{
    private SanitizerPlan(Endpoint endpoint)
    {
        Endpoint = endpoint;
        Root = new PlanCompiler(endpoint).Root;
    }

    /// <summary>Whose rules.</summary>
    public Endpoint Endpoint { get; }

    internal PlanState Root { get; }

    /// <summary>Compiles an endpoint's rules.</summary>
    /// <param name="endpoint">From a loaded rule set.</param>
    public static SanitizerPlan Compile(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new(endpoint);
    }
}
