using System.Text;
using System.Text.Json;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize.Values;

namespace Psoxy.Core.Sanitize.Dom;

/// <summary>Adds <c>+name:textDigest</c> beside each string that an augment matches (rules-language section 5).</summary>
internal static class DomAugments
{
    /// <summary>Adds what one augment has to add; whether it was anything.</summary>
    public static bool Apply(Augment augment, IEnumerable<DomSlot> matched)
    {
        var any = false;
        foreach (var slot in matched) any |= TryAdd(augment, slot);
        return any;
    }

    private static bool TryAdd(Augment augment, DomSlot slot)
    {
        if (slot.Parent is not { IsObject: true } parent || slot.Name is not { } name || slot.IsAugment) return false;
        if (slot.Value is not DomScalar { Token: JsonTokenType.String, Text: { } text }) return false;
        DomNode? digest;
        if (augment.InnerPath is { } inner) digest = Digests.Inner(text, inner, augment.InnerSchema, augment.Digest) is { } digested ? DomScalar.String(digested) : null;
        else digest = DomReader.TryRead(Encoding.UTF8.GetBytes(Digests.Of(text, augment.Digest)), 8)?.Value;
        if (digest is null) return false;

        var label = $"+{name}:textDigest";
        if (parent.Slots.Exists(sibling => sibling.Name == label && sibling.IsAugment)) return false;
        var added = new DomSlot(parent, DomScalar.String(label).Raw.ToArray(), label, digest) { IsAugment = true };
        parent.Slots.Insert(parent.Slots.IndexOf(slot) + 1, added);
        return true;
    }
}
