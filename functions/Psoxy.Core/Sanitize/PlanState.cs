using System.Collections.Immutable;
using System.Text.Json;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize.Dom;
using Psoxy.Core.Sanitize.Values;

namespace Psoxy.Core.Sanitize;

/// <summary>
/// A state of the automaton over property names: what is known about a value from the way that leads to it. Its transitions are made when they are first
/// taken, since a response takes few of them.
/// </summary>
internal sealed class PlanState
{
    private readonly Lazy<ImmutableArray<PlanSelection>> _selections;
    private readonly bool _isHeld;
    private readonly int _verbatim;
    private readonly Lazy<PlanState?> _element;

    public PlanState(PlanCompiler compiler, ImmutableArray<PlanPosition> positions, ResponseSchema? schema, bool hasSchema, bool isHeld, bool isRoot = false)
    {
        (Schema, HasSchema) = (schema, hasSchema);
        _selections = new(() =>
        [
            .. positions
                .GroupBy(position => (position.Rule.Order, position.Number))
                .OrderBy(group => group.Key)
                .Select(group => new PlanSelection(group.First().Rule, [.. group])),
        ]);
        _isHeld = isHeld || schema is { AnyOf.IsEmpty: false } || positions.Any(position => position.IsCandidate);
        Operations = [.. positions.Where(position => position.IsComplete).OrderBy(position => (position.Rule.Order, position.Number)).Select(position => position.Rule.Transform).OfType<Transform>()];
        HoldsObjects = _isHeld || positions.Any(position => !position.IsComplete && (position.Step is FilterStep || (position.Rule.Augment is not null && position.IsBeforeLast)));
        HoldsArrays = _isHeld || positions.Any(position => !position.IsComplete && position.Step is IndexStep);
        IsLink = Operations.Any(operation => operation is SealPagingLink);
        _verbatim = Verbatim();
        OnlyPseudonymize = !_isHeld && Operations is [Pseudonymize only] && AllowsString ? only : null;
        Members = new PlanMembers(compiler, positions, schema, hasSchema, isRoot);
        _element = new(() => hasSchema && schema?.Items is null ? null : compiler.State(PlanCompiler.AdvanceToElement(positions), schema?.Items, hasSchema));
    }

    /// <summary>The state of a <see cref="IsSourceError">source's error</see>.</summary>
    public static PlanState SourceError(PlanCompiler compiler) => new(compiler, [], null, hasSchema: true, isHeld: true) { IsSourceError = true };

    /// <summary>What is done to the value, in rule order.</summary>
    public ImmutableArray<Transform> Operations { get; }

    /// <summary>Whether it is a link to more, without which a page would look like the last.</summary>
    public bool IsLink { get; }

    /// <summary>Whether it is the error that a source puts at the root of an answer in place of what was asked for; nothing of it stays.</summary>
    public bool IsSourceError { get; private init; }

    /// <summary>Whether an allow-list rules here.</summary>
    public bool HasSchema { get; }

    /// <summary>The allow-list's word on the value.</summary>
    public ResponseSchema? Schema { get; }

    /// <summary>Whether an object must be seen whole before anything of it can be written.</summary>
    public bool HoldsObjects { get; }

    /// <summary>The same for an array.</summary>
    public bool HoldsArrays { get; }

    /// <summary>The same for a scalar, which then is treated as the rules have it for values in memory.</summary>
    public bool HoldsScalars => _isHeld;

    /// <summary>The only thing that happens to a string, where it is that.</summary>
    public Pseudonymize? OnlyPseudonymize { get; }

    /// <summary>States of an object's members.</summary>
    public PlanMembers Members { get; }

    /// <summary>State of an array's elements; <c>null</c> drops them.</summary>
    public PlanState? Element => _element.Value;

    /// <summary>What is left of the rules here, in their order, for a value that is held.</summary>
    public ImmutableArray<PlanSelection> Selections => _selections.Value;

    /// <summary>Whether a value that begins with this token stays, without a look at it: a scalar byte for byte, a container as far as what is in it stays.</summary>
    public bool IsVerbatim(JsonTokenType token) => (_verbatim & (1 << (int)token)) != 0;

    /// <summary>What becomes of a container: the schema first, then the transforms in order; most of them can only null what is not a string.</summary>
    public ValueAction FateOf(bool isObject)
    {
        var fate = IsOfType(isObject ? SchemaType.Object : SchemaType.Array) ? ValueAction.Keep : ValueAction.Null;
        foreach (var operation in Operations)
        {
            if (operation is Redact || (operation is Pseudonymize && fate == ValueAction.Keep)) return ValueAction.Remove;
            fate = ValueAction.Null;
        }

        return fate;
    }

    /// <summary>Whether a container is of the allow-list's type.</summary>
    public bool IsOfType(SchemaType type) => !HasSchema || Schema?.Type == type;

    private bool AllowsString => !HasSchema || (Schema is { } schema && DomSchema.Allows(schema.Type, JsonTokenType.String, default));

    private int Verbatim()
    {
        if (_isHeld) return 0;

        // Whatever else a transform does, a null stays a null.
        var mask = Operations.Any(operation => operation is Redact) ? 0 : Bit(JsonTokenType.Null, true);
        if (!Operations.IsEmpty) return mask;
        return mask
            | Bit(JsonTokenType.StartObject, !HoldsObjects && IsOfType(SchemaType.Object))
            | Bit(JsonTokenType.StartArray, !HoldsArrays && IsOfType(SchemaType.Array))
            | Bit(JsonTokenType.String, AllowsString)
            | Bit(JsonTokenType.Number, !HasSchema || Schema?.Type is SchemaType.Number or SchemaType.Unspecified)
            | Bit(JsonTokenType.True, !HasSchema || Schema?.Type is SchemaType.Boolean or SchemaType.Unspecified)
            | Bit(JsonTokenType.False, !HasSchema || Schema?.Type is SchemaType.Boolean or SchemaType.Unspecified);
    }

    private static int Bit(JsonTokenType token, bool isSet) => isSet ? 1 << (int)token : 0;
}
