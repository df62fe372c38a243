namespace Psoxy.Emulator.Graph.OData;

/// <summary>What the directory answers from its index only, and so only when it is asked to: with <c>ConsistencyLevel: eventual</c> and <c>$count=true</c>.</summary>
internal static class AdvancedQuery
{
    private static readonly string[] Usual = ["displayName", "userPrincipalName", "id"];

    /// <exception cref="GraphErrorException">It is an advanced query, and is not asked for as one.</exception>
    public static void Check(QueryOptions query)
    {
        var filter = query.Filter is { } text ? Filter.Parse(text) : null;
        if (filter is { Operators.Count: 0 }) throw new FilterException("Unsupported or invalid query filter clause specified.");
        if (filter?.Operators.Contains("contains") == true) throw new FilterException("Unsupported query: the function 'contains' is not supported.");
        var isAdvanced = filter?.Operators.Any(word => word is "ne" or "not" or "endswith" or "$count") == true
            || (query.OrderBy is { } order && (filter is not null || Ordering.Parse(order).Any(by => !Usual.Contains(by.Path, StringComparer.OrdinalIgnoreCase))));

        // A search has no meaning without the index; the count is not asked of it.
        if ((isAdvanced && !query.IsAdvanced) || (query.Search is not null && !query.IsEventual))
            throw new FilterException("Unsupported query: to use it set the header ConsistencyLevel to eventual and $count to true.");
    }
}
