using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Graph.OneDrive;

/// <summary>A drive's changes since a mark: pages, and in the end a link for the next time.</summary>
internal sealed class DriveDelta(DeltaMarks marks, EntityType item)
{
    private static readonly string[] Marks = ["token"];

    public JsonObject Page(GraphRequest request, DriveLog log)
    {
        var (seen, upTo, row) = Start(request, log.Length);
        var changes = log.Changes(seen, upTo);
        var page = changes.Skip(row).Take(Length(request)).ToList();
        var isLast = row + page.Count >= changes.Count;
        return new JsonObject
        {
            ["@odata.context"] = request.Context("Collection(driveItem)"),
            [isLast ? "@odata.deltaLink" : "@odata.nextLink"] = request.Link("token=" + (isLast ? marks.Write(upTo, 0, 0) : marks.Write(seen, upTo, row + page.Count)), Marks),
            ["value"] = new JsonArray([.. page.Select(change => (JsonNode)request.Project(change, item))]),
        };
    }

    private static int Length(GraphRequest request) => request.Query.Top is not { } top
        ? request.Workload.Pages.Usual
        : QueryOptions.Number(top) is { } number and > 0 ? Math.Min(number, request.Workload.Pages.Most) : throw request.Workload.Refuse($"The value '{top}' of $top is invalid.");

    // The pages of one round end where the log ended when it began.
    private (int Seen, int UpTo, int Row) Start(GraphRequest request, int length)
    {
        var mark = request.Query.Others.GetValueOrDefault("token") ?? request.Find("token");
        if (string.IsNullOrEmpty(mark)) return (0, length, 0);
        if (mark == "latest") return (length, length, 0);
        return marks.Read(mark) switch
        {
            null => throw request.Workload.Refuse("The provided token is invalid."),
            (true, _, _, _) => throw new GraphErrorException(410, "resyncRequired", "Resync required. Replace any local items with the server's version, Kanarie.") { Location = request.Link("token=", Marks) },
            (_, var seen, 0, _) => (seen, length, 0),
            var (_, seen, upTo, row) => (seen, upTo, row),
        };
    }
}
