using System.Text.Json;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Connectors;

public sealed class OutlookCalendarTests
{
    private const string Canary = "Kanarie";
    private const string Zoom = "https://contoso.zoom.us/j/85512345678";
    private const string Thread = "19%3ameeting_NDk2ZjA3YTAtM2Y4Ni00YjBkLThkZGYtMGQ2NTNjYTFhM2U1%40thread.v2";
    private const string Teams = "https://teams.microsoft.com/l/meetup-join/" + Thread + "/0";
    private const string Events = "/v1.0/users/{userId}/events";
    private const string View = "/v1.0/users/{userId}/calendarView";

    private const string Event =
        "@odata.type @removed attendees body bodyPreview cancelledOccurrences changeKey createdDateTime end hasAttachments hideAttendees iCalUId id importance isAllDay " +
        "isCancelled isDraft isOnlineMeeting isOrganizer lastModifiedDateTime location locations onlineMeeting onlineMeetingProvider onlineMeetingUrl organizer " +
        "originalEndTimeZone originalStart originalStartTimeZone recurrence responseRequested responseStatus sensitivity seriesMasterId showAs start subject type";

    private static readonly string[] OfEvents =
    [
        Events, Events + "/{eventId}", Events + "/{eventId}/instances", 
        "/v1.0/users/{userId}/calendars/{calendarId}/events", "/v1.0/users/{userId}/calendars/{calendarId}/events/{eventId}",
        "/v1.0/users/{userId}/calendar/calendarView", View,
    ];

    private static readonly string[] Endpoints =
    [
        "/v1.0/users", "/v1.0/users/{userId}", "/v1.0/groups", "/v1.0/groups/{groupId}", "/v1.0/groups/{groupId}/members",
        "/v1.0/groups/{groupId}/members/microsoft.graph.user", "/v1.0/users/{userId}/mailboxSettings", .. OfEvents,
    ];

    [Test]
    public void Has_the_endpoints_of_the_connector_and_no_other() => Assert.That(Rules().Endpoints.Select(endpoint => endpoint.Name), Is.EquivalentTo(Endpoints));

    [TestCase("noGroups")]
    [TestCase("noGroups pseudonymizeAppIds")]
    public void Has_no_group_endpoints_in_the_variants_without(string flags) => Assert.That(
        Rules(flags).Endpoints.Select(endpoint => endpoint.Name),
        Is.EquivalentTo(Endpoints.Where(name => !name.Contains("groups", StringComparison.Ordinal))));

    // What stays is listed here once more, so that a property cannot come in unseen.
    [TestCaseSource(nameof(OfEvents))]
    public void Keeps_the_listed_properties_of_an_event_only(string endpoint)
    {
        var schema = Find(Rules(), endpoint).ResponseSchema!;
        var entity = schema.Properties.TryGetValue("value", out var value) ? value.Items! : schema;

        Assert.That(string.Join(' ', entity.Properties.Keys.Order(StringComparer.Ordinal)), Is.EqualTo(Event));
        Assert.That(entity.Properties["attendees"].Items!.Properties["emailAddress"].Properties.Keys, Is.EqualTo(new[] { "address" }));
        Assert.That(entity.Properties["organizer"].Properties["emailAddress"].Properties.Keys, Is.EqualTo(new[] { "address" }));
        Assert.That(entity.Properties["onlineMeeting"].Properties.Keys, Is.EqualTo(new[] { "joinUrl" }));
    }

    [TestCaseSource(nameof(OfEvents))]
    public void Allows_the_listed_query_parameters(string endpoint) => Assert.That(
        Find(Rules(), endpoint).QueryParameters,
        Is.EquivalentTo(new[] { "$top", "$select", "$skiptoken", "$orderby", "$count", "$filter", "$skip", "startdatetime", "enddatetime" }));

    [Test]
    public void A_window_must_be_said_where_Graph_wants_one() => Assert.That(
        Rules().Endpoints.Where(endpoint => endpoint.QueryParameterSchemas.Values.Any(schema => schema.Required)).Select(endpoint => endpoint.Name),
        Is.EquivalentTo(Endpoints.Where(name => name.EndsWith("alendarView", StringComparison.Ordinal) || name.EndsWith("/instances", StringComparison.Ordinal))));

    [TestCase("Illness of Kanarie", "")]
    [TestCase("1:1 Kanarie", "1:1")]
    [TestCase("Kanarie / weekly STAND-UP", "STAND-UP,weekly", Description = "in the order of the list")]
    [TestCase("Recall of Kanarie, reviewed", "", Description = "a phrase inside a word is none")]
    [TestCase("OOO: Kanarie", "OOO")]
    [TestCase("Focus time with Kanarie", "Focus time,Focus")]
    [TestCase("no mtg!", "no mtg")]
    [TestCase("Kanarie's all hands", "all hands")]
    public void Of_a_subject_only_the_listed_phrases_stay(string subject, string expected) => Assert.That(Left("subject", subject), Is.EqualTo(expected));

    [TestCase(Zoom, Zoom)]
    [TestCase(Zoom + "?pwd=Kanarie", Zoom)]
    [TestCase(Zoom + "?PWD=Kanarie&uname=Kanarie", Zoom)]
    [TestCase(Zoom + "?uname=Kanarie&pwd=Kanarie#Kanarie", Zoom)]
    [TestCase(Zoom + "#Kanarie", Zoom)]
    [TestCase(Zoom + "?p=Kanarie Kanarie", Zoom)]
    [TestCase("Kanarie " + Zoom + "?pwd=1\nKanarie & " + Zoom, Zoom + " " + Zoom)]
    [TestCase("https://us02web.zoom.us/s/912345678?zak=Kanarie", "https://us02web.zoom.us/s/912345678")]
    [TestCase("https://us02web.zoom.us/w/91234567890?tk=Kanarie", "https://us02web.zoom.us/w/91234567890")]
    [TestCase("https://us02web.zoom.us/j/4455501077", null, Description = "ten digits: a room of one person")]
    [TestCase("https://us02web.zoom.us/my/Kanarie", null)]
    [TestCase("https://us02web.zoom.us/my/kanarie.osei?pwd=1", null)]
    [TestCase("https://us02web.zoom.us/rec/share/Kanarie", null)]
    [TestCase("https://us02web.zoom.us/meeting/register/Kanarie", null)]
    [TestCase("https://us02web.zoom.us/u/Kanarie", null)]
    [TestCase("https://us02web.zoom.us/", null)]
    [TestCase(Zoom + "/Kanarie", null)]
    [TestCase(Zoom + "&uname=Kanarie", null)]
    [TestCase(Zoom + ";Kanarie", null)]
    [TestCase(Zoom + "%3Funame=Kanarie", null)]
    [TestCase(Zoom + "\u00a0Kanarie", null)]
    [TestCase(Zoom + ",Kanarie", null)]
    [TestCase("https://contoso.zoom.us/j/855pwd=Kanarie&12345678", null)]
    [TestCase("https://Kanarie@contoso.zoom.us/j/85512345678", null)]
    [TestCase("https://Kanarie:x@contoso.zoom.us/j/85512345678", null)]
    [TestCase("https://Kanarie/x.zoom.us/j/85512345678", null)]
    [TestCase("https://kanarie.contoso.zoom.us/j/85512345678", null)]
    [TestCase("https://contoso.zoom.us.kanarie.example/j/85512345678", null)]
    [TestCase("https://kanarie.example/contoso.zoom.us/j/85512345678", null)]
    [TestCase("http://contoso.zoom.us/j/85512345678", null)]
    [TestCase("https://contoso.zoom.us/j/\u0668\u0665\u0665\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668", null)]
    [TestCase("Kanarie's flat, +41 44 555 01 07", null)]
    [TestCase("kanarie@contoso.example", null)]
    public void Of_a_text_only_links_to_meetings_stay(string text, string? expected)
    {
        var location = new { displayName = text, locationUri = text, uniqueId = text };
        var body = new { contentType = "text", content = text };
        var left = Left(JsonSerializer.SerializeToElement(new { bodyPreview = text, body, location, locations = new[] { location } }));

        Assert.That(left.GetProperty("bodyPreview").GetString(), Is.EqualTo(expected));
        Assert.That(left.GetProperty("body").GetProperty("content").GetString(), Is.EqualTo(expected));
        foreach (var property in left.GetProperty("location").EnumerateObject().Concat(left.GetProperty("locations")[0].EnumerateObject()))
            Assert.That(property.Value.GetString(), Is.EqualTo(expected), property.Name);
        Assert.That(left.GetRawText(), Does.Not.Contain(Canary).IgnoreCase);
    }

    [TestCase(Teams + "?context=%7b%22Tid%22%3a%22Kanarie%22%2c%22Oid%22%3a%22Kanarie%22%7d", Teams)]
    [TestCase("https://teams.microsoft.com/meet/23456789012345?p=Kanarie", "https://teams.microsoft.com/meet/23456789012345")]
    [TestCase("https://teams.live.com/meet/9312345678901?p=Kanarie", "https://teams.live.com/meet/9312345678901")]
    [TestCase(Zoom + "?pwd=Kanarie", Zoom)]
    [TestCase("https://teams.microsoft.com/l/meetup-join/19%3aKanarie_Kanarie%40unq.gbl.spaces/0", null)]
    [TestCase("https://teams.microsoft.com/l/meetup-join/19%3aNDk2ZjA3YTAtM2Y4Ni00YjBkLThkZGYtMGQ2_Kanarie%40unq.gbl.spaces/0", null, Description = "names two people")]
    [TestCase("https://teams.microsoft.com/l/meetup-join/19%3ameeting_Kanarie%40thread.v2/0", null)]
    [TestCase("https://teams.microsoft.com/l/meetup-join/" + Thread + "/0/Kanarie", null)]
    [TestCase("https://teams.microsoft.com/l/chat/0/0?users=Kanarie@contoso.example", null)]
    [TestCase("https://teams.microsoft.com/meet/Kanarie", null)]
    [TestCase("https://teams.microsoft.com.kanarie.example/meet/23456789012345", null)]
    [TestCase("https://meet.contoso.example/kanarie/JN4PTR7X", null)]
    [TestCase("https://contoso.webex.com/meet/kanarie", null)]
    [TestCase("tel:+41445550770,,Kanarie#", null)]
    public void Of_a_join_link_only_the_meeting_stays(string link, string? expected)
    {
        var meeting = new { joinUrl = link, conferenceId = Canary, phones = new[] { new { number = Canary } }, tollNumber = Canary };
        var left = Left(JsonSerializer.SerializeToElement(new { onlineMeetingUrl = link, onlineMeeting = meeting }));

        Assert.That(left.GetProperty("onlineMeetingUrl").GetString(), Is.EqualTo(expected));
        Assert.That(left.GetProperty("onlineMeeting").GetProperty("joinUrl").GetString(), Is.EqualTo(expected));
        Assert.That(left.GetRawText(), Does.Not.Contain(Canary).IgnoreCase);
    }

    [Test]
    public void In_a_text_only_links_to_Zoom_stay_for_Teams_has_a_property_of_its_own() => Assert.That(Left("bodyPreview", Teams + " " + Zoom), Is.EqualTo(Zoom));

    [TestCase("2026-02-01T00:00:00Z")]
    [TestCase("2026-02-01T00:00:00%2B01:00")]
    [TestCase("2026-02-01")]
    public void The_next_page_of_a_view_passes_the_gate_and_asks_for_the_same_window(string start)
    {
        const string host = "https://graph.microsoft.com";
        const string user = "00000001-5fad-4d73-a9f5-000000000007";
        foreach (var flags in (string[])["", "pseudonymizeAppIds"])
        {
            var target = $"/v1.0/users/{user}/calendarView?startDateTime={start}&endDateTime=2026-03-01T00:00:00Z&$skip=10";
            var rules = Rules(flags);
            var page = Sanitizing.Output(Find(rules, View), $$"""{"@odata.nextLink":"{{host}}{{target}}","value":[]}""");
            var link = JsonDocument.Parse(page).RootElement.GetProperty("@odata.nextLink").GetString()![host.Length..].Split('?');

            var decision = new RequestGate(rules).Decide("GET", link[0], link[1]);

            Assert.That((decision.Reason, decision.Endpoint?.Name), Is.EqualTo((GateReason.Allowed, View)), decision.Detail);
            Assert.That(ReverseTokens.TryReverse(decision.Request!, Sanitizing.Pseudonymizer, out var back), Is.True);
            Assert.That(Uri.UnescapeDataString(back!), Is.EqualTo(Uri.UnescapeDataString(target)));
            Assert.That(link[0].Contains(user, StringComparison.Ordinal), Is.EqualTo(flags.Length == 0), "the user's id in the link");
        }
    }

    [Test]
    public void With_pseudonymous_ids_no_id_of_a_user_is_left_of_an_event_nor_of_a_page()
    {
        const string user = "00000001-5fad-4d73-a9f5-000000000007";
        const string join = Teams + "?context=%7b%22Oid%22%3a%22" + user + "%22%7d";
        var original = $$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users('{{user}}')/events",
            "@odata.nextLink":"https://graph.microsoft.com/v1.0/users/{{user}}/events?$skip=3","value":[
            {"id":"AAMkAGVm","calendar@odata.associationLink":"https://graph.microsoft.com/v1.0/users('{{user}}')/calendars('AQMk')/$ref",
            "calendar@odata.navigationLink":"https://graph.microsoft.com/v1.0/users('{{user}}')/calendars('AQMk')",
            "onlineMeetingUrl":"{{join}}","bodyPreview":"{{join}}","onlineMeeting":{"joinUrl":"{{join}}" } }]}
            """;
        Assert.That(original, Does.Contain(user));

        Assert.That(Sanitizing.Output(Find(Rules("pseudonymizeAppIds"), Events), original), Does.Not.Contain(user));
    }

    [Test]
    public void The_permissions_are_the_four_it_needs() => Assert.That(
        Connector().Permissions.Select(permission => permission.Name),
        Is.EquivalentTo(new[] { "Calendars.Read", "MailboxSettings.Read", "Group.Read.All", "User.Read.All" }));

    [Test]
    public void Smoke_requests_pass_the_gate()
    {
        var gate = new RequestGate(Rules());
        foreach (var parts in Connector().SmokeRequests.Select(request => request.Split('?', 2)))
            Assert.That(gate.Decide("GET", parts[0], parts[1]).Reason, Is.EqualTo(GateReason.Allowed), parts[0]);
    }

    private static string? Left(string property, string text) =>
        Left(JsonSerializer.SerializeToElement(new Dictionary<string, string> { [property] = text })).GetProperty(property).GetString();

    private static JsonElement Left(JsonElement item) =>
        JsonDocument.Parse(Sanitizing.Output(Find(Rules(), Events + "/{eventId}"), item.GetRawText())).RootElement;

    private static Connector Connector() => ConnectorCatalog.Find("outlook-cal")!;

    private static Endpoint Find(RuleSet rules, string name) => rules.Endpoints.Single(endpoint => endpoint.Name == name);

    private static RuleSet Rules(string flags = "") => TestRules.Connector("outlook-cal", flags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
