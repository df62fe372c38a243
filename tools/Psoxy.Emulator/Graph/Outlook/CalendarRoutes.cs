using System.Globalization;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;
using Psoxy.Emulator.Graph.OData;
using Psoxy.Emulator.Graph.Routing;

namespace Psoxy.Emulator.Graph.Outlook;

/// <summary>Events, series and views of calendars.</summary>
internal static class CalendarRoutes
{
    private static readonly string[] Read = ["Calendars.Read"];
    private static readonly EntityType Calendar = new("calendar");

    // Exchange's calendar ends on both sides.
    private static readonly DateTimeOffset Earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(4500, 9, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1825);

    public static IEnumerable<Route> Of(Tenant tenant)
    {
        var room = tenant.Calendars;
        return
        [
            Route("users/{user}/calendars", request => request.Page([.. Enumerable.Range(0, 2).Select(number => CalendarData.Of(Mailbox.Owner(tenant, request), number))], Calendar, Name(request, "calendars"))),
            .. from path in (string[])["users/{user}", "users/{user}/calendar", "users/{user}/calendars/{calendar}"]
               from route in (Route[])
               [
                   Route(path + "/events", request => Page(request, room.Items(Mailbox.Owner(tenant, request), Number(request, Mailbox.Owner(tenant, request))))),
                   Route(path + "/events/{event}", request => request.Entity(Shown(Item(request)), room.Event, Name(request, "events/$entity"))),
                   Route(path + "/events/{event}/instances", request => Page(request, Instances(request))),
                   Route(path + "/calendarView", request => Page(request, View(request))),
               ]
               select route,
        ];

        JsonObject Page(GraphRequest request, IEnumerable<CalendarItem> items) => request.Page(items.Select(Shown), room.Event, Name(request, "events"));

        JsonObject Shown(CalendarItem item) => tenant.Options.FullMessages || !EventData.Hidden.Any(item.Event.ContainsKey)
            ? item.Event
            : new JsonObject(item.Event.Where(property => !EventData.Hidden.Contains(property.Key)).Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone())));

        CalendarItem Item(GraphRequest request)
        {
            var owner = Mailbox.Owner(tenant, request);
            return room.Find(owner, Number(request, owner), request["event"]) ?? throw request.Workload.Missing(request["event"]);
        }

        IEnumerable<CalendarItem> Instances(GraphRequest request)
        {
            var (master, (from, to)) = (Item(request), Window(request));
            if (!master.IsSeries) throw new GraphErrorException(400, "ErrorInvalidRequest", "The instances of an event that is no series, Kanarie.");
            return CalendarRoom.Occurrences(master, from, to);
        }

        IEnumerable<CalendarItem> View(GraphRequest request)
        {
            var (owner, (from, to)) = (Mailbox.Owner(tenant, request), Window(request));
            return room.View(owner, Number(request, owner), from, to);
        }
    }

    private static Route Route(string template, Func<GraphRequest, JsonObject> answer) => new(Workload.Exchange, template, Read, answer);

    private static string Name(GraphRequest request, string what) => $"users('{request["user"]}')/{what}";

    private static int Number(GraphRequest request, Person owner)
    {
        if (request.Find("calendar") is not { } id) return 0;
        return Enumerable.Range(0, 2).FirstOrDefault(number => CalendarData.Id(owner, number) == id, -1) is >= 0 and var number ? number : throw request.Workload.Missing(id);
    }

    // A time without offset is in UTC, whatever the mailbox's zone.
    private static (DateTimeOffset From, DateTimeOffset To) Window(GraphRequest request)
    {
        var (from, to) = (Time(request, "startDateTime"), Time(request, "endDateTime"));
        if (from < Earliest || to > Latest) throw new GraphErrorException(400, "ErrorInvalidParameter", "The time window is outside the calendar, Kanarie.");
        if (to - from > Longest) throw new GraphErrorException(400, "ErrorCalendarViewRangeTooBig", "The requested time window exceeds 1825 days, Kanarie.");
        return from <= to ? (from, to) : throw new GraphErrorException(400, "ErrorInvalidParameter", "The end of the window is before its start, Kanarie.");
    }

    private static DateTimeOffset Time(GraphRequest request, string name)
    {
        if (!request.Query.Others.TryGetValue(name, out var text) || text.Length == 0)
            throw new GraphErrorException(400, "ErrorInvalidParameter", "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime, Kanarie.");
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new GraphErrorException(400, "ErrorInvalidParameter", $"The value '{text}' of parameter '{name}' is invalid, Kanarie.");
    }
}
