using System.Net;
using System.Text.Json.Nodes;
using static Psoxy.Emulator.Tests.Graph.TenantFixture;

namespace Psoxy.Emulator.Tests.Graph;

public sealed class CalendarTests
{
    private const string Weekly = "AAMkAGevent000001000000000004";
    private const string Daily = "AAMkAGevent000001000000000005";
    private static readonly string Calendar = $"/v1.0/users/{Person}";

    [Test]
    public async Task Events_lists_masters_and_single_events_but_no_occurrence() =>
        Assert.That(Types(await AllAsync(Calendar + "/events")), Is.EquivalentTo(["seriesMaster", "singleInstance"]));

    [Test]
    public async Task A_view_spells_series_out_and_lists_no_master()
    {
        var all = await AllAsync(Calendar + "/calendar/calendarView?startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-05-01T00:00:00Z");

        Assert.That(Types(all), Is.EquivalentTo(["occurrence", "exception", "singleInstance"]));
        Assert.That(all.Rows.Select(row => (string)row["start"]!["dateTime"]!), Is.Ordered);
        Assert.That(all.Rows.Where(row => (string?)row["type"] == "occurrence").Select(row => (string)row["seriesMasterId"]!), Has.Some.EqualTo(Weekly));
    }

    [TestCase(Daily, "2026-03-01", "2026-12-31", 7, "eight days, one of which was cancelled")]
    [TestCase(Daily, "2026-03-05", "2026-03-07", 2, "only what is within")]
    [TestCase(Weekly, "2026-03-01", "2026-12-31", 9, "every other Monday and Wednesday until the end of April, one cancelled")]
    [TestCase(Weekly, "2026-05-01", "2026-12-31", 0, "after its end")]
    public async Task Instances_are_the_occurrences_of_a_series_within_the_window(string series, string from, string to, int rows, string why) =>
        Assert.That((await AllAsync($"{Calendar}/events/{series}/instances?startDateTime={from}&endDateTime={to}")).Rows, Has.Count.EqualTo(rows), why);

    [Test]
    public async Task An_occurrence_has_an_id_of_its_own_and_a_cancelled_one_is_told_by_its_master()
    {
        var (rows, _, _) = await AllAsync($"{Calendar}/events/{Daily}/instances?startDateTime=2026-03-01&endDateTime=2026-04-01");

        var one = await GetAsync($"{Calendar}/events/{(string)rows[^1]["id"]!}");
        var master = await GetAsync($"{Calendar}/events/{Daily}");

        Assert.That((string?)one["seriesMasterId"], Is.EqualTo(Daily));
        Assert.That(one["recurrence"], Is.Null);
        Assert.That((string?)master["cancelledOccurrences"]![0], Is.EqualTo($"OID.{Daily}.2026-03-03"));
        Assert.That(rows.Select(row => (string)row["occurrenceId"]!), Has.None.EndsWith("2026-03-03"));
    }

    [TestCase("/calendarView", "ErrorInvalidParameter")]
    [TestCase("/calendarView?startDateTime=2026-03-01", "ErrorInvalidParameter")]
    [TestCase("/calendarView?endDateTime=2026-03-01", "ErrorInvalidParameter")]
    [TestCase("/calendarView?startDateTime=tomorrow&endDateTime=2026-03-01", "ErrorInvalidParameter")]
    [TestCase("/calendarView?startDateTime=2026-03-02&endDateTime=2026-03-01", "ErrorInvalidParameter")]
    [TestCase("/calendarView?startDateTime=1900-03-02&endDateTime=2900-03-01", "ErrorCalendarViewRangeTooBig")]
    [TestCase("/calendarView?startDateTime=9999-12-30&endDateTime=9999-12-31", "ErrorInvalidParameter")]
    [TestCase("/calendarView?startDateTime=0001-01-01&endDateTime=0001-01-02", "ErrorInvalidParameter")]
    [TestCase("/events/" + Weekly + "/instances", "ErrorInvalidParameter")]
    [TestCase("/events/AAMkAGevent000001000000000000/instances?startDateTime=2026-03-01&endDateTime=2026-03-02", "ErrorInvalidRequest")]
    public async Task A_window_is_demanded_and_looked_at(string path, string code)
    {
        var (status, body) = await SendAsync(Calendar + path);

        Assert.That((status, Code(body)), Is.EqualTo((HttpStatusCode.BadRequest, code)));
    }

    [Test]
    public async Task An_offset_in_the_window_is_honoured()
    {
        var inUtc = await AllAsync(Calendar + "/calendarView?startDateTime=2026-03-02T11:30:00Z&endDateTime=2026-03-02T12:00:00Z");
        var withOffset = await AllAsync(Calendar + "/calendarView?startDateTime=2026-03-02T12:30:00%2B01:00&endDateTime=2026-03-02T13:00:00%2B01:00");

        Assert.That(inUtc.Rows, Is.Not.Empty);
        Assert.That(withOffset.Rows.Select(row => (string)row["id"]!), Is.EqualTo(inUtc.Rows.Select(row => (string)row["id"]!)));
    }

    [Test]
    public async Task Calendars_do_not_mix()
    {
        var (first, second) = (await AllAsync($"{Calendar}/calendars/AAMkAGcalendar000001000000/events"), await AllAsync($"{Calendar}/calendars/AAMkAGcalendar000001000001/events"));

        Assert.That(second.Rows, Has.Count.EqualTo(2));
        Assert.That(first.Rows.Select(row => (string)row["id"]!).Intersect(second.Rows.Select(row => (string)row["id"]!)), Is.Empty);
    }

    private static IEnumerable<string> Types((List<JsonObject> Rows, JsonObject Last, int Pages) all) => all.Rows.Select(row => (string)row["type"]!).Distinct();
}
