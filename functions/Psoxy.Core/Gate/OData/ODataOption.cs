using System.Collections.Frozen;

namespace Psoxy.Core.Gate.OData;

/// <summary>OData's query options. <c>$select</c> and <c>select</c> are the same option to Graph, and so are <c>$SELECT</c> and <c>$select</c> to some of its hosts.</summary>
internal static class ODataOption
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
        ["$select", "$expand", "$filter", "$orderby", "$search", "$top", "$skip", "$count", "$skiptoken", "$deltatoken", "$format", "$apply", "$compute", "$levels", "$index", "$schemaversion"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>One name for all spellings: lower-case and, for OData's own options, with the dollar sign.</summary>
    public static string Normalize(string name)
    {
        var lower = name.ToLowerInvariant();
        if (lower.StartsWith('$') || lower.Length > 15) return lower;
        Span<char> dollar = stackalloc char[16];
        dollar[0] = '$';
        lower.CopyTo(dollar[1..]);
        return Lookup.TryGetValue(dollar[..(lower.Length + 1)], out var option) ? option : lower;
    }

    /// <summary>What a refusal may say of a parameter: OData's own word for it. Any other name is the caller's text.</summary>
    /// <param name="normalized">See <see cref="Normalize"/>.</param>
    public static string Describe(string normalized) => Names.Contains(normalized) ? normalized : "query parameter";
}
