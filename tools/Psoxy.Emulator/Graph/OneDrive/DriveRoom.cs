using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Graph.OneDrive;

/// <summary>Drives of people and groups, and what happens in them.</summary>
internal sealed class DriveRoom
{
    private readonly ConcurrentDictionary<DriveOwner, DriveLog> _logs = new();
    private readonly EmulatorOptions _options;

    public DriveRoom(EmulatorOptions options)
    {
        _options = options;
        Item = new EntityType(
            "driveItem",
            Navigation.Many("children", item => Find(item) is { } log ? log.Changes(0, log.Length).Where(child => child["deleted"] is null && (string?)child["parentReference"]?["id"] == (string?)item["id"]) : []),
            Navigation.Many("permissions", item => Permissions((string)item["id"]!)),
            Navigation.Many("thumbnails", item => [Synthetic.Shape("""{"id": "0", "large": {"height": 800, "width": 600, "url": "https://contoso-my.example/kanarie/thumbnail"} }""")]),
            Navigation.One("listItem", item => Synthetic.Shape($$"""{"@odata.etag": "\"kanarie\"", "id": "1", "name": "{{item["name"]}}", "webUrl": "https://contoso.example/kanarie", "fields": {"Title": "Kanarie title"} }""")));
        Drive = new EntityType(
            "drive",
            Navigation.One("root", drive => Log((string)drive["id"]!)?.Changes(0, 1)[0], Item),
            Navigation.Many("items", drive => Log((string)drive["id"]!) is { } log ? log.Changes(0, log.Length) : [], Item),
            Navigation.Many("following", drive => Log((string)drive["id"]!) is { } log ? log.Changes(1, 2) : [], Item),
            Navigation.Many("special", drive => Log((string)drive["id"]!) is { } log ? log.Changes(0, 1) : [], Item));
        Activity = new EntityType("itemActivity", Navigation.One("driveItem", activity => activity["driveItem"] as JsonObject, Item), Navigation.One("listItem", _ => null));
    }

    public EntityType Drive { get; }

    public EntityType Item { get; }

    public EntityType Activity { get; }

    public JsonObject DriveOf(DriveOwner owner) => DriveData.Of(owner, _options.People);

    /// <summary>The log of a drive, or <c>null</c> where there is no such drive.</summary>
    public DriveLog? Log(string driveId) => OwnerOf(driveId) is { } owner ? _logs.GetOrAdd(owner, key => new DriveLog(key, _options.People)) : null;

    public IReadOnlyList<JsonObject> Activities(string driveId, JsonObject item) => OwnerOf(driveId) is { } owner ? ItemActivityData.Of(owner, item, _options.People) : [];

    private DriveOwner? OwnerOf(string driveId)
    {
        foreach (var (isGroup, count) in ((bool, int)[])[(false, _options.People), (true, _options.Groups)])
            for (var number = 0; number < count; number++)
                if (new DriveOwner(isGroup, number) is var owner && owner.DriveId == driveId) return owner;
        return null;
    }

    private DriveLog? Find(JsonObject item) => (string?)item["parentReference"]?["driveId"] is { } drive ? Log(drive) : null;

    private IEnumerable<JsonObject> Permissions(string item)
    {
        var who = new Person(item.Length % _options.People);
        yield return Synthetic.Shape($$"""
            {
              "id": "kanarie-permission", "roles": ["write"], "shareId": "u!kanarie", "expirationDateTime": null, "hasPassword": false,
              "grantedTo": {{FileIdentities.Set(who)}}, "grantedToV2": {{FileIdentities.SharePoint(who)}},
              "grantedToIdentities": [{{FileIdentities.Set(who)}}], "grantedToIdentitiesV2": [{{FileIdentities.SharePoint(who)}}],
              "invitation": {"email": "{{who.Address}}", "signInRequired": true, "invitedBy": {{FileIdentities.Set(who)}} },
              "link": {"type": "view", "scope": "organization", "webUrl": "https://contoso.example/:b:/kanarie", "webHtml": "<iframe src='kanarie'/>",
              "preventsDownload": false}
            }
            """);
    }
}
