using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.Outlook;

/// <summary>An event and when it is; a series' master is where its first occurrence is.</summary>
internal sealed record CalendarItem(JsonObject Event, DateTimeOffset Start, DateTimeOffset End)
{
    public string Id => (string)Event["id"]!;

    public bool IsSeries => Event["recurrence"] is not null;

    public bool Overlaps(DateTimeOffset from, DateTimeOffset to) => Start < to && End > from;
}
