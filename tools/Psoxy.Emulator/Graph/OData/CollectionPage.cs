using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.OData;

/// <summary>A page of a collection: the rows asked for, in the order asked for, and the link to the next.</summary>
internal sealed class CollectionPage(GraphRequest request, EntityType type, PageSize size)
{
    private static readonly string[] Marks = ["skip", "skiptoken"];

    private readonly QueryOptions _query = request.Query;

    public JsonObject Of(IEnumerable<JsonObject> all, string contextName)
    {
        var rows = Wanted(all);
        var skip = Start(rows);
        var page = rows.Skip(skip).Take(Length()).ToList();
        var select = _query.Select.Count > 0 ? $"({string.Join(',', _query.Select)})" : "";
        var body = new JsonObject { ["@odata.context"] = request.Context(contextName + select) };
        if (request.Workload.CountsPages) body["@odata.count"] = page.Count;
        else if (_query.Count && skip == 0 && (request.Workload != Workload.Directory || _query.IsEventual)) body["@odata.count"] = rows.Count;
        if (skip + page.Count < rows.Count) body["@odata.nextLink"] = request.Link(Mark(skip + page.Count, page[^1]), Marks);
        body["value"] = new JsonArray([.. page.Select(row => (JsonNode)request.Project(row, type))]);
        return body;
    }

    /// <summary>The rows asked for, in the order asked for.</summary>
    public List<JsonObject> Wanted(IEnumerable<JsonObject> rows)
    {
        try
        {
            if (request.Workload == Workload.Directory) AdvancedQuery.Check(_query);
            if (_query.Search is { } search) rows = Search.Apply(rows, search, type);
            if (_query.Filter is { } filter) rows = rows.Where(Filter.Parse(filter).Matches);
            return [.. _query.OrderBy is { } order ? Ordering.Apply(rows, order) : rows];
        }
        catch (FilterException unreadable)
        {
            throw request.Workload.Refuse(unreadable.Message);
        }
    }

    private int Length()
    {
        if (_query.Top is not { } top) return size.Usual;
        if (QueryOptions.Number(top) is not { } asked || (asked == 0 && request.Workload == Workload.Directory))
            throw request.Workload.Refuse($"Invalid page size specified: '{top}'. Must be between 1 and {size.Most} inclusive.");
        return asked <= size.Most ? Math.Max(asked, 1) : request.Workload.ClampsTop ? size.Most : throw request.Workload.Refuse($"The limit of '{size.Most}' for Top query has been exceeded. The value from the incoming request is '{top}'.");
    }

    private int Start(List<JsonObject> rows)
    {
        if (request.Workload.Mark == PageMark.Skip || (_query.SkipToken is null && _query.Skip is not null)) return _query.Skip is null ? 0 : QueryOptions.Number(_query.Skip) ?? throw BadMark();
        if (_query.SkipToken is not { } token) return 0;
        var mark = Read(token).Split('|');
        if (request.Workload.Mark == PageMark.Opaque) return mark is ["page", var number] && QueryOptions.Number(number) is { } skip ? skip : throw BadMark();
        var last = mark is ["RFNwdA", _, var key] ? rows.FindIndex(row => (string?)row["id"] == key) : -1;
        return last >= 0 ? last + 1 : throw BadMark();
    }

    // The directory's mark holds the name of the last row, as the real one may.
    private string Mark(int skip, JsonObject last) => request.Workload.Mark switch
    {
        PageMark.Skip => "$skip=" + skip.ToString(CultureInfo.InvariantCulture),
        PageMark.Opaque => "$skiptoken=" + Write($"page|{skip}"),
        _ => "$skiptoken=" + Write($"RFNwdA|{((string?)last["displayName"])?.Replace('|', ' ')}|{last["id"]}"),
    };

    private static string Write(string mark) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(mark));

    private string Read(string token) => Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : throw BadMark();

    private GraphErrorException BadMark() => new(400, request.Workload.BadMark, "The specified page token value has expired and can no longer be included in your request, Kanarie.");
}
