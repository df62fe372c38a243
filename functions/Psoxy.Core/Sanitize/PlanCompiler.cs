using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize;

/// <summary>Makes the states of an endpoint's automaton and sees to it that equal states are one.</summary>
internal sealed class PlanCompiler
{
    private const int MaxStates = 4096;
    private readonly ConditionalWeakTable<ResponseSchema, SchemaNumber> _schemas = [];
    private readonly ConcurrentDictionary<string, Lazy<PlanState>> _states = new(StringComparer.Ordinal);
    private int _schemaCount;

    public PlanCompiler(Endpoint endpoint)
    {
        var augments = endpoint.Augments.Select((augment, order) => (Rule: new PlanRule(order, augment, null), augment.JsonPaths));
        var transforms = endpoint.Transforms.Select((transform, order) => (Rule: new PlanRule(endpoint.Augments.Length + order, null, transform), transform.JsonPaths));
        var start = augments.Concat(transforms).SelectMany(rule => rule.JsonPaths.Select((path, number) => new PlanPosition(rule.Rule, number, path)));

        // A condition asks about the document as a whole, whatever its path.
        var isHeld = endpoint.Transforms.Any(transform => transform.ApplyOnlyWhen is not null);
        Root = new PlanState(this, [.. start], endpoint.ResponseSchema, endpoint.ResponseSchema is not null, isHeld, isRoot: true);
    }

    public PlanState Root { get; }

    /// <summary>Where the positions get to by a member's name; <c>null</c> is one that no rule spells.</summary>
    public static ImmutableArray<PlanPosition> AdvanceToMember(ImmutableArray<PlanPosition> positions, string? name) => Advance(positions, position =>
        position.Step is WildcardStep || (name is not null && position.Step is PropertyStep property && property.Names.Contains(name)) ? position with { At = position.At + 1 } : null);

    /// <summary>Where the positions get to by an array's element.</summary>
    public static ImmutableArray<PlanPosition> AdvanceToElement(ImmutableArray<PlanPosition> positions) => Advance(positions, position => position.Step switch
    {
        WildcardStep => position with { At = position.At + 1 },
        FilterStep => position with { IsCandidate = true },
        _ => null,
    });

    public PlanState State(ImmutableArray<PlanPosition> positions, ResponseSchema? schema, bool hasSchema)
    {
        var key = string.Join(';', positions.Select(position => $"{position.Rule.Order}.{position.Number}.{position.At}{(position.IsCandidate ? "?" : "")}").Order(StringComparer.Ordinal))
            + "|" + (schema is null ? (hasSchema ? "none" : "") : _schemas.GetValue(schema, _ => new SchemaNumber(Interlocked.Increment(ref _schemaCount))).Value);
        if (_states.Count >= MaxStates && !_states.ContainsKey(key)) return new PlanState(this, positions, schema, hasSchema, isHeld: false);
        return _states.GetOrAdd(key, _ => new Lazy<PlanState>(() => new PlanState(this, positions, schema, hasSchema, isHeld: false))).Value;
    }

    private static ImmutableArray<PlanPosition> Advance(ImmutableArray<PlanPosition> positions, Func<PlanPosition, PlanPosition?> step)
    {
        var next = ImmutableArray.CreateBuilder<PlanPosition>();
        var seen = new HashSet<PlanPosition>();
        foreach (var position in positions.Where(position => !position.IsComplete))
        {
            if (position.Step.Recursive && seen.Add(position)) next.Add(position);
            if (step(position) is { } taken && seen.Add(taken)) next.Add(taken);
        }

        return next.ToImmutable();
    }

    private sealed record SchemaNumber(int Value);
}
