using System.Globalization;
using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.Outlook;

/// <summary>Days on which a series takes place.</summary>
internal static class Recurrence
{
    /// <summary>The days of a pattern within its range, in order; those after <paramref name="until"/> are left out.</summary>
    public static IEnumerable<DateOnly> Days(JsonObject recurrence, DateOnly until)
    {
        var (pattern, range) = (recurrence["pattern"]!, recurrence["range"]!);
        var first = Date(range["startDate"]!);
        var last = (string?)range["type"] == "endDate" && Date(range["endDate"]!) < until ? Date(range["endDate"]!) : until;
        var most = (string?)range["type"] == "numbered" ? (int)range["numberOfOccurrences"]! : int.MaxValue;
        var interval = (int)pattern["interval"]!;
        var weekdays = ((JsonArray)pattern["daysOfWeek"]!).Select(day => (string)day!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var (day, found) = (first, 0); day <= last && found < most; day = day.AddDays(1))
        {
            var takesPlace = (string)pattern["type"]! switch
            {
                "daily" => (day.DayNumber - first.DayNumber) % interval == 0,
                "weekly" => weekdays.Contains(day.DayOfWeek.ToString()) && (Monday(day) - Monday(first)) / 7 % interval == 0,
                "absoluteMonthly" => day.Day == (int)pattern["dayOfMonth"]! && ((day.Year - first.Year) * 12 + day.Month - first.Month) % interval == 0,
                var other => throw new NotSupportedException(other),
            };
            if (!takesPlace) continue;
            found++;
            yield return day;
        }
    }

    private static int Monday(DateOnly day) => day.DayNumber - (((int)day.DayOfWeek + 6) % 7);

    private static DateOnly Date(JsonNode node) => DateOnly.ParseExact((string)node!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
