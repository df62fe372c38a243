namespace Psoxy.Emulator.Graph.Outlook;

/// <summary>Where people meet.</summary>
internal enum MeetingPlace
{
    Room = 0,
    Teams,
    Zoom,
}

/// <summary>What is in everybody's calendar: one event of each kind that Graph tells apart.</summary>
internal sealed record EventPlan(string Subject, double StartHours, double Hours, MeetingPlace Place)
{
    public string? Recurrence { get; init; }

    public bool IsAllDay { get; init; }

    public bool IsCancelled { get; init; }

    public string Sensitivity { get; init; } = "normal";

    public string ShowAs { get; init; } = "busy";

    /// <summary>In the order of their numbers.</summary>
    public static readonly IReadOnlyList<EventPlan> Default =
    [
        new("Kanarie: weekly 1:1, then lunch", 2, 1, MeetingPlace.Room),
        new("Review of Kanarie", 27, 0.5, MeetingPlace.Teams),
        new("Zoom with Kanarie Inc., decision", 30, 1, MeetingPlace.Zoom) { ShowAs = "tentative" },
        new("Out of Office: Kanarie surgery", 40, 24, MeetingPlace.Room) { IsAllDay = true, Sensitivity = "private", ShowAs = "oof" },
        new("Kanarie sprint", 3, 1, MeetingPlace.Teams) { Recurrence = Series("weekly", """["monday", "wednesday"]""", 2, "endDate", "2026-04-30") },
        new("Stand-up with Kanarie", 1, 0.25, MeetingPlace.Zoom) { Recurrence = Series("daily", "[]", 1, "numbered", "0001-01-01", 8) },
        new("All hands without Kanarie", 75, 1, MeetingPlace.Room) { IsCancelled = true, ShowAs = "free" },
        new("Kanarie board, monthly", 5, 2, MeetingPlace.Room) { Recurrence = Series("absoluteMonthly", "[]", 1, "noEnd", "0001-01-01"), Sensitivity = "confidential" },
    ];

    /// <summary>The second calendar's.</summary>
    public static readonly IReadOnlyList<EventPlan> Second = [new("Kanarie family", 10, 1, MeetingPlace.Room) { Sensitivity = "personal" }, new("Focus Time (Kanarie)", 29, 2, MeetingPlace.Room) { ShowAs = "workingElsewhere" }];

    private static string Series(string type, string days, int interval, string range, string end, int count = 0) => $$"""
        {
          "pattern": {"type": "{{type}}", "interval": {{interval}}, "month": 0, "dayOfMonth": {{(type == "absoluteMonthly" ? 2 : 0)}}, "daysOfWeek": {{days}},
          "firstDayOfWeek": "monday", "index": "first"},
          "range": {"type": "{{range}}", "startDate": "2026-03-02", "endDate": "{{end}}", "recurrenceTimeZone": "W. Europe Standard Time",
          "numberOfOccurrences": {{count}}}
        }
        """;
}
