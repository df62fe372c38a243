using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.Outlook;

/// <summary>Calendars themselves.</summary>
internal static class CalendarData
{
    public static string Id(Person owner, int calendar) => Synthetic.Opaque("AAMkAGcalendar", owner.Index, calendar);

    public static JsonObject Of(Person owner, int calendar) => Synthetic.Shape($$"""
        {
          "id": "{{Id(owner, calendar)}}", "name": "{{(calendar == 0 ? "Kanarie calendar" : "Kanarie private")}}", "color": "auto", "hexColor": "",
          "isDefaultCalendar": {{(calendar == 0 ? "true" : "false")}}, "changeKey": "DxYSthXJXEWwAQ",
          "canShare": true, "canViewPrivateItems": true, "canEdit": true, "isRemovable": false, "isTallyingResponses": true, "isSharedWithMe": false,
          "allowedOnlineMeetingProviders": ["teamsForBusiness"],
          "defaultOnlineMeetingProvider": "teamsForBusiness", "owner": {"name": "{{owner.Name}}", "address": "{{owner.Address}}"}
        }
        """);
}
