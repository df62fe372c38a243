using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize.Values;

namespace Psoxy.Core.Sanitize.Dom;

/// <summary>Adds <c>+name:textDigest</c> beside each string that an augment matches (rules-language section 5).</summary>
internal static class DomAugments
{
    public static void Apply(ImmutableArray<Augment> augments, DomSlot root)
    {
        // A source that has such names already could pass its own text off as ours.
        if (augments.IsEmpty || HoldsPlus(root)) return;
        foreach (var augment in augments)
        {
            foreach (var path in augment.JsonPaths)
                foreach (var slot in DomPath.Select(root, path)) Add(augment, slot);
        }
    }

    private static bool HoldsPlus(DomSlot slot) =>
        slot.Name is ['+', ..] || (slot.Value is DomContainer container && container.Slots.Exists(HoldsPlus));

    private static void Add(Augment augment, DomSlot slot)
    {
        if (slot.Parent is not { IsObject: true } parent || slot.Name is not { } name || slot.IsAugment) return;
        if (slot.Value is not DomScalar { Token: JsonTokenType.String, Text: { } text }) return;
        DomNode? digest;
        if (augment.InnerPath is { } inner) digest = Digests.Inner(text, inner, augment.Digest) is { } digested ? DomScalar.String(digested) : null;
        else digest = DomReader.TryRead(Encoding.UTF8.GetBytes(Digests.Of(text, augment.Digest)), 8)?.Value;
        if (digest is null) return;

        var label = $"+{name}:textDigest";
        if (parent.Slots.Exists(sibling => sibling.Name == label && sibling.IsAugment)) return;
        var added = new DomSlot(parent, DomScalar.String(label).Raw.ToArray(), label, digest) { IsAugment = true };
        parent.Slots.Insert(parent.Slots.IndexOf(slot) + 1, added);
    }
}
