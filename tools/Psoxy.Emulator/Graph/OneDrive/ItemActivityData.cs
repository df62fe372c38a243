using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.OneDrive;

/// <summary>What happened to an item: two activities of each kind, as the service writes them and as the reference documents them.</summary>
internal static class ItemActivityData
{
    public static IReadOnlyList<JsonObject> Of(DriveOwner owner, JsonObject item, int people)
    {
        var other = new Person((owner.Number + 2) % people);
        string[] actions =
        [
            """ "access": {} """,
            $$""" "comment": {"isReply": true, "parentAuthor": {{FileIdentities.Set(other)}}, "participants": [{{FileIdentities.Set(other)}}] } """,
            """ "create": {} """,
            """ "delete": {"name": "Kanarie deleted.txt", "objectType": "File"} """,
            """ "edit": {} """,
            $$""" "mention": {"mentionees": [{{FileIdentities.Set(other)}}] } """,
            """ "move": {"from": "Kanarie old folder", "to": "Kanarie new folder"} """,
            """ "rename": {"oldName": "Kanarie old name.docx", "newName": "Kanarie new name.docx"} """,
            """ "restore": {} """,
            $$""" "share": {"recipients": [{{FileIdentities.SharePoint(other)}}] } """,
            """ "version": {"newVersion": "2.0"} """,
        ];
        return [.. Enumerable.Range(0, 2 * actions.Length).Select(number => One(owner, item, actions[number % actions.Length], number, people))];
    }

    private static JsonObject One(DriveOwner owner, JsonObject item, string action, int number, int people)
    {
        var (actor, time) = (new Person((owner.Number + number) % people), Synthetic.Epoch.AddHours(number * 3));
        var activity = Synthetic.Shape($$"""
            {
              "id": "{{Synthetic.Opaque("AAAA", owner.Number, number)}}", "action": { {{action}} }, "access": {{(number == 0 ? "{}" : "null")}},
              "activityDateTime": "{{Synthetic.Stamp(time)}}",
              "actor": {{(number % 4 == 3 ? FileIdentities.Full(actor) : FileIdentities.Set(actor))}},
              "times": {"recordedDateTime": "{{Synthetic.Stamp(time.AddSeconds(2))}}", "observedDateTime": "{{Synthetic.Stamp(time)}}", "lastRecordedDateTime": null},
              "docDetails": {"itemId": "{{item["id"]}}", "driveId": "{{owner.DriveId}}", "siteId": "{{Synthetic.Id(52, owner.Number)}}",
              "listId": "{{Synthetic.Id(50, owner.Number)}}", "title": "Kanarie document", "url": "https://contoso.example/kanarie"}
            }
            """);
        activity["driveItem"] = item.DeepClone();
        return activity;
    }
}
