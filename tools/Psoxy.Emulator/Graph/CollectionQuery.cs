using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Psoxy.Emulator.Graph;

/// <summary>OData's options on a collection, the way Graph answers them: a page, and the link to the next.</summary>
/// <param name="context">The request.</param>
/// <param name="host">Graph's host and port.</param>
/// <param name="byKey">Whether pages are marked by the last row's key, as the directory does, rather than by a count.</param>
internal sealed partial class CollectionQuery(HttpContext context, string host, bool byKey)
{
    private const int DefaultPage = 10;

    public JsonObject Page(IEnumerable<JsonObject> all, string contextName)
    {
        var rows = Order(all.Where(Matches)).ToList();
        var skip = Skip();
        var top = int.TryParse(Option("top"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 999) : DefaultPage;
        var page = rows.Skip(skip).Take(top).ToList();
        var body = new JsonObject { ["@odata.context"] = $"https://{host}/v1.0/$metadata#{contextName}" };
        if (Option("count") == "true" && skip == 0 && (!byKey || context.Request.Headers["ConsistencyLevel"] == "eventual")) body["@odata.count"] = rows.Count;
        if (skip + page.Count < rows.Count) body["@odata.nextLink"] = NextLink(skip + page.Count, page[^1]);
        body["value"] = new JsonArray([.. page.Select(row => (JsonNode)Select(row))]);
        return body;
    }

    public JsonObject Select(JsonObject entity)
    {
        if (Option("select") is not { Length: > 0 } select || select == "*") return (JsonObject)entity.DeepClone();
        var names = select.Split(',', StringSplitOptions.TrimEntries).Append("@odata.etag").Append("@odata.type").ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!byKey) names.Add("id");
        return new JsonObject(entity.Where(member => names.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
    }

    private string? Option(string name)
    {
        foreach (var (key, value) in context.Request.Query)
            if (key.TrimStart('$').Equals(name, StringComparison.OrdinalIgnoreCase)) return value.ToString();
        return null;
    }

    private int Skip()
    {
        if (!byKey) return int.TryParse(Option("skip"), NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip : 0;
        if (Option("skiptoken") is not { Length: > 0 } token) return 0;
        try
        {
            var mark = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
            return int.Parse(mark.Split('|')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception fault) when (fault is FormatException or IndexOutOfRangeException or OverflowException)
        {
            throw new GraphErrorException(400, "Directory_ExpiredPageToken", "The specified page token value has expired and can no longer be included in your request.");
        }
    }

    private string NextLink(int skip, JsonObject last)
    {
        var query = string.Join('&', context.Request.QueryString.Value!.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => Uri.UnescapeDataString(pair.Split('=')[0]).TrimStart('$').ToLowerInvariant() is not ("skip" or "skiptoken")));
        var mark = byKey
            ? "$skiptoken=" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"RFNwdA:{last["displayName"]}|{skip}"))
            : "$skip=" + skip.ToString(CultureInfo.InvariantCulture);
        var path = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        return $"https://{host}{path}?{(query.Length > 0 ? query + "&" : "")}{mark}";
    }

    private IEnumerable<JsonObject> Order(IEnumerable<JsonObject> rows)
    {
        if (Option("orderby") is not { Length: > 0 } order) return rows;
        var words = order.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var sorted = rows.OrderBy(row => row[words[0]]?.ToString(), StringComparer.Ordinal);
        return words is [_, "desc"] ? sorted.Reverse() : sorted;
    }

    private bool Matches(JsonObject row)
    {
        if (Option("filter") is not { Length: > 0 } filter) return true;
        foreach (var part in filter.Split(" and "))
        {
            if (Comparison().Match(part.Trim()) is { Success: true } comparison) { if (!Compare(row, comparison)) return false; }
            else if (StartsWith().Match(part.Trim()) is { Success: true } starts)
            {
                if (row[starts.Groups[1].Value]?.ToString().StartsWith(starts.Groups[2].Value, StringComparison.OrdinalIgnoreCase) != true) return false;
            }
            else throw new GraphErrorException(400, "Request_UnsupportedQuery", "Unsupported query.");
        }

        return true;
    }

    private static bool Compare(JsonObject row, Match comparison)
    {
        var value = row[comparison.Groups[1].Value]?.ToString() ?? "null";
        var constant = comparison.Groups[3].Value.Trim('\'').Replace("''", "'", StringComparison.Ordinal);
        var order = string.Compare(value, constant, StringComparison.OrdinalIgnoreCase);
        return comparison.Groups[2].Value switch { "eq" => order == 0, "ne" => order != 0, "gt" => order > 0, "ge" => order >= 0, "lt" => order < 0, _ => order <= 0 };
    }

    [GeneratedRegex(@"^(\w+) (eq|ne|gt|ge|lt|le) ('(?:[^']|'')*'|[\w:.+-]+)$", RegexOptions.NonBacktracking)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"^startswith\((\w+), ?'([^']*)'\)$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex StartsWith();
}
