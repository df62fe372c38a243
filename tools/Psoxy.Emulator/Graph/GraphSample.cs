using Psoxy.Emulator.Graph.Directory;
using Psoxy.Emulator.Graph.OneDrive;
using Psoxy.Emulator.Graph.Outlook;
using Psoxy.Emulator.Graph.Teams;

namespace Psoxy.Emulator.Graph;

/// <summary>A request that Graph answers.</summary>
/// <param name="ConnectorId">The connector that asks for it; several may.</param>
/// <param name="Target">Path and query.</param>
public sealed record GraphSample(string ConnectorId, string Target)
{
    private const string Window = "startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-05-01T00:00:00Z";

    internal static IReadOnlyList<GraphSample> All(Tenant tenant)
    {
        var person = new Person(1);
        var (user, group, drive) = ($"/v1.0/users/{person.Id}", $"/v1.0/groups/{Synthetic.Id(2, 0)}", new DriveOwner(false, 1));
        string[] directory = ["/v1.0/users", $"{user}", "/v1.0/groups", group, $"{group}/members", $"{group}/members/microsoft.graph.user"];
        var (series, calendar) = (tenant.Calendars.Items(person, 0).First(item => item.IsSeries).Id, $"{user}/calendars/{CalendarData.Id(person, 0)}/events");
        var chat = tenant.Teams.Chats.First(chat => chat.Kind == ChatKind.Group && chat.People[0] == person).Id;
        var channel = $"/v1.0/teams/{Synthetic.Id(2, 0)}/channels/{TeamData.ChannelId(0, 0)}/messages";
        var meeting = $"{user}/onlineMeetings/{MeetingData.Id(person, 0)}/attendanceReports";
        var interactions = $"/copilot/users/{person.Id}/interactionHistory/getAllEnterpriseInteractions";
        const string records = "/v1.0/communications/callRecords";
        const string days = "(fromDateTime=2026-03-02,toDateTime=2026-03-04)";
        return
        [
            .. from connector in (string[])["msft-entra-id", "outlook-cal", "outlook-mail"] from target in directory select new GraphSample(connector, target),
            .. Of("msft-onedrive", "/v1.0/users", "/v1.0/groups"),
            .. Of("msft-teams", "/v1.0/users", user),
            .. Of("msft-copilot", "/v1.0/users", user),
            .. from connector in (string[])["outlook-cal", "outlook-mail"] select new GraphSample(connector, $"{user}/mailboxSettings"),
            .. Of(
                "outlook-cal",
                $"{user}/events",
                $"{user}/events/{series}",
                $"{user}/events/{series}/instances?{Window}",
                calendar,
                $"{calendar}/{series}",
                $"{user}/calendar/calendarView?{Window}",
                $"{user}/calendarView?{Window}"),
            .. Of(
                "outlook-mail",
                $"{user}/messages/{MailData.Id(1, 2)}",
                $"{user}/mailFolders/SentItems/messages",
                $"{user}/mailFolders('SentItems')/messages",
                $"{user}/mailFolders/SentItems/messages/{MailData.Id(1, 2)}",
                $"{user}/mailFolders('SentItems')/messages/{MailData.Id(1, 2)}"),
            .. Of(
                "msft-teams",
                "/v1.0/teams",
                $"/v1.0/teams/{Synthetic.Id(2, 0)}/allChannels",
                $"{user}/chats",
                $"{user}/chats?$expand=members,lastMessagePreview",
                channel,
                $"{channel}?$expand=replies",
                $"{channel}/delta",
                $"/v1.0/chats/{chat}/messages?$top=50",
                $"/v1.0/communications/calls/{CallData.Id(1)}",
                $"/v1.0/communications/calls/{CallData.Id(2)}?$expand=participants,operations",
                records,
                $"{records}/{CallRecordData.Id(4)}",
                $"{records}/{CallRecordData.Id(5)}?$expand=sessions($expand=segments)",
                $"{records}/getDirectRoutingCalls{days}",
                $"{records}/getPstnCalls{days}",
                $"{user}/onlineMeetings",
                meeting,
                $"{meeting}/{MeetingData.ReportId(person, 0, 0)}?$expand=attendanceRecords"),
            .. Of(
                "msft-onedrive",
                $"{user}/drives",
                $"{group}/drives",
                $"/v1.0/drives/{drive.DriveId}/root/delta",
                $"/v1.0/drives/{drive.DriveId}/activities?$expand=driveItem",
                $"/v1.0/drives/{drive.DriveId}/items/{DriveItemData.Id(drive, 2)}/activities"),
            .. Of("msft-copilot", $"/beta{interactions}", $"/v1.0{interactions}"),
        ];
    }

    private static IEnumerable<GraphSample> Of(string connectorId, params IEnumerable<string> targets) => targets.Select(target => new GraphSample(connectorId, target));
}
