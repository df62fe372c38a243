using System.Text.Json;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize.Values;

namespace Psoxy.Core.Sanitize.Dom;

/// <summary>
/// The slow, exact way: augments, response schema and transforms one after the other on a document in memory. For rules that one pass cannot follow:
/// filters, indices, conditions on the whole document.
/// </summary>
internal sealed class DomSanitizer(Endpoint endpoint, Pseudonymizer pseudonymizer, SanitizeReport report)
{
    public void Sanitize(DomSlot root)
    {
        DomAugments.Apply(endpoint.Augments, root);
        if (endpoint.ResponseSchema is { } schema) root.Value = DomSchema.Filter(schema, root.Value, report);
        foreach (var transform in endpoint.Transforms) ApplyAll(transform, root);
    }

    private void ApplyAll(Transform transform, DomSlot root)
    {
        if (transform.ApplyOnlyWhen is { } condition && DomPath.Select(root, condition).Count == 0) return;
        foreach (var path in transform.JsonPaths)
            foreach (var slot in DomPath.Select(root, path)) Apply(transform, slot);
    }

    private void Apply(Transform transform, DomSlot slot)
    {
        if (slot.Value is DomContainer)
        {
            report.Warnings += transform is Redact ? 0 : 1;
            report.Dropped++;
            if (transform is Redact or Pseudonymize) slot.Remove();
            else slot.Value = DomScalar.Null;
            return;
        }

        var outcome = ScalarTransforms.Apply(transform, Scalar((DomScalar)slot.Value), pseudonymizer);
        report.Warnings += outcome.Warning ? 1 : 0;
        switch (outcome.Action)
        {
            case ValueAction.Keep:
                break;
            case ValueAction.Null:
                slot.Value = DomScalar.Null;
                break;
            case ValueAction.Replace:
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
