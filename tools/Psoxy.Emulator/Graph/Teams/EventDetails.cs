using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>What system messages tell: one of every kind that Graph has.</summary>
internal static class EventDetails
{
    public static int Kinds { get; } = All(default).Count;

    public static string Of(int kind, Person who)
    {
        var (type, members) = All(who)[kind % Kinds];
        return $$"""
            {"@odata.type": "#microsoft.graph.{{type}}EventMessageDetail", {{members}}}
            """;
    }

    private static List<(string Type, string Members)> All(Person who)
    {
        var initiator = $"\"initiator\": {Identity(who)}";
        var user = $$"""{"@odata.type": "#microsoft.graph.teamworkUserIdentity", "id": "{{who.Id}}", "displayName": "{{who.Name}}", "userIdentityType": "aadUser"}""";
        const string call = "\"callId\": \"c0000000-5fad-4d73-a9f5-000000000001\"";
        const string channel = "\"channelId\": \"19:general@thread.tacv2\"";
        const string team = "\"teamId\": \"00000002-5fad-4d73-a9f5-000000000000\"";
        return
        [
            ("callEnded", $"{call}, \"callDuration\": \"PT28M10.5S\", \"callEventType\": \"call\", \"callParticipants\": [{{\"participant\": {Identity(who)}}}], {initiator}"),
            ("callRecording", $"{call}, {Recording}, \"meetingOrganizer\": {Identity(who)}, {initiator}"),
            ("callStarted", $"{call}, \"callEventType\": \"meeting\", {initiator}"),
            ("callTranscript", $"{call}, \"callTranscriptICalUid\": \"040000008200E00074C5B7101A82E008\", \"meetingOrganizer\": {Identity(who)}"),
            ("channelAdded", $"{channel}, \"channelDisplayName\": \"Kanarie channel\", {initiator}"),
            ("channelDeleted", $"{channel}, \"channelDisplayName\": \"Kanarie channel\", {initiator}"),
            ("channelDescriptionUpdated", $"{channel}, \"channelDescription\": \"About Kanarie\", {initiator}"),
            ("channelRenamed", $"{channel}, \"channelDisplayName\": \"Kanarie renamed\", {initiator}"),
            ("channelSetAsFavoriteByDefault", $"{channel}, {initiator}"),
            ("channelUnsetAsFavoriteByDefault", $"{channel}, {initiator}"),
            ("chatRenamed", $"\"chatId\": \"19:chat@thread.v2\", \"chatDisplayName\": \"Kanarie chat\", {initiator}"),
            ("conversationMemberRoleUpdated", $"\"conversationMemberRoles\": [\"owner\"], \"conversationMemberUser\": {user}, {initiator}"),
            ("meetingPolicyUpdated", $"\"meetingChatEnabled\": true, \"meetingChatId\": \"19:meeting_1@thread.v2\", {initiator}"),
            ("membersAdded", $"\"visibleHistoryStartDateTime\": \"2026-03-02T08:00:00Z\", \"members\": [{user}], {initiator}"),
            ("membersDeleted", $"\"members\": [{user}], {initiator}"),
            ("membersJoined", $"\"members\": [{user}], {initiator}"),
            ("membersLeft", $"\"members\": [{user}], {initiator}"),
            ("messagePinned", $"\"eventDateTime\": \"2026-03-02T09:00:00Z\", {initiator}"),
            ("messageUnpinned", $"\"eventDateTime\": \"2026-03-02T09:00:00Z\", {initiator}"),
            ("tabUpdated", $"\"tabId\": \"b0000000-5fad-4d73-a9f5-000000000001\", {initiator}"),
            ("teamArchived", $"{team}, {initiator}"),
            ("teamCreated", $"{team}, \"teamDescription\": \"Kanarie described\", \"teamDisplayName\": \"Kanarie team\", {initiator}"),
            ("teamDescriptionUpdated", $"{team}, \"teamDescription\": \"Kanarie described\", {initiator}"),
            ("teamJoiningDisabled", $"{team}, {initiator}"),
            ("teamJoiningEnabled", $"{team}, {initiator}"),
            ("teamRenamed", $"{team}, \"teamDisplayName\": \"Kanarie team\", {initiator}"),
            ("teamsAppInstalled", $"\"teamsAppId\": \"d0000000-5fad-4d73-a9f5-00000000000a\", \"teamsAppDisplayName\": \"Kanarie app\", {initiator}"),
            ("teamsAppRemoved", $"\"teamsAppId\": \"d0000000-5fad-4d73-a9f5-00000000000a\", \"teamsAppDisplayName\": \"Kanarie app\", {initiator}"),
            ("teamsAppUpgraded", $"\"teamsAppId\": \"d0000000-5fad-4d73-a9f5-00000000000a\", \"teamsAppDisplayName\": \"Kanarie app\", {initiator}"),
            ("teamUnarchived", $"{team}, {initiator}"),
        ];
    }

    private const string Recording = """
        "callRecordingDisplayName": "Kanarie recording.mp4", "callRecordingUrl": "https://contoso-my.example/kanarie.mp4", "callRecordingDuration": "PT5M", "callRecordingStatus": "success"
        """;

    private static string Identity(Person who) => Identities.Set(who);
}
