using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize;

/// <summary>The transitions of a state by a member's name.</summary>
internal sealed class PlanMembers
{
    private const int MaxOrder = 64;

    private static ReadOnlySpan<byte> Error => "error"u8;

    private readonly Dictionary<byte[], Lazy<PlanState?>> _named = new(Utf8Names.Instance);
    private readonly Dictionary<byte[], Lazy<PlanState?>>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly Lazy<PlanState?> _other;
    private volatile (byte[] Name, PlanState? State)[] _order = [];

    public PlanMembers(PlanCompiler compiler, ImmutableArray<PlanPosition> positions, ResponseSchema? schema, bool hasSchema, bool isRoot)
    {
        PlanState? Step(string? name)
        {
            ResponseSchema? property = null;
            if (hasSchema && (name is null || schema is null || !schema.Properties.TryGetValue(name, out property))) return null;
            return compiler.State(PlanCompiler.AdvanceToMember(positions, name), property, hasSchema);
        }

        var names = positions.Where(position => !position.IsComplete).SelectMany(position => position.Step is PropertyStep property ? property.Names : []);
        foreach (var name in hasSchema && schema is not null ? names.Concat(schema.Properties.Keys) : names)
            _named.TryAdd(Encoding.UTF8.GetBytes(name), new(() => Step(name)));

        // Unless the rules know better.
        if (isRoot) _named.TryAdd(Error.ToArray(), new(() => PlanState.SourceError(compiler)));
        _lookup = _named.GetAlternateLookup<ReadOnlySpan<byte>>();
        _other = new(() => Step(null));
    }

    /// <summary>Whether an error at the root is one of the source's, which the rules say nothing of.</summary>
    public bool HasSourceError => Find(Error) is { IsSourceError: true };

    /// <summary>State of a member whose name no rule can spell; <c>null</c> drops it.</summary>
    public PlanState? Other => _other.Value;

    /// <summary>State of a member by its unescaped name; <c>null</c> drops it.</summary>
    public PlanState? Find(ReadOnlySpan<byte> name) => _lookup.TryGetValue(name, out var state) ? state.Value : _other.Value;

    /// <summary>Whether this name came at this place before; then its state, <c>null</c> to drop it.</summary>
    /// <param name="name">As it stands. A name with escapes is none that came before, since those have no backslash.</param>
    /// <param name="expected">Place in the order that is expected, and then of the next one.</param>
    /// <param name="state">Of the member.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryExpected(ReadOnlySpan<byte> name, ref int expected, out PlanState? state)
    {
        var order = _order;
        if (expected < order.Length && name.SequenceEqual(order[expected].Name))
        {
            state = order[expected++].State;
            return true;
        }

        state = null;
        return false;
    }

    /// <summary>State of a member by its unescaped name, and how the order goes on behind it.</summary>
    /// <param name="name">Without escapes.</param>
    /// <param name="expected">Place in the order that is expected, and then of the next one.</param>
    /// <param name="isNew">Whether the name has not been met here before.</param>
    public PlanState? Find(ReadOnlySpan<byte> name, ref int expected, out bool isNew)
    {
        isNew = false;
        var order = _order;
        for (var at = 0; at < order.Length; at++)
        {
            if (!name.SequenceEqual(order[at].Name)) continue;
            expected = at + 1;
            return order[at].State;
        }

        isNew = true;
        var state = Find(name);
        if (order.Length >= MaxOrder) return state;

        // Copied on write; who loses a race learns the name the next time.
        _order = [.. order, (name.ToArray(), state)];
        expected = order.Length + 1;
        return state;
    }
}
