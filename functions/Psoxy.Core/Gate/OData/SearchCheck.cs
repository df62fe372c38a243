using System.Collections.Immutable;

namespace Psoxy.Core.Gate.OData;

/// <summary>
/// Whether a <c>$search</c> looks only at what may be seen. Only the form <c>"property:word"</c>, joined by AND and OR: mail and chats read all between the
/// quotes as a query of its own, in which a second word looks everywhere, and a property that is an object is looked through down to the names in it.
/// </summary>
internal static class SearchCheck
{
    /// <summary>Judges the option's value.</summary>
    /// <param name="visible">What the endpoint's rules let be seen. Without a schema nobody knows what a property holds.</param>
    /// <param name="text">Decoded.</param>
    public static GateReason Judge(EndpointVisibility visible, string text)
    {
        if (!visible.HasSchema) return GateReason.HiddenProperty;
        var rest = text.Trim(' ');
        while (true)
        {
            if (rest.Length < 2 || rest[0] != '"') return GateReason.HiddenProperty;
            var end = rest.IndexOf('"', 1);
            var colon = rest.IndexOf(':', StringComparison.Ordinal);
            if (end < 0 || colon < 0 || colon > end || !IsWord(rest.AsSpan(colon + 1, end - colon - 1))) return GateReason.HiddenProperty;
            var name = rest[1..colon];
            if (!name.All(char.IsAsciiLetterOrDigit)) return GateReason.ODataNotUnderstood;
            if (visible.OfWhole(ImmutableArray.Create(name)) != PropertyTreatment.Kept) return GateReason.HiddenProperty;
            rest = rest[(end + 1)..].TrimStart(' ');
            if (rest.Length == 0) return GateReason.Allowed;
            if (rest.StartsWith("AND ", StringComparison.Ordinal)) rest = rest[4..].TrimStart(' ');
            else if (rest.StartsWith("OR ", StringComparison.Ordinal)) rest = rest[3..].TrimStart(' ');
            else return GateReason.ODataNotUnderstood;
        }
    }

    private static bool IsWord(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_')) return false;
        return !word.IsEmpty;
    }
}
