using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;
using Psoxy.Emulator.Graph.OData;
using Psoxy.Emulator.Graph.Routing;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>Online meetings and their attendance. A role is not enough: a Teams administrator must have granted an application access policy.</summary>
internal static class MeetingRoutes
{
    private static readonly PageSize Pages = new(20, 100);
    private static readonly EntityType Meeting = new("onlineMeeting") { Searched = ["subject"] };

    public static IEnumerable<Route> Of(Tenant tenant, EmulatorOptions options)
    {
        var people = options.People;
        var report = new EntityType("meetingAttendanceReport", Navigation.Many("attendanceRecords", report => MeetingData.Records(report, people), new EntityType("attendanceRecord")));
        string[] meetings = ["OnlineMeetings.Read.All", "OnlineMeetings.ReadWrite.All"];
        string[] artifacts = ["OnlineMeetingArtifact.Read.All"];
        return
        [
            Route("users/{user}/onlineMeetings", meetings, (request, owner) =>
                request.Page(Enumerable.Range(0, MeetingData.PerPerson).Select(number => MeetingData.Of(owner, number, people)), Meeting, $"users('{request["user"]}')/onlineMeetings", Pages)),
            Route("users/{user}/onlineMeetings/{meeting}", meetings, (request, owner) => request.Entity(MeetingData.Of(owner, Number(request, owner), people), Meeting, $"users('{request["user"]}')/onlineMeetings/$entity")),
            Route("users/{user}/onlineMeetings/{meeting}/attendanceReports", artifacts, (request, owner) =>
                request.Page(Reports(owner, Number(request, owner)), report, $"users('{request["user"]}')/onlineMeetings('{request["meeting"]}')/attendanceReports", Pages)),
            Route("users/{user}/onlineMeetings/{meeting}/attendanceReports/{report}", artifacts, (request, owner) =>
                request.Entity(
                    Reports(owner, Number(request, owner)).FirstOrDefault(one => (string?)one["id"] == request["report"]) ?? throw request.Workload.Missing(request["report"]),
                    report,
                    $"users('{request["user"]}')/onlineMeetings('{request["meeting"]}')/attendanceReports/$entity")),
        ];

        Route Route(string template, IReadOnlyList<string> anyOf, Func<GraphRequest, Person, JsonObject> answer) => new(Workload.Meetings, template, anyOf, request =>
        {
            if (!options.HasApplicationAccessPolicy) throw new GraphErrorException(403, "Forbidden", "No application access policy found for this app, Kanarie.");
            return answer(request, tenant.Directory.Find(request["user"]) ?? throw request.Workload.Missing(request["user"]));
        });

        IEnumerable<JsonObject> Reports(Person owner, int meeting) => Enumerable.Range(0, MeetingData.ReportsPerMeeting).Select(number => MeetingData.Report(owner, meeting, number, people));
    }

    private static int Number(GraphRequest request, Person owner) =>
        Enumerable.Range(0, MeetingData.PerPerson).FirstOrDefault(number => MeetingData.Id(owner, number) == request["meeting"], -1) is >= 0 and var found ? found : throw request.Workload.Missing(request["meeting"]);
}
