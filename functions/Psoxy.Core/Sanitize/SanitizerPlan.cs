using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize;

/// <summary>An endpoint's rules, compiled. Immutable to its users and thread-safe; make one per endpoint and keep it.</summary>
public sealed class SanitizerPlan
{
    private SanitizerPlan(Endpoint endpoint)
    {
        Endpoint = endpoint;
        NeedsDocument = !IsOnePass(endpoint);
        Root = new PlanCompiler(endpoint).Root;
    }

    /// <summary>Whose rules.</summary>
    public Endpoint Endpoint { get; }

    /// <summary>Whether the rules ask for something that one pass cannot know: then the document is held, up to the limit.</summary>
    internal bool NeedsDocument { get; }

    internal PlanState Root { get; }

    /// <summary>Compiles an endpoint's rules.</summary>
    /// <param name="endpoint">From a loaded rule set.</param>
    public static SanitizerPlan Compile(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new(endpoint);
    }

    private static bool IsOnePass(Endpoint endpoint) =>
        endpoint.Augments.IsEmpty
        && endpoint.Transforms.All(transform => transform.ApplyOnlyWhen is null
            && transform.JsonPaths.All(path => path.Steps.All(step => step is PropertyStep or WildcardStep)))
        && (endpoint.ResponseSchema is not { } schema || !HasAlternatives(schema, new HashSet<ResponseSchema>(ReferenceEqualityComparer.Instance)));

    private static bool HasAlternatives(ResponseSchema schema, HashSet<ResponseSchema> seen) =>
        seen.Add(schema)
        && (!schema.AnyOf.IsEmpty
            || (schema.Items is { } items && HasAlternatives(items, seen))
            || schema.Properties.Values.Any(property => HasAlternatives(property, seen)));
}
