using System.Collections.Frozen;

namespace Psoxy.Core.Gate.OData;

/// <summary>OData's query options. <c>$select</c> and <c>select</c> are the same option to Graph, and so are <c>$SELECT</c> and <c>$select</c> to some of its hosts.</summary>
internal static class ODataOption
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
        ["select", "expand", "filter", "orderby", "search", "top", "skip", "count", "skiptoken", "deltatoken", "format", "apply", "compute", "levels", "index", "schemaversion", "id", "value", "ref", "metadata", "batch", "entity", "all", "crossjoin"],
        StringComparer.Ordinal);

    /// <summary>Whether a normalized name is one of OData's own options.</summary>
    public static bool IsKnown(string normalized) => normalized.StartsWith('$') && Names.Contains(normalized[1..]);

    /// <summary>One name for all spellings: lower-case and, for OData's own options, with the dollar sign.</summary>
    public static string Normalize(string name)
    {
        var lower = name.ToLowerInvariant();
        return !lower.StartsWith('$') && Names.Contains(lower) && lower is not ("id" or "value" or "ref" or "all" or "index" or "entity" or "batch" or "metadata" or "compute" or "levels") ? "$" + lower : lower;
    }
}
