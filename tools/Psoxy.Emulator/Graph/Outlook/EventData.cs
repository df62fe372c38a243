using System.Globalization;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Graph.Outlook;

/// <summary>Events with every property.</summary>
internal static class EventData
{
    /// <summary>What comes only by expansion, unless the emulator is told to show all.</summary>
    public static readonly string[] Hidden = ["extensions", "singleValueExtendedProperties", "multiValueExtendedProperties"];

    public static CalendarItem Of(Person owner, int calendar, int number, EventPlan plan, int people)
    {
        var start = plan.IsAllDay ? Synthetic.Epoch.Date.AddHours(48) : Synthetic.Epoch.UtcDateTime.AddHours(plan.StartHours + (owner.Index % 3));
        var from = new DateTimeOffset(start, TimeSpan.Zero);
        var to = from.AddHours(plan.Hours);
        var organizer = new Person(number % 3 == 1 ? (owner.Index + 1) % people : owner.Index);
        var id = Synthetic.Opaque("AAMkAGevent", owner.Index, calendar, number);
        var item = Synthetic.Shape($$"""
            {
              "@odata.etag": "W/\"DwAAABYAAAkanarie{{number}}\"",
              "id": "{{id}}", "createdDateTime": "2026-02-20T09:08:07Z", "lastModifiedDateTime": "2026-02-21T09:08:07Z", "changeKey": "DwAAABYAAA{{number}}",
              "categories": ["Kanarie category"],
              "transactionId": "kanarie-transaction-{{number}}", "originalStartTimeZone": "W. Europe Standard Time", "originalEndTimeZone": "W. Europe Standard Time",
              "iCalUId": "040000008200E00074C5B7101A82E008{{owner.Index:D4}}{{number:D4}}", "reminderMinutesBeforeStart": 15, "isReminderOn": true,
              "hasAttachments": {{Json(number == 0)}},
              "subject": "{{plan.Subject}}", "bodyPreview": "Kanarie wants to talk. {{Link(plan, number)}} See Kanarie",
              "importance": "{{(number == 1 ? "high" : "normal")}}", "sensitivity": "{{plan.Sensitivity}}",
              "isAllDay": {{Json(plan.IsAllDay)}}, "isCancelled": {{Json(plan.IsCancelled)}}, "isDraft": false, "isOrganizer": {{Json(organizer.Index == owner.Index)}},
              "responseRequested": true,
              "seriesMasterId": null, "showAs": "{{plan.ShowAs}}", "type": "{{(plan.Recurrence is null ? "singleInstance" : "seriesMaster")}}",
              "webLink": "https://outlook.example/owa/?itemid=Kanarie&path=/calendar/item",
              "onlineMeetingUrl": {{(plan.Place == MeetingPlace.Zoom ? $"\"{Link(plan, number)}\"" : "null")}},
              "isOnlineMeeting": {{Json(plan.Place == MeetingPlace.Teams)}},
              "onlineMeetingProvider": "{{(plan.Place == MeetingPlace.Teams ? "teamsForBusiness" : "unknown")}}", "allowNewTimeProposals": true, "hideAttendees": false,
              "originalStart": "{{Synthetic.Stamp(from)}}",
              "cancelledOccurrences": [], "occurrenceId": null, "uid": "040000008200E00074C5B7101A82E008{{owner.Index:D4}}{{number:D4}}",
              "responseStatus": {"response": "{{(organizer.Index == owner.Index ? "organizer" : "accepted")}}", "time": "0001-01-01T00:00:00Z"},
              "body": {"contentType": "html", "content": "<html><body>Kanarie wants to talk\r\n {{Link(plan, number)}} \r\nabout Kanarie</body></html>"},
              "location": {{Location(plan, number)}},
              "locations": [{{Location(plan, number)}}],
              "recurrence": {{plan.Recurrence ?? "null"}},
              "onlineMeeting": {{(plan.Place == MeetingPlace.Teams ? OnlineMeeting(number) : "null")}},
              "extensions": [{"@odata.type": "#microsoft.graph.openTypeExtension", "id": "com.kanarie.event", "extensionName": "com.kanarie.event", "mood": "Kanarie"}],
              "singleValueExtendedProperties": [{"id": "String {kanarie}", "value": "Kanarie"}],
              "multiValueExtendedProperties": [{"id": "StringArray {kanarie}", "value": ["Kanarie", "Kanarie again"]}],
              "calendar@odata.associationLink": "https://graph.microsoft.com/v1.0/users('{{owner.Id}}')/calendars('{{CalendarData.Id(owner, calendar)}}')/$ref",
              "calendar@odata.navigationLink": "https://graph.microsoft.com/v1.0/users('{{owner.Id}}')/calendars('{{CalendarData.Id(owner, calendar)}}')"
            }
            """);
        item["start"] = Synthetic.Time(from);
        item["end"] = Synthetic.Time(to);
        item["organizer"] = organizer.Recipient();
        item["attendees"] = Attendees(owner, number, people, from);
        return new(item, from, to);
    }

    /// <summary>A day of a series: as planned, or as it was changed.</summary>
    public static CalendarItem Occurrence(CalendarItem master, DateOnly day, bool isException)
    {
        var start = new DateTimeOffset(day.ToDateTime(TimeOnly.FromTimeSpan(master.Start.TimeOfDay)), TimeSpan.Zero);
        var (from, to) = isException ? (start.AddHours(1), start.AddHours(1) + (master.End - master.Start)) : (start, start + (master.End - master.Start));
        var item = (JsonObject)master.Event.DeepClone();
        item["id"] = $"{master.Id}OCC{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
        item["occurrenceId"] = $"OID.{master.Id}.{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        item["seriesMasterId"] = master.Id;
        item["type"] = isException ? "exception" : "occurrence";
        item["recurrence"] = null;
        item["originalStart"] = Synthetic.Stamp(start);
        item["start"] = Synthetic.Time(from);
        item["end"] = Synthetic.Time(to);
        item["cancelledOccurrences"] = null;
        if (isException) item["subject"] = $"{item["subject"]}, later for Kanarie";
        return new(item, from, to);
    }

    public static EntityType Type(CalendarRoom room) => new(
        "event",
        Navigation.Many("attachments", item => (bool)item["hasAttachments"]! ? [MailData.Attachment((string)item["id"]!)] : []),
        Navigation.Many("extensions", item => Objects(item["extensions"])),
        Navigation.Many("singleValueExtendedProperties", item => Objects(item["singleValueExtendedProperties"])),
        Navigation.Many("multiValueExtendedProperties", item => Objects(item["multiValueExtendedProperties"])),
        Navigation.Many("exceptionOccurrences", item => room.ExceptionsOf((string)item["id"]!)),
        Navigation.One("calendar", item => CalendarRoom.CalendarOf((string)item["id"]!)));

    private static IEnumerable<JsonObject> Objects(JsonNode? array) => array is JsonArray items ? items.Select(item => (JsonObject)item!) : [];

    private static string Link(EventPlan plan, int number) => plan.Place switch
    {
        MeetingPlace.Zoom => $"https://contoso.zoom.us/j/9912345{number}?pwd=Kanarie",
        MeetingPlace.Teams => $"https://teams.example/l/meetup-join/19%3ameeting_{number}%40thread.v2/0?pwd=Kanarie",
        _ => "in the room",
    };

    // Where a place may carry a link, only the passcode in it gives somebody away: the name of a room does not.
    private static string Location(EventPlan plan, int number)
    {
        var name = plan.Place == MeetingPlace.Room ? $"Room 4.{number}" : Link(plan, number);
        return $$"""
            {
              "displayName": "{{name}}", "locationType": "{{(plan.Place == MeetingPlace.Room ? "conferenceRoom" : "default")}}", "uniqueId": "{{name}}",
              "uniqueIdType": "{{(plan.Place == MeetingPlace.Room ? "directory" : "private")}}",
              "locationUri": "https://rooms.example/{{number}}?pwd=Kanarie", "locationEmailAddress": "kanarie.room{{number}}@contoso-emulated.example",
              "address": {"street": "Kanarie Street 1", "city": "Kanarie City", "state": "Kanarie State", "countryOrRegion": "Kanarie Country",
              "postalCode": "8000-Kanarie"},
              "coordinates": {"accuracy": 1.5, "altitude": 410.25, "altitudeAccuracy": 2.0, "latitude": 47.3769, "longitude": 8.5417}
            }
            """;
    }

    private static string OnlineMeeting(int number) => $$"""
        {
          "joinUrl": "https://teams.example/l/meetup-join/19%3ameeting_{{number}}%40thread.v2/0?pwd=Kanarie", "conferenceId": "Kanarie-{{number}}",
          "tollNumber": "+41 44 555 kanarie {{number}}",
          "tollFreeNumbers": ["+41 800 kanarie"], "quickDial": ",,kanarie{{number}}#", "phones": [{"type": "business", "number": "+41 44 555 kanarie 9",
          "language": "de-CH", "region": "Kanarie region"}]
        }
        """;

    private static JsonArray Attendees(Person owner, int number, int people, DateTimeOffset start)
    {
        string[] responses = ["none", "accepted", "tentativelyAccepted", "declined", "notResponded"];
        var attendees = new JsonArray();
        for (var step = 1; step <= 2 + (number % 4); step++)
        {
            var attendee = new Person((owner.Index + step) % people).Recipient();
            attendee["type"] = step % 3 == 0 ? "optional" : "required";
            attendee["status"] = new JsonObject { ["response"] = responses[step % 5], ["time"] = Synthetic.Stamp(start.AddDays(-3)) };
            attendee["proposedNewTime"] = step == 2 ? new JsonObject { ["start"] = Synthetic.Time(start.AddHours(3)), ["end"] = Synthetic.Time(start.AddHours(4)) } : null;
            attendees.Add((JsonNode)attendee);
        }

        attendees.Add((JsonNode)new JsonObject
        {
            ["emailAddress"] = new JsonObject { ["name"] = "Kanarie room", ["address"] = "kanarie.room@contoso-emulated.example" },
            ["type"] = "resource",
            ["status"] = new JsonObject { ["response"] = "accepted", ["time"] = Synthetic.Stamp(start.AddDays(-4)) },
        });
        return attendees;
    }

    private static string Json(bool truth) => truth ? "true" : "false";
}
