using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>A channel's messages since a mark: pages, and in the end a link for the next time.</summary>
internal sealed class MessageDelta(DeltaMarks marks)
{
    private const string LastModified = "lastModifiedDateTime";
    private static readonly string[] Marks = ["skiptoken", "deltatoken"];
    private static readonly PageSize Size = new(20, 50);

    public JsonObject Page(GraphRequest request, IReadOnlyList<JsonObject> messages)
    {
        var given = request.Query.SkipToken ?? request.Query.Others.GetValueOrDefault("deltatoken");
        var (seen, row) = string.IsNullOrEmpty(given) ? (0, 0) : given == "latest" ? (messages.Count, 0) : Start(request, given);
        if (request.Query.Filter is { } filter && !filter.Contains(LastModified, StringComparison.Ordinal)) throw request.Workload.Refuse($"Only {LastModified} can be filtered in a delta query.");
        var changes = new CollectionPage(request, ChatMessageData.Type, Size).Wanted(messages.Skip(seen));
        var page = changes.Skip(row).Take(Length(request)).ToList();
        var isLast = row + page.Count >= changes.Count;
        return new JsonObject
        {
            ["@odata.context"] = request.Context("Collection(chatMessage)"),
            [isLast ? "@odata.deltaLink" : "@odata.nextLink"] = isLast
                ? request.Link("$deltatoken=" + marks.Write(messages.Count, 0, 0), Marks)
                : request.Link("$skiptoken=" + marks.Write(seen, messages.Count, row + page.Count), Marks),
            ["value"] = new JsonArray([.. page.Select(message => (JsonNode)request.Project(message, ChatMessageData.Type))]),
        };
    }

    private static int Length(GraphRequest request)
    {
        if (request.Query.Top is null) return Size.Usual;
        return QueryOptions.Number(request.Query.Top) is { } top and > 0 && top <= Size.Most ? top : throw request.Workload.Refuse($"The limit of '{Size.Most}' for Top query has been exceeded.");
    }

    private (int Seen, int Row) Start(GraphRequest request, string mark) => marks.Read(mark) switch
    {
        null => throw request.Workload.Refuse("Badly formed token."),
        (true, _, _, _) => throw new GraphErrorException(410, "syncStateNotFound", "The delta token has expired, Kanarie: begin anew.") { Location = request.Link("$deltatoken=", Marks) },
        var (_, seen, _, row) => (seen, row),
    };
}
