using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.Outlook;

/// <summary>A mailbox's settings.</summary>
internal static class MailboxData
{
    public static JsonObject Of(Person person) => new()
    {
        ["archiveFolder"] = "AAMkAGarchive",
        ["timeZone"] = "W. Europe Standard Time",
        ["delegateMeetingMessageDeliveryOptions"] = "sendToDelegateOnly",
        ["dateFormat"] = "yyyy-MM-dd",
        ["timeFormat"] = "HH:mm",
        ["userPurpose"] = person.Index % 10 == 9 ? "room" : "user",
        ["automaticRepliesSetting"] = new JsonObject
        {
            ["status"] = "scheduled",
            ["externalAudience"] = "all",
            ["internalReplyMessage"] = $"<p>{person.Name} is away, Kanarie is here</p>",
            ["externalReplyMessage"] = "Kanarie will answer",
            ["scheduledStartDateTime"] = Synthetic.Time(Synthetic.Epoch),
            ["scheduledEndDateTime"] = Synthetic.Time(Synthetic.Epoch.AddDays(5)),
        },
        ["language"] = new JsonObject { ["locale"] = "de-DE", ["displayName"] = "German (Kanarie)" },
        ["workingHours"] = new JsonObject
        {
            ["daysOfWeek"] = new JsonArray("monday", "tuesday", "thursday"),
            ["startTime"] = "08:00:00.0000000",
            ["endTime"] = "17:00:00.0000000",
            ["timeZone"] = new JsonObject { ["name"] = "W. Europe Standard Time" },
        },
    };
}
