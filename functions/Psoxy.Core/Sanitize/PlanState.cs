using System.Collections.Immutable;
using System.Text;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize;

/// <summary>
/// A state of the automaton over property names: what is known about a value from the way that leads to it. Its transitions are made when they are first
/// taken, since a response takes few of them.
/// </summary>
internal sealed class PlanState
{
    private const int MaxOrder = 64;
    private readonly PlanCompiler _compiler;
    private readonly ImmutableArray<PlanPosition> _positions;
    private readonly Dictionary<byte[], Lazy<PlanState?>> _named;
    private readonly Dictionary<byte[], Lazy<PlanState?>>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly Lazy<PlanState?> _other;
    private readonly Lazy<PlanState?> _element;
    private volatile (byte[] Name, PlanState? State)[] _order = [];

    public PlanState(PlanCompiler compiler, ImmutableArray<PlanPosition> positions, ResponseSchema? schema, bool hasSchema)
    {
        (_compiler, _positions, Schema, HasSchema) = (compiler, positions, schema, hasSchema);
        Operations = [.. positions.Where(position => position.IsComplete).Select(position => position.Transform).Distinct().Order().Select(at => compiler.Transforms[at])];
        IsTransparent = !hasSchema && positions.IsEmpty;
        _named = new(Utf8Names.Instance);
        foreach (var name in KnownNames()) _named.TryAdd(Encoding.UTF8.GetBytes(name), new(() => Step(name)));
        _lookup = _named.GetAlternateLookup<ReadOnlySpan<byte>>();
        _other = new(() => Step(null));
        _element = new(() => hasSchema && schema?.Items is null ? null : compiler.State(PlanCompiler.Advance(positions, null, isElement: true), schema?.Items, hasSchema));
    }

    /// <summary>What is done to the value, in rule order.</summary>
    public ImmutableArray<Transform> Operations { get; }

    /// <summary>Whether an allow-list rules here.</summary>
    public bool HasSchema { get; }

    /// <summary>The allow-list's word on the value.</summary>
    public ResponseSchema? Schema { get; }

    /// <summary>Whether the value and everything in it stays as it is.</summary>
    public bool IsTransparent { get; }

    /// <summary>State of a member by its unescaped name; <c>null</c> drops it.</summary>
    public PlanState? Member(ReadOnlySpan<byte> name) => _lookup.TryGetValue(name, out var state) ? state.Value : _other.Value;

    /// <summary>The same, where the members mostly come in the order in which they came before.</summary>
    /// <param name="name">Unescaped.</param>
    /// <param name="expected">Place in the order that is expected, and then of the next one.</param>
    /// <param name="isNew">Whether the name has not been met here before.</param>
    public PlanState? Member(ReadOnlySpan<byte> name, ref int expected, out bool isNew)
    {
        isNew = false;
        var order = _order;
        if (expected < order.Length && name.SequenceEqual(order[expected].Name)) return order[expected++].State;
        for (var at = 0; at < order.Length; at++)
        {
            if (!name.SequenceEqual(order[at].Name)) continue;
            expected = at + 1;
            return order[at].State;
        }

        isNew = true;
        var state = Member(name);
        if (order.Length >= MaxOrder) return state;

        // Copied on write; who loses a race learns the name the next time.
        _order = [.. order, (name.ToArray(), state)];
        expected = order.Length + 1;
        return state;
    }

    /// <summary>State of a member whose name no rule can spell.</summary>
    public PlanState? Other => _other.Value;

    /// <summary>State of an array's elements; <c>null</c> drops them.</summary>
    public PlanState? Element => _element.Value;

    private IEnumerable<string> KnownNames()
    {
        var fromRules = _positions.Where(position => !position.IsComplete).SelectMany(position => position.Step is PropertyStep property ? property.Names : []);
        return HasSchema && Schema is not null ? fromRules.Concat(Schema.Properties.Keys) : fromRules;
    }

    private PlanState? Step(string? name)
    {
        ResponseSchema? property = null;
        if (HasSchema && (name is null || Schema is null || !Schema.Properties.TryGetValue(name, out property))) return null;
        return _compiler.State(PlanCompiler.Advance(_positions, name, isElement: false), property, HasSchema);
    }
}
