using System.Text.Json;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize.Values;

namespace Psoxy.Core.Sanitize.Dom;

/// <summary>
/// The slow, exact way: augments, response schema and transforms one after the other on a value in memory. For rules that one pass cannot follow:
/// filters, indices, alternatives, conditions on the whole document.
/// </summary>
internal sealed class DomSanitizer(Pseudonymizer pseudonymizer, SanitizeReport report)
{
    /// <summary>Treats a value as the rules have it from its state on.</summary>
    /// <param name="value">Changed in place.</param>
    /// <param name="state">Which rules have come how far.</param>
    /// <param name="parent">An empty container of the kind that it stands in; <c>null</c> for a document's root, which cannot go away.</param>
    /// <param name="mayAugment">Whether augments run.</param>
    /// <returns>What is left of it, <c>null</c> if nothing is, or if the report is exhausted; and whether an augment added something.</returns>
    public (DomNode? Value, bool Augmented) Sanitize(DomNode value, PlanState state, DomContainer? parent, bool mayAugment)
    {
        var slot = new DomSlot(parent, null, null, value);
        parent?.Slots.Add(slot);
        var augmented = false;
        if (mayAugment)
        {
            foreach (var (rule, positions) in state.Selections)
                if (rule.Augment is { } augment) augmented |= DomAugments.Apply(augment, DomPath.Select(slot, positions));
        }

        if (state.HasSchema)
        {
            slot.Value = state.Schema is { } schema ? DomSchema.Filter(schema, value, report) : DomScalar.Null;
            if (parent is { IsObject: false } && IsNull(slot.Value) && !IsNull(value))
            {
                report.Dropped++;
                return (null, augmented);
            }
        }

        Transform? current = null;
        var isDue = false;
        foreach (var (rule, positions) in state.Selections)
        {
            if (rule.Transform is not { } transform) continue;

            // Once for all of a transform's paths: the first of them may change what the condition looks at.
            if (!ReferenceEquals(transform, current)) (current, isDue) = (transform, IsDue(transform, slot));
            if (isDue) Apply(transform, DomPath.Select(slot, positions));
            if (report.IsExhausted) return (null, augmented);
        }

        return (parent is { Slots.Count: 0 } ? null : slot.Value, augmented);
    }

    private static bool IsNull(DomNode value) => value is DomScalar { Token: JsonTokenType.Null };

    // Conditions are the document's: with one, it is the root that is treated here.
    private static bool IsDue(Transform transform, DomSlot root) => transform.ApplyOnlyWhen is not { } condition || DomPath.Select(root, condition).Count > 0;

    private void Apply(Transform transform, List<DomSlot> matched)
    {
        foreach (var slot in matched)
        {
            Apply(transform, slot);
            if (report.IsExhausted) return;
        }

        foreach (var parent in matched.Where(slot => slot.IsRemoved).Select(slot => slot.Parent).Distinct()) parent!.Slots.RemoveAll(slot => slot.IsRemoved);
    }

    private void Apply(Transform transform, DomSlot slot)
    {
        if (slot.Value is DomContainer)
        {
            report.Warnings += transform is Redact ? 0 : 1;
            report.Dropped++;
            if (transform is SealPagingLink) report.LoseLink();
            if (transform is Redact or Pseudonymize) slot.Remove();
            else slot.Value = DomScalar.Null;
            return;
        }

        var before = Scalar((DomScalar)slot.Value);
        var outcome = ScalarTransforms.Apply(transform, before, pseudonymizer);
        report.Count(outcome);
        if (transform is SealPagingLink && outcome.Action == ValueAction.Null && before.Kind != ScalarKind.Null) report.LoseLink();
        switch (outcome.Action)
        {
            case ValueAction.Keep:
                break;
            case ValueAction.Null:
                slot.Value = DomScalar.Null;
                break;
            case ValueAction.Replace:
                if (before is { Kind: ScalarKind.String, Text: { } text } && text == outcome.Text) break;
                report.Changed++;
                slot.Value = DomScalar.String(outcome.Text!);
                break;
            default:
                report.Dropped++;
                slot.Remove();
                break;
        }
    }

    private static JsonScalar Scalar(DomScalar scalar) => scalar.Token switch
    {
        JsonTokenType.String => new(ScalarKind.String, scalar.Text),
        JsonTokenType.Number => new(ScalarKind.Number, scalar.Text),
        JsonTokenType.True or JsonTokenType.False => new(ScalarKind.Boolean, ""),
        _ => JsonScalar.Null,
    };
}
