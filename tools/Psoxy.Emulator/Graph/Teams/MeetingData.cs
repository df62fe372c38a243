using System.Text;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>Online meetings, who was there, and for how long.</summary>
internal static class MeetingData
{
    public const int PerPerson = 5;
    public const int ReportsPerMeeting = 2;

    /// <summary>A meeting's id holds its organizer's, in base64.</summary>
    public static string Id(Person organizer, int number) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"1*{organizer.Id}*0**19:meeting_{Synthetic.Opaque("", organizer.Index, number)}@thread.v2")).Replace('/', '_');

    public static JsonObject Of(Person organizer, int number, int people)
    {
        var start = Synthetic.Epoch.AddHours((organizer.Index * 3) + (number * 26));
        var guest = new Person((organizer.Index + 1) % people);
        return Synthetic.Shape($$"""
            {
              "id": "{{Id(organizer, number)}}", "creationDateTime": "2026-02-20T09:08:07Z", "startDateTime": "{{Synthetic.Stamp(start)}}",
              "endDateTime": "{{Synthetic.Stamp(start.AddHours(1))}}",
              "joinWebUrl": "https://teams.example/l/meetup-join/19%3ameeting_{{organizer.Index}}_{{number}}%40thread.v2/0?pwd=Kanarie",
              "joinUrl": "https://teams.example/l/meetup-join/{{number}}?pwd=Kanarie", "meetingCode": "327 kanarie {{number}}",
              "subject": "Kanarie meeting {{number}}", "externalId": "kanarie-external-{{number}}", "isBroadcast": {{(number == 3 ? "true" : "false")}},
              "autoAdmittedUsers": "everyoneInCompany", "outerMeetingAutoAdmittedUsers": null, "capabilities": [],
              "isEntryExitAnnounced": true, "isEndToEndEncryptionEnabled": false, "allowedPresenters": "everyone", "allowedLobbyAdmitters": "organizerAndCoOrganizers",
              "allowAttendeeToEnableCamera": true, "allowAttendeeToEnableMic": true, "allowBreakoutRooms": true,
              "allowCopyingAndSharingMeetingContent": true, "allowLiveShare": "enabled", "allowMeetingChat": "enabled", "allowParticipantsToChangeName": false,
              "allowPowerPointSharing": true, "allowRecording": true, "allowTeamworkReactions": true, "allowTranscription": true,
              "allowWhiteboard": true, "recordAutomatically": false, "shareMeetingChatHistoryDefault": "none", "videoTeleconferenceId": "kanarie-vtc-{{number}}",
              "cloudVideoInteropInfo": {"moreInfoWebUrl": "https://vtc.example/kanarie", "tenantKey": "kanarie-key", "videoTeleconferenceId": "kanarie-vtc-{{number}}"},
              "meetingTemplateId": null, "meetingType": null, "meetingOptionsWebUrl": "https://teams.example/meetingOptions/?kanarie={{number}}",
              "iCalUid": "040000008200E00074C5B7101A82E008{{organizer.Index:D4}}{{number:D4}}", "expiryDateTime": null, "anonymizeIdentityForRoles": [],
              "sensitivityLabelAssignment": null, "meetingSpokenLanguageTag": "de-CH",
              "attendeeReport": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes("Kanarie attended"))}}",
              "attendeeReport@odata.mediaReadLink": "https://graph.microsoft.com/v1.0/kanarie/attendeeReport",
              "audioConferencing": {"conferenceId": "kanarie-{{number}}", "dialinUrl": "https://dialin.teams.example/kanarie?id=1",
              "tollNumber": "+41 44 555 kanarie 4", "tollFreeNumber": "+41 800 kanarie", "tollNumbers": ["+41 44 555 kanarie 4"],
              "tollFreeNumbers": ["+41 800 kanarie"]},
              "broadcastSettings": {{(number == 3 ? Broadcast : "null")}},
              "chatInfo": {"threadId": "19:meeting_{{Synthetic.Opaque("", organizer.Index, number)}}@thread.v2", "messageId": "0", "replyChainMessageId": null},
              "chatRestrictions": {"allowTextOnly": false},
              "joinInformation": {"content": "data:text/html,%3Cp%3EKanarie%3C%2Fp%3E", "contentType": "html"},
              "joinMeetingIdSettings": {"isPasscodeRequired": true, "joinMeetingId": "kanarie 327 012 345 {{number}}", "passcode": "Kanarie{{number}}"},
              "lobbyBypassSettings": {"isDialInBypassEnabled": false, "scope": "organization"}, "watermarkProtection": {"isEnabledForContentSharing": false,
              "isEnabledForVideo": false},
              "participants": {
                "organizer": {{Participant(organizer, "presenter")}}, "producers": [], "contributors": [],
                "attendees": [{{Participant(guest, "attendee")}}, {{Participant(new Person((organizer.Index + 2) % people), "coorganizer")}}]
              }
            }
            """);
    }

    private const string Broadcast = """
        {
          "allowedAudience": "organization", "isRecordingEnabled": true, "isAttendeeReportEnabled": true, "isQuestionAndAnswerEnabled": true, "isVideoOnDemandEnabled": false,
          "captions": {"isCaptionEnabled": true, "spokenLanguage": "de-CH", "translationLanguages": ["fr-CH"]}
        }
        """;

    public static string ReportId(Person organizer, int meeting, int report) => Synthetic.Id(40 + report, (organizer.Index * 100) + meeting);

    public static JsonObject Report(Person organizer, int meeting, int report, int people)
    {
        var start = Synthetic.Epoch.AddHours((organizer.Index * 3) + (meeting * 26) + (report * 168));
        return Synthetic.Shape($$"""
            {
              "id": "{{ReportId(organizer, meeting, report)}}", "totalParticipantCount": {{Math.Min(4, people)}}, "meetingStartDateTime": "{{Synthetic.Stamp(start)}}",
              "meetingEndDateTime": "{{Synthetic.Stamp(start.AddMinutes(55))}}",
              "externalEventInformation": [{"applicationId": "{{Synthetic.Id(5, 1)}}", "externalEventId": "kanarie-event"}]
            }
            """);
    }

    public static IEnumerable<JsonObject> Records(JsonObject report, int people)
    {
        var first = Convert.ToInt32(((string)report["id"]!)[^12..], 16) / 100;
        var start = (DateTimeOffset)report["meetingStartDateTime"]!;
        for (var step = 0; step < Math.Min(4, people); step++)
        {
            var who = new Person((first + step) % people);
            yield return Synthetic.Shape($$"""
                {
                  "id": "{{who.Id}}", "emailAddress": "{{who.Address}}", "totalAttendanceInSeconds": {{1800 - (step * 60)}},
                  "engagements": [{"dateTime": "{{Synthetic.Stamp(start)}}", "engagementType": "reaction", "engagementSubType": "Kanarie laughs"}],
                  "role": "{{(step == 0 ? "Organizer" : "Presenter")}}", "registrationId": {{(step == 2 ? "\"kanarie-registration\"" : "null")}},
                  "externalRegistrationInformation": {{(step == 2 ? "{\"referrer\": \"Kanarie newsletter\", \"registrationId\": \"kanarie-registration\"}" : "null")}},
                  "identity": {"@odata.type": "#microsoft.graph.communicationsUserIdentity", "id": "{{who.Id}}", "displayName": "{{who.Name}}",
                  "tenantId": "{{Synthetic.TenantId}}"},
                  "attendanceIntervals": [{"joinDateTime": "{{Synthetic.Stamp(start)}}", "leaveDateTime": "{{Synthetic.Stamp(start.AddMinutes(30))}}",
                  "durationInSeconds": {{1800 - (step * 60)}}}]
                }
                """);
        }
    }

    private static string Participant(Person who, string role) => $$"""
        {
          "upn": "{{who.PrincipalName}}", "role": "{{role}}",
          "identity": {"acsUser": null, "spoolUser": null, "phone": null, "guest": null, "encrypted": null, "onPremises": null, "application": null, "device": null,
          "user": {"id": "{{who.Id}}", "displayName": "{{who.Name}}", "tenantId": "{{Synthetic.TenantId}}", "identityProvider": "AAD"} }
        }
        """;
}
