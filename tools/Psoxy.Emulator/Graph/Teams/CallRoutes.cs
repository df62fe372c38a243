using System.Globalization;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.OData;
using Psoxy.Emulator.Graph.Routing;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>Calls, their records, and the logs of the telephone network.</summary>
internal static class CallRoutes
{
    private const string Records = "communications/callRecords";
    private static readonly PageSize LogPages = new(1000, 1000);
    private static readonly string[] ReadRecords = ["CallRecords.Read.All"];
    private static readonly string[] ReadLogs = ["CallRecord-PstnCalls.Read.All", "CallRecords.Read.All"];

    public static IEnumerable<Route> Of(Tenant tenant)
    {
        var people = tenant.Options.People;
        var record = CallRecordData.Type(people);
        var call = new EntityType(
            "call",
            Navigation.Many("participants", call => CallData.Participants(NumberOf(call), people)),
            Navigation.Many("audioRoutingGroups", call => CallData.AudioRoutingGroups(NumberOf(call))),
            Navigation.Many("contentSharingSessions", call => CallData.ContentSharingSessions(NumberOf(call))),
            Navigation.Many("operations", call => CallData.Operations(NumberOf(call))));
        return
        [
            Route("communications/calls/{call}", ["Calls.AccessMedia.All", "Calls.Initiate.All", "CallRecords.Read.All"], request =>
                request.Entity(Find(request, "call", CallData.Calls, CallData.Id, number => CallData.Of(number, people)), call, "communications/calls/$entity")),
            Route(Records, ReadRecords, request =>
            {
                Check(request);
                return request.Page(Enumerable.Range(0, CallRecordData.Records).Select(number => CallRecordData.Of(number, people)), record, Records);
            }),
            Log("getDirectRoutingCalls", new EntityType("callRecords.directRoutingLogRow"), (number, start) => PhoneLogData.DirectRouting(number, start, people)),
            Log("getPstnCalls", new EntityType("callRecords.pstnCallLogRow"), (number, start) => PhoneLogData.Pstn(number, start, people)),
            Route(Records + "/{record}", ReadRecords, request =>
                request.Entity(Find(request, "record", CallRecordData.Records, CallRecordData.Id, number => CallRecordData.Of(number, people)), record, Records + "/$entity")),
        ];
    }

    private static Route Route(string template, IReadOnlyList<string> anyOf, Func<GraphRequest, JsonObject> answer) => new(Workload.Calls, template, anyOf, answer);

    private static Route Log(string function, EntityType row, Func<int, DateTimeOffset, JsonObject> make) => new(Workload.PhoneLogs, $"{Records}/{function}(fromDateTime={{from}},toDateTime={{to}})", ReadLogs, request =>
    {
        var (from, to) = (Day(request, "from"), Day(request, "to"));
        if (to < from || to.DayNumber - from.DayNumber > 90) throw request.Workload.Refuse("The date range must not be negative nor exceed 90 days.");
        return request.Page(PhoneLogData.Rows(from, to, make), row, $"Collection(microsoft.graph.{row.Name})", LogPages);
    });

    private static DateOnly Day(GraphRequest request, string name) =>
        DateTimeOffset.TryParse(request[name], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? DateOnly.FromDateTime(time.UtcDateTime) : throw request.Workload.Refuse($"'{request[name]}' is not a date.");

    // The list takes few of OData's options, and no others.
    private static void Check(GraphRequest request)
    {
        if (request.Query.OrderBy is not null || request.Query.Top is not null || request.Query.Search is not null) throw request.Workload.Refuse("Query option is not allowed on callRecords.");
        if (request.Query.Expand.Any(item => item.Navigation.Equals("sessions", StringComparison.OrdinalIgnoreCase))) throw request.Workload.Refuse("Sessions cannot be expanded in a list.");
        if (request.Query.Filter is not { } text) return;
        try
        {
            var filter = Filter.Parse(text);
            if (filter.Paths.Any(path => path is not ("startDateTime" or "participants_v2") && path.Split('/') is not [_, "id"]) || filter.Operators.Any(word => word is not ("lt" or "le" or "gt" or "ge" or "eq" or "any")))
                throw request.Workload.Refuse("Only startDateTime and the ids of participants_v2 can be filtered.");
        }
        catch (FilterException unreadable)
        {
            throw request.Workload.Refuse(unreadable.Message);
        }
    }

    private static JsonObject Find(GraphRequest request, string placeholder, int count, Func<int, string> id, Func<int, JsonObject> make) =>
        Enumerable.Range(0, count).FirstOrDefault(number => id(number).Equals(request[placeholder], StringComparison.OrdinalIgnoreCase), -1) is >= 0 and var found ? make(found) : throw request.Workload.Missing(request[placeholder]);

    private static int NumberOf(JsonObject call) => Convert.ToInt32(((string)call["id"]!)[^12..], 16);
}
