using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>Calls that an application takes part in.</summary>
internal static class CallData
{
    public const int Calls = 4;

    public static string Id(int number) => $"{Synthetic.Id(6, number)}";

    public static JsonObject Of(int number, int people)
    {
        var (caller, callee, organizer) = (new Person(number % people), new Person((number + 1) % people), new Person((number + 2) % people));
        return Synthetic.Shape($$"""
            {
              "id": "{{Id(number)}}", "state": "established", "direction": "incoming", "subject": "Kanarie calls",
              "callbackUri": "https://bot.example/kanarie/callback", "callChainId": "{{Synthetic.Id(7, number)}}", "myParticipantId": "{{Synthetic.Id(8, number)}}",
              "tenantId": "{{Synthetic.TenantId}}", "requestedModalities": ["audio", "video"], "ringingTimeoutInSeconds": null, "terminationReason": null,
              "mediaState": {"audio": "active"}, "resultInfo": {"code": 200, "subcode": 0, "message": "Kanarie was reached"}, "toneInfo": {"sequenceId": 1,
              "tone": "tone1"},
              "transcription": {"state": "notStarted", "lastModifiedDateTime": "2026-03-02T09:00:00Z"},
              "callOptions": {"@odata.type": "#microsoft.graph.incomingCallOptions", "hideBotAfterEscalation": false, "isContentSharingNotificationEnabled": true,
              "isDeltaRosterEnabled": true, "isInteractiveRosterEnabled": true},
              "callRoutes": [{"routingType": "forwarded", "original": {{Identities.Set(callee)}}, "final": {{Identities.Set(organizer)}}}],
              "chatInfo": {"threadId": "19:meeting_{{number}}@thread.v2", "messageId": "0", "replyChainMessageId": null},
              "incomingContext": {"observedParticipantId": "{{Synthetic.Id(8, number)}}", "onBehalfOf": {{Identities.Set(organizer)}},
              "sourceParticipantId": "{{Synthetic.Id(9, number)}}", "transferor": {{Identities.Set(callee)}}},
              "mediaConfig": {{(number % 2 == 0
                ? """{"@odata.type": "#microsoft.graph.serviceHostedMediaConfig", "preFetchMedia": [{"uri": "https://bot.example/kanarie/beep.wav", "resourceId": "f0000000-5fad-4d73-a9f5-000000000001"}]}"""
                : """{"@odata.type": "#microsoft.graph.appHostedMediaConfig", "blob": "Kanarie blob"}""")}},
              "meetingInfo": {{(number % 3) switch
              {
                  0 => $$"""{"@odata.type": "#microsoft.graph.organizerMeetingInfo", "allowConversationWithoutHost": true, "organizer": {{Identities.Set(organizer)}}}""",
                  1 => """{"@odata.type": "#microsoft.graph.joinMeetingIdMeetingInfo", "joinMeetingId": "3271 kanarie", "passcode": "Kanarie1"}""",
                  _ => """{"@odata.type": "#microsoft.graph.tokenMeetingInfo", "token": "Kanarie token"}""",
              }}},
              "source": {{Participant(caller, number)}},
              "targets": [{"@odata.type": "#microsoft.graph.invitationParticipantInfo", "hidden": false, "identity": {{Identities.Set(callee)}},
              "participantId": "{{Synthetic.Id(9, number + 100)}}", "removeFromDefaultAudioRoutingGroup": false, "replacesCallId": null}]
            }
            """);
    }

    public static IEnumerable<JsonObject> Participants(int number, int people)
    {
        var person = new Person(number % people);
        yield return Synthetic.Shape($$"""
            {
              "id": "{{Synthetic.Id(9, number)}}", "info": {{Participant(person, number)}}, "isInLobby": false, "isMuted": true, "metadata": "Kanarie metadata",
              "rosterSequenceNumber": 1,
              "mediaStreams": [{"sourceId": "1", "direction": "sendReceive", "label": "main-audio", "mediaType": "audio", "serverMuted": false}],
              "recordingInfo": {"recordingStatus": "recording", "initiator": {{Identities.Set(person)}}}, "removedState": {"reason": "Kanarie was loud"},
              "restrictedExperience": {"contentSharingDisabled": "watermarkProtection", "videoDisabled": null}
            }
            """);
    }

    public static IEnumerable<JsonObject> AudioRoutingGroups(int number) =>
        [Synthetic.Shape($$"""{"id": "oneToOne", "routingMode": "oneToOne", "sources": ["{{Synthetic.Id(9, number)}}"], "receivers": ["{{Synthetic.Id(9, number + 1)}}"]}""")];

    public static IEnumerable<JsonObject> ContentSharingSessions(int number) => [Synthetic.Shape($$"""{"id": "{{Synthetic.Id(10, number)}}"}""")];

    public static IEnumerable<JsonObject> Operations(int number) =>
    [
        Synthetic.Shape($$"""
            {
              "@odata.type": "#microsoft.graph.playPromptOperation", "id": "{{Synthetic.Id(11, number)}}", "clientContext": "Kanarie context", "status": "completed",
              "resultInfo": {"code": 200, "subcode": 0, "message": "Kanarie heard it"}
            }
            """),
    ];

    private static string Participant(Person who, int number) => $$"""
        {"@odata.type": "#microsoft.graph.participantInfo", "countryCode": "CH", "endpointType": "default", "identity": {{Identities.Set(who)}}, "languageId": "de-CH",
          "participantId": "{{Synthetic.Id(9, number)}}", "region": "emea", "platformId": "kanarie phone", "nonAnonymizedIdentity": null}
        """;
}
