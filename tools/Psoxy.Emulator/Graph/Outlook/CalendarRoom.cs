using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Graph.Outlook;

/// <summary>Everybody's calendars, made when they are first asked for.</summary>
internal sealed class CalendarRoom
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(2 * 366);
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<(int User, int Calendar), IReadOnlyList<CalendarItem>> _calendars = new();
    private readonly EmulatorOptions _options;

    public CalendarRoom(EmulatorOptions options) => (_options, Event) = (options, EventData.Type(this));

    public EntityType Event { get; }

    /// <summary>Single events and series; what <c>/events</c> lists.</summary>
    public IReadOnlyList<CalendarItem> Items(Person owner, int calendar) => _calendars.GetOrAdd((owner.Index, calendar), _ =>
    {
        var plans = calendar == 0 ? EventPlan.Default : EventPlan.Second;
        return [.. plans.Select((plan, number) => WithCancelled(EventData.Of(owner, calendar, number, plan, _options.People)))];
    });

    /// <summary>The occurrences of a series within a span, without the second, which was cancelled; the third was changed.</summary>
    public static IEnumerable<CalendarItem> Occurrences(CalendarItem master, DateTimeOffset from, DateTimeOffset to)
    {
        var first = DateOnly.FromDateTime((from - OneDay).UtcDateTime);
        return Days(master, to).Select((day, number) => (day, number))
            .Where(one => one.number != 1 && one.day >= first)
            .Select(one => EventData.Occurrence(master, one.day, isException: one.number == 2))
            .Where(item => item.Overlaps(from, to));
    }

    /// <summary>All that takes place in a span, with series spelled out, in order.</summary>
    public IEnumerable<CalendarItem> View(Person owner, int calendar, DateTimeOffset from, DateTimeOffset to) => Items(owner, calendar)
        .SelectMany(item => item.IsSeries ? Occurrences(item, from, to) : item.Overlaps(from, to) ? [item] : [])
        .OrderBy(item => item.Start);

    /// <summary>An event, a series or one day of a series.</summary>
    public CalendarItem? Find(Person owner, int calendar, string id)
    {
        var parent = Items(owner, calendar).FirstOrDefault(item => id.StartsWith(item.Id, StringComparison.Ordinal));
        return parent is null || parent.Id == id ? parent : Occurrences(parent, parent.Start, parent.Start + Ahead).FirstOrDefault(item => item.Id == id);
    }

    public static JsonObject? CalendarOf(string eventId) => Parts(eventId) is var (owner, calendar) ? CalendarData.Of(owner, calendar) : null;

    public IEnumerable<JsonObject> ExceptionsOf(string eventId) => Parts(eventId) is var (owner, calendar) && Find(owner, calendar, eventId) is { IsSeries: true } master
        ? Occurrences(master, master.Start, master.Start + Ahead).Where(item => (string?)item.Event["type"] == "exception").Select(item => item.Event)
        : [];

    // An event's id is made of numbers: owner, calendar, event.
    private static (Person Owner, int Calendar)? Parts(string eventId) => eventId.Length >= 29 ? (new Person(int.Parse(eventId[11..17], null)), int.Parse(eventId[17..23], null)) : null;

    private static IEnumerable<DateOnly> Days(CalendarItem master, DateTimeOffset until) => Recurrence.Days((JsonObject)master.Event["recurrence"]!, DateOnly.FromDateTime(until.UtcDateTime));

    private static CalendarItem WithCancelled(CalendarItem item)
    {
        if (!item.IsSeries) return item;
        item.Event["cancelledOccurrences"] = new JsonArray([.. Days(item, item.Start + Ahead).Skip(1).Take(1).Select(day => (JsonNode)$"OID.{item.Id}.{day:yyyy-MM-dd}")]);
        return item;
    }
}
