using System.Collections.Immutable;
using Psoxy.Core.Connectors;

namespace Psoxy.Core.Tests.Completeness;

/// <summary>
/// What the connectors will return that have no rules yet, so that their types are already held to Graph's model. Each counts only until its folder is there.
/// </summary>
internal static class PlannedConnectors
{
    private static readonly ConnectorEndpoint[] Directory =
    [
        Page("/v1.0/users", "user"), One("/v1.0/users/{userId}", "user"),
    ];

    private static readonly ConnectorEndpoint[] Groups =
    [
        Page("/v1.0/groups", "group"), One("/v1.0/groups/{groupId}", "group"),
        Page("/v1.0/groups/{groupId}/members", "directoryObject"), Page("/v1.0/groups/{groupId}/members/microsoft.graph.user", "user"),
    ];

    private static readonly Dictionary<string, ConnectorEndpoint[]> Endpoints = new()
    {
        ["msft-entra-id"] = [.. Directory, .. Groups],
        ["outlook-cal"] =
        [
            .. Directory, .. Groups,
            One("/v1.0/users/{userId}/mailboxSettings", "mailboxSettings"),
            Page("/v1.0/users/{userId}/events", "event"), One("/v1.0/users/{userId}/events/{eventId}", "event"), Page("/v1.0/users/{userId}/events/{eventId}/instances", "event"),
            Page("/v1.0/users/{userId}/calendars/{calendarId}/events", "event"), One("/v1.0/users/{userId}/calendars/{calendarId}/events/{eventId}", "event"),
            Page("/v1.0/users/{userId}/calendar/calendarView", "event"), Page("/v1.0/users/{userId}/calendarView", "event"),
        ],
        ["msft-teams"] =
        [
            .. Directory,
            Page("/v1.0/teams", "team"), Page("/v1.0/teams/{teamId}/allChannels", "channel"), Page("/v1.0/users/{userId}/chats", "chat"),
            Page("/v1.0/teams/{teamId}/channels/{channelId}/messages", "chatMessage"), Page("/v1.0/teams/{teamId}/channels/{channelId}/messages/delta", "chatMessage"),
            Page("/v1.0/chats/{chatId}/messages", "chatMessage"), One("/v1.0/communications/calls/{callId}", "call"),
            Page("/v1.0/communications/callRecords", "callRecords.callRecord"), One("/v1.0/communications/callRecords/{callRecordId}", "callRecords.callRecord"),
            Page("/v1.0/communications/callRecords/getDirectRoutingCalls(fromDateTime={startDate},toDateTime={endDate})", "callRecords.directRoutingLogRow"),
            Page("/v1.0/communications/callRecords/getPstnCalls(fromDateTime={startDate},toDateTime={endDate})", "callRecords.pstnCallLogRow"),
            Page("/v1.0/users/{userId}/onlineMeetings", "onlineMeeting"), Page("/v1.0/users/{userId}/onlineMeetings/{meetingId}/attendanceReports", "meetingAttendanceReport"),
            One("/v1.0/users/{userId}/onlineMeetings/{meetingId}/attendanceReports/{reportId}", "meetingAttendanceReport"),
        ],
        ["msft-onedrive"] =
        [
            Page("/v1.0/users", "user"), Page("/v1.0/groups", "group"), Page("/v1.0/users/{userId}/drives", "drive"), Page("/v1.0/groups/{groupId}/drives", "drive"),
            Page("/v1.0/drives/{driveId}/root/delta", "driveItem"), Page("/v1.0/drives/{driveId}/activities", "itemActivity"),
            Page("/v1.0/drives/{driveId}/items/{itemId}/activities", "itemActivity"),
        ],
        ["msft-copilot"] =
        [
            .. Directory,
            Page("/v1.0/copilot/users/{userId}/interactionHistory/getAllEnterpriseInteractions", "aiInteraction"),
            Page("/beta/copilot/users/{userId}/interactionHistory/getAllEnterpriseInteractions", "aiInteraction"),
        ],
    };

    public static IEnumerable<(string Connector, ImmutableHashSet<string> Flags, ConnectorEndpoint Endpoint)> All =>
        from planned in Endpoints
        where ConnectorCatalog.Find(planned.Key) is null
        from flags in (ImmutableHashSet<string>[])[[], ["pseudonymizeAppIds"]]
        from endpoint in planned.Value
        select (planned.Key, flags, endpoint);

    private static ConnectorEndpoint Page(string path, string returns) => One(path, returns) with { IsCollection = true };

    private static ConnectorEndpoint One(string path, string returns) =>
        new() { Path = path, Returns = returns, IsCollection = false, Permission = "", Example = "", Request = "" };
}
