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
        Transforms = endpoint.Transforms;
        var start = Transforms.SelectMany((transform, at) => transform.JsonPaths.Select((path, number) => new PlanPosition(at, number, 0, path)));
        Root = State([.. start], endpoint.ResponseSchema, endpoint.ResponseSchema is not null);
    }

    public ImmutableArray<Transform> Transforms { get; }

    public PlanState Root { get; }

    /// <summary>Where the positions get to by a member's name (<c>null</c>: one that no rule spells) or by an array's element.</summary>
    public static ImmutableArray<PlanPosition> Advance(ImmutableArray<PlanPosition> positions, string? name, bool isElement)
    {
        var next = ImmutableArray.CreateBuilder<PlanPosition>();
        var seen = new HashSet<PlanPosition>();
        foreach (var position in positions.Where(position => !position.IsComplete))
        {
            var matches = position.Step is WildcardStep || (!isElement && name is not null && position.Step is PropertyStep property && property.Names.Contains(name));
            if (position.Step.Recursive && seen.Add(position)) next.Add(position);
            if (matches && seen.Add(position with { At = position.At + 1 })) next.Add(position with { At = position.At + 1 });
        }

        return next.ToImmutable();
    }

    public PlanState State(ImmutableArray<PlanPosition> positions, ResponseSchema? schema, bool hasSchema)
    {
        var key = string.Join(';', positions.Select(position => $"{position.Transform}.{position.Number}.{position.At}").Order(StringComparer.Ordinal))
            + "|" + (schema is null ? (hasSchema ? "none" : "") : _schemas.GetValue(schema, _ => new SchemaNumber(Interlocked.Increment(ref _schemaCount))).Value);
        if (_states.Count >= MaxStates && !_states.ContainsKey(key)) return new PlanState(this, positions, schema, hasSchema);
        return _states.GetOrAdd(key, _ => new Lazy<PlanState>(() => new PlanState(this, positions, schema, hasSchema))).Value;
    }

    private sealed record SchemaNumber(int Value);
}
