using System.Collections.Immutable;
using Psoxy.Core.Pseudonyms;

namespace Psoxy.Core.Gate.OData;

/// <summary>Whether an OData option can be understood, and tells its author nothing that the rules hide. Pure; the order of the checks is that of the switch.</summary>
internal static class ODataCheck
{
    private const int MaxExpand = 4;

    /// <summary>Judges one option.</summary>
    /// <param name="visible">What the endpoint's rules let be seen.</param>
    /// <param name="option">Normalized name.</param>
    /// <param name="value">Decoded.</param>
    /// <param name="named">Whether the rules name the option, which options that change the kind of the answer need.</param>
    public static GateReason Judge(EndpointVisibility visible, string option, string value, bool named) => option switch
    {
        "$filter" => Filter(visible, [], value),
        "$orderby" => OrderBy(visible, [], value),
        "$select" => Select(visible, [], value),
        "$expand" => Expand(visible, [], value, 0),
        "$search" => SearchCheck.Judge(visible, value),
        "$top" or "$skip" => value.Length is > 0 and <= 6 && !value.AsSpan().ContainsAnyExceptInRange('0', '9') ? GateReason.Allowed : GateReason.ODataNotUnderstood,
        "$count" => value is "true" or "false" ? GateReason.Allowed : GateReason.ODataNotUnderstood,
        "$skiptoken" or "$deltatoken" => GateReason.Allowed,

        // They make properties of other names out of hidden ones; no rule can say what of those may be seen.
        "$apply" or "$compute" when named => GateReason.ODataNotUnderstood,

        // An alias brings in a constant that the rules never see.
        _ => named || !(option.StartsWith('$') || option.StartsWith('@')) ? GateReason.Allowed : GateReason.QueryParameterNotAllowed,
    };

    private static GateReason Filter(EndpointVisibility visible, ImmutableArray<string> prefix, string text)
    {
        var uses = new List<FilterUse>();
        if (!FilterReader.TryRead(text, uses)) return GateReason.ODataNotUnderstood;
        foreach (var use in uses)
        {
            var path = prefix.AddRange(use.Path);
            var reason = (use.Values.IsEmpty ? visible.Of(path) : visible.OfWhole(path)) switch
            {
                // The answer shows the property, and so what a token stands for.
                PropertyTreatment.Kept when use.Values.Any(value => TokenPattern.HoldsUnsealed(value)) => GateReason.TokenNotComparable,
                PropertyTreatment.Kept => GateReason.Allowed,

                // As many pseudonyms are there as there are elements.
                PropertyTreatment.Pseudonymized when use.Values.IsEmpty => GateReason.Allowed,
                PropertyTreatment.Pseudonymized when use.Equality && use.Values.All(value => TokenPattern.IsReversible(value)) => GateReason.Allowed,
                PropertyTreatment.Pseudonymized => GateReason.PseudonymRequired,
                _ => GateReason.HiddenProperty,
            };
            if (reason != GateReason.Allowed) return reason;
        }

        return GateReason.Allowed;
    }

    private static GateReason OrderBy(EndpointVisibility visible, ImmutableArray<string> prefix, string text)
    {
        var reader = new ODataReader(text);
        do
        {
            reader.Blanks();
            if (!reader.TryPath(out var path)) return GateReason.ODataNotUnderstood;

            // The order of pseudonyms' originals would tell them apart.
            if (visible.OfWhole(prefix.AddRange(path)) != PropertyTreatment.Kept) return GateReason.HiddenProperty;
            if (reader.Blanks() && !reader.AtEnd && !reader.TakeWord("asc") && !reader.TakeWord("desc")) return GateReason.ODataNotUnderstood;
        }
        while (reader.TakeSeparator(','));
        reader.Blanks();
        return reader.AtEnd ? GateReason.Allowed : GateReason.ODataNotUnderstood;
    }

    private static GateReason Select(EndpointVisibility visible, ImmutableArray<string> prefix, string text)
    {
        // Everything is what an absent $select means too; the sanitizer decides what of it stays.
        if (text.Trim(' ') == "*") return GateReason.Allowed;
        var reader = new ODataReader(text);
        do
        {
            reader.Blanks();
            if (!reader.TryPath(out var path)) return GateReason.ODataNotUnderstood;
            if (visible.Of(prefix.AddRange(path)) == PropertyTreatment.Dropped) return GateReason.HiddenProperty;
        }
        while (reader.TakeSeparator(','));
        reader.Blanks();
        return reader.AtEnd ? GateReason.Allowed : GateReason.ODataNotUnderstood;
    }

    private static GateReason Expand(EndpointVisibility visible, ImmutableArray<string> prefix, string text, int depth)
    {
        if (depth == MaxExpand) return GateReason.ODataNotUnderstood;
        var reader = new ODataReader(text);
        do
        {
            reader.Blanks();
            if (!reader.TryPath(out var path)) return GateReason.ODataNotUnderstood;
            path = prefix.AddRange(path);
            if (visible.Of(path) == PropertyTreatment.Dropped) return GateReason.HiddenProperty;
            if (!reader.IsNext('(')) continue;
            if (!reader.TryParenthesized(out var inside)) return GateReason.ODataNotUnderstood;
            var reason = Nested(visible, path, inside.ToString(), depth);
            if (reason != GateReason.Allowed) return reason;
        }
        while (reader.TakeSeparator(','));
        reader.Blanks();
        return reader.AtEnd ? GateReason.Allowed : GateReason.ODataNotUnderstood;
    }

    // Options inside an $expand are parted by ';', which a text or deeper parentheses may hold too.
    private static GateReason Nested(EndpointVisibility visible, ImmutableArray<string> prefix, string inside, int depth)
    {
        var depthNow = 0;
        var quoted = false;
        var start = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at <= inside.Length; at++)
        {
            var c = at < inside.Length ? inside[at] : ';';
            if (c == '\'') quoted = !quoted;
            if (!quoted && c == '(') depthNow++;
            if (!quoted && c == ')') depthNow--;
            if ((quoted || depthNow > 0 || c != ';') && at < inside.Length) continue;
            var reason = NestedOption(visible, prefix, inside[start..at].Trim(' '), depth, seen);
            if (reason != GateReason.Allowed) return reason;
            start = at + 1;
        }

        return GateReason.Allowed;
    }

    private static GateReason NestedOption(EndpointVisibility visible, ImmutableArray<string> prefix, string option, int depth, HashSet<string> seen)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) return GateReason.ODataNotUnderstood;
        var value = option[(equals + 1)..];
        var name = ODataOption.Normalize(option[..equals]);
        if (!seen.Add(name)) return GateReason.ODataNotUnderstood;
        return name switch
        {
            "$select" => Select(visible, prefix, value),
            "$filter" => Filter(visible, prefix, value),
            "$orderby" => OrderBy(visible, prefix, value),
            "$expand" => Expand(visible, prefix, value, depth + 1),
            "$top" or "$skip" => value.Length is > 0 and <= 6 && value.All(char.IsAsciiDigit) ? GateReason.Allowed : GateReason.ODataNotUnderstood,
            _ => GateReason.ODataNotUnderstood,
        };
    }
}
