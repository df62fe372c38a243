using System.Globalization;

namespace Psoxy.Benchmarks.Pages;

/// <summary>A calendar as Graph writes it: meetings of a few hundred people, half of them online, with subjects and bodies.</summary>
internal static class EventPage
{
    private const int People = 400;

    /// <summary>The request that has such an answer.</summary>
    public const string Path = "/v1.0/users/48d31887-5fad-4d73-a9f5-3c356e68a038/events";

    private static readonly string[] Subjects = ["Weekly stand up", "Lunch with the new ones", "Budget of project Heron", "1:1", "Focus Time", "Review: quarterly figures"];

    /// <summary>One event.</summary>
    public static string Event(int number)
    {
        var start = new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc).AddMinutes(number * 30);
        var attendees = string.Join(',', Enumerable.Range(1, 2 + (number % 8)).Select(step => Attendee((number * 7) + (step * 29))));
        var join = $"https://teams.example/l/meetup-join/19%3ameeting_{number:x8}/0?context=%7b%22Tid%22%7d&pwd=s3cr3t{number}";
        return $$"""
            {"@odata.etag":"W/\"ZlnW4RIAV06KYYwlrfNZvQAAKGWwb{{number}}\"","id":"AAMkAGI1AAAt{{number:x8}}AAA=","createdDateTime":"{{Stamp(start.AddDays(-9))}}","lastModifiedDateTime":"{{Stamp(start.AddDays(-2))}}","changeKey":"ZlnW4RIAV06KYYwlrfNZvQAAKGWwb{{number}}","categories":[],"transactionId":"t-{{number}}","originalStartTimeZone":"W. Europe Standard Time","originalEndTimeZone":"W. Europe Standard Time","iCalUId":"040000008200E00074C5B7101A82E008{{number:x8}}","reminderMinutesBeforeStart":15,"isReminderOn":true,"hasAttachments":false,"subject":"{{Subjects[number % Subjects.Length]}}","bodyPreview":"Dear all, we meet at {{(number % 2 == 0 ? "https://contoso.zoom.us/j/" + number : "the usual place")}} as before","importance":"normal","sensitivity":"normal","isAllDay":false,"isCancelled":{{(number % 13 == 0 ? "true" : "false")}},"isOrganizer":true,"responseRequested":true,"seriesMasterId":null,"showAs":"busy","type":"singleInstance","webLink":"https://outlook.office365.example/owa/?itemid=AAMk{{number}}","onlineMeetingUrl":null,"isOnlineMeeting":true,"onlineMeetingProvider":"teamsForBusiness","allowNewTimeProposals":true,"isDraft":false,"hideAttendees":false,"responseStatus":{"response":"organizer","time":"0001-01-01T00:00:00Z"},"body":{"contentType":"html","content":"<html><body>Dear all,<br>we meet as before to speak of number {{number}}. Bring what you have.<br>{{join}}</body></html>"},"start":{"dateTime":"{{start:yyyy-MM-ddTHH:mm:ss}}.0000000","timeZone":"UTC"},"end":{"dateTime":"{{start.AddMinutes(30):yyyy-MM-ddTHH:mm:ss}}.0000000","timeZone":"UTC"},"location":{"displayName":"Room {{number % 30}}","locationType":"default","uniqueId":"Room {{number % 30}}","uniqueIdType":"private"},"locations":[{"displayName":"Room {{number % 30}}","locationType":"default","uniqueId":"Room {{number % 30}}","uniqueIdType":"private"}],"recurrence":null,"attendees":[{{attendees}}],"organizer":{{{Mailbox(number)}}},"onlineMeeting":{"joinUrl":"{{join}}" } }
            """;
    }

    private static string Attendee(int person) => $$"""{"type":"required","status":{"response":"accepted","time":"2026-02-20T08:00:00Z"},{{Mailbox(person)}} }""";

    private static string Mailbox(int person) => $$"""
        "emailAddress":{"name":"Person Number {{person % People}}","address":"person.{{person % People}}@contoso.example" }
        """.Trim();

    private static string Stamp(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
