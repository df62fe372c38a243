using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Psoxy.Emulator.Graph.OData;

/// <summary>OData's options, of a request or of an expansion; with or without their dollar sign, in any case.</summary>
internal sealed record QueryOptions
{
    public string? Filter { get; init; }

    public string? OrderBy { get; init; }

    public string? Search { get; init; }

    public string? SkipToken { get; init; }

    public IReadOnlyList<string> Select { get; init; } = [];

    public IReadOnlyList<ExpandItem> Expand { get; init; } = [];

    /// <summary>As it was asked for: the workload says how many it may be.</summary>
    public string? Top { get; init; }

    public string? Skip { get; init; }

    public bool Count { get; init; }

    /// <summary>Whether the request lets the directory answer from its index, which advanced queries need.</summary>
    public bool IsEventual { get; init; }

    /// <summary>Options outside OData, such as <c>startDateTime</c> and <c>token</c>.</summary>
    public IReadOnlyDictionary<string, string> Others { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the directory takes the request as an advanced query.</summary>
    public bool IsAdvanced => IsEventual && Count;

    public static QueryOptions Of(HttpRequest request) =>
        Of(request.Query.Select(pair => (pair.Key, pair.Value.ToString()))) with { IsEventual = request.Headers["ConsistencyLevel"].ToString().Equals("eventual", StringComparison.OrdinalIgnoreCase) };

    public static QueryOptions Of(IEnumerable<(string Name, string Value)> pairs)
    {
        var options = new QueryOptions();
        var others = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in pairs)
        {
            switch (name.TrimStart('$').ToLowerInvariant())
            {
                case "filter": options = options with { Filter = NotEmpty(value) }; break;
                case "orderby": options = options with { OrderBy = NotEmpty(value) }; break;
                case "search": options = options with { Search = NotEmpty(value) }; break;
                case "skiptoken": options = options with { SkipToken = NotEmpty(value) }; break;
                case "top": options = options with { Top = value }; break;
                case "skip": options = options with { Skip = value }; break;
                case "count": options = options with { Count = value.Equals("true", StringComparison.OrdinalIgnoreCase) }; break;
                case "select": options = options with { Select = value == "*" ? [] : value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) }; break;
                case "expand": options = options with { Expand = ExpandItem.ListOf(value) }; break;
                default: others[name.TrimStart('$')] = value; break;
            }
        }

        return options with { Others = others };
    }

    /// <summary>The number of an option, or <c>null</c> where it is not one.</summary>
    public static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? NotEmpty(string value) => value.Length == 0 ? null : value;
}
