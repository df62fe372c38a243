using System.Globalization;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.OneDrive;

/// <summary>What lies in a drive: a root, folders, and files of each kind that has a facet of its own.</summary>
internal static class DriveItemData
{
    private static readonly (string Name, string Facets)[] Kinds =
    [
        ("root", Root),
        ("Kanarie folder", """ "folder": {"childCount": 3, "view": null} """),
        ("Kanarie contract.docx", FileOf("application/vnd.openxmlformats-officedocument.wordprocessingml.document") + Published),
        ("Kanarie holiday.jpg", FileOf("image/jpeg") + Photo),
        ("Kanarie song.mp3", FileOf("audio/mpeg") + Song),
        ("Kanarie film.mp4", $"{FileOf("video/mp4")}, {Film}"),
        ("Kanarie virus.exe", FileOf("application/octet-stream") + Malware),
        ("Kanarie notes", """ "package": {"type": "oneNote"} """),
        ("Kanarie shared plan.xlsx", ""),
        ("Kanarie album", """ "bundle": {"childCount": 2, "album": {"coverImageItemId": "01COVER"} } """),
        ("Kanarie gone.txt", """ "deleted": {"state": "deleted"} """),
    ];

    private const string Root = """
        "root": {}, "folder": {"childCount": 9, "view": {"sortBy": "name", "sortOrder": "ascending", "viewType": "thumbnails"} }, "specialFolder": {"name": "documents"}
        """;

    private const string Published = """
        , "publication": {"level": "published", "versionId": "3.0", "checkedOutBy": null}, "searchResult": {"onClickTelemetryUrl": "https://search.example/kanarie"}
        """;

    private const string Photo = """
        , "image": {"width": 4032, "height": 3024}, "location": {"altitude": 410.25, "latitude": 47.3769, "longitude": 8.5417},
        "photo": {
          "takenDateTime": "2026-02-01T10:00:00Z", "cameraMake": "Kanarie", "cameraModel": "Kanarie 5", "exposureDenominator": 100.0, "exposureNumerator": 1.0,
          "fNumber": 1.8, "focalLength": 4.2, "iso": 64, "orientation": 1
        }
        """;

    private const string Song = """
        , "audio": {
          "album": "Kanarie sings", "albumArtist": "Kanarie", "artist": "Kanarie", "composers": "Kanarie", "copyright": "Kanarie 2026", "genre": "Kanarie pop", "title": "Kanarie song",
          "bitrate": 128, "disc": 1, "discCount": 1, "duration": 567, "hasDrm": false, "isVariableBitrate": false, "track": 1, "trackCount": 9, "year": 2026
        }
        """;

    private const string Film = """
        "video": {
          "audioBitsPerSample": 16, "audioChannels": 2, "audioFormat": "AAC", "audioSamplesPerSecond": 44100, "bitrate": 19101, "duration": 8053, "fourCC": "H264",
          "frameRate": 30.0, "height": 1080, "width": 1920
        }
        """;

    private const string Malware = """
        , "malware": {"description": "Kanarie.Trojan"}, "pendingOperations": {"pendingContentUpdate": {"queuedDateTime": "2026-03-02T08:00:00Z"} }
        """;

    public static int Items => Kinds.Length;

    public static string Id(DriveOwner owner, int number) => Synthetic.Opaque(owner.IsGroup ? "01GROUPITEM" : "01PERSONITEM", owner.Number, number);

    public static JsonObject Of(DriveOwner owner, int number, int people)
    {
        var (name, facets) = Kinds[number];
        var (author, other) = (owner.Person, new Person((owner.Number + 1) % people));
        if (facets.Contains("\"deleted\"", StringComparison.Ordinal)) return Deleted(owner, number, name);
        if (facets.Length == 0) facets = $"\"remoteItem\": {Remote(other)}";
        var time = Synthetic.Epoch.AddHours(number * 5);
        return Synthetic.Shape($$"""
            {
              "@microsoft.graph.downloadUrl": "https://contoso-my.example/kanarie/download?tempauth=kanarie", "@odata.etag": "\"{kanarie},1\"",
              "id": "{{Id(owner, number)}}", "name": "{{name}}", "description": "What Kanarie left", "eTag": "\"{kanarie-{{number}}},1\"",
              "cTag": "\"c:{kanarie-{{number}}},1\"", "size": {{number * 1000}},
              "webUrl": "{{owner.WebUrl}}/kanarie-{{number}}", "webDavUrl": "{{owner.WebUrl}}/kanarie-{{number}}", "createdDateTime": "{{Synthetic.Stamp(time)}}",
              "lastModifiedDateTime": "{{Synthetic.Stamp(time.AddHours(1))}}",
              "createdBy": {{FileIdentities.Full(author)}}, "lastModifiedBy": {{FileIdentities.Set(other)}},
              "parentReference": {{Parent(owner, number)}},
              "fileSystemInfo": {"createdDateTime": "{{Synthetic.Stamp(time)}}", "lastModifiedDateTime": "{{Synthetic.Stamp(time.AddHours(1))}}",
              "lastAccessedDateTime": "{{Synthetic.Stamp(time.AddHours(2))}}"},
              "shared": {"scope": "users", "sharedDateTime": "{{Synthetic.Stamp(time)}}", "owner": {{FileIdentities.Set(author)}},
              "sharedBy": {{FileIdentities.Set(other)}} },
              "sharepointIds": {{SharepointIds(owner, number)}},
              {{facets}}
            }
            """);
    }

    /// <summary>What is left of an item that somebody deleted.</summary>
    public static JsonObject Deleted(DriveOwner owner, int number, string name) => Synthetic.Shape($$"""
        {"id": "{{Id(owner, number)}}", "name": "{{name}}", "size": 0, "parentReference": {{Parent(owner, number)}}, "deleted": {"state": "deleted"},
          "file": {"mimeType": "text/plain"} }
        """);

    public static string SharepointIds(DriveOwner owner, int number) => $$"""
        {
          "listId": "{{Synthetic.Id(50, owner.Number)}}", "listItemId": "{{number.ToString(CultureInfo.InvariantCulture)}}",
          "listItemUniqueId": "{{Synthetic.Id(51, number)}}", "siteId": "{{Synthetic.Id(52, owner.Number)}}",
          "siteUrl": "https://contoso.example/sites/kanarie{{owner.Number}}", "tenantId": "d0000000-5fad-4d73-a9f5-000000000001",
          "webId": "{{Synthetic.Id(53, owner.Number)}}"
        }
        """;

    private static string FileOf(string mimeType) => $$"""
        "file": {"mimeType": "{{mimeType}}", "processingMetadata": false, "hashes": {"crc32Hash": "KANARIE32", "quickXorHash": "kanarieXor=", "sha1Hash": "KANARIE1",
        "sha256Hash": "KANARIE256"} }
        """;

    private static string Parent(DriveOwner owner, int number) => $$"""
        {
          "driveId": "{{owner.DriveId}}", "driveType": "{{(owner.IsGroup ? "documentLibrary" : "business")}}",
          "id": {{(number == 0 ? "null" : $"\"{Id(owner, number > 3 ? 1 : 0)}\"")}}, "name": "Kanarie documents", "path": "/drives/x/root:/Kanarie folder",
          "shareId": "u!kanarie", "siteId": "{{Synthetic.Id(52, owner.Number)}}", "sharepointIds": {{SharepointIds(owner, number)}}
        }
        """;

    private static string Remote(Person other)
    {
        var owner = new DriveOwner(false, other.Index);
        return $$"""
            {
              "id": "{{Id(owner, 2)}}", "name": "Kanarie shared plan.xlsx", "size": 4711, "webUrl": "{{owner.WebUrl}}/kanarie-plan",
              "webDavUrl": "{{owner.WebUrl}}/kanarie-plan", "createdDateTime": "2026-02-02T08:00:00Z", "lastModifiedDateTime": "2026-02-03T08:00:00Z",
              "createdBy": {{FileIdentities.Set(other)}}, "lastModifiedBy": {{FileIdentities.Full(other)}}, {{FileOf("application/vnd.ms-excel")}},
              "folder": {"childCount": 0, "view": null}, "package": {"type": "oneNote"}, "image": {"height": 1, "width": 1},
              {{Film}}, "specialFolder": {"name": "photos"},
              "fileSystemInfo": {"createdDateTime": "2026-02-02T08:00:00Z", "lastModifiedDateTime": "2026-02-03T08:00:00Z", "lastAccessedDateTime": null},
              "parentReference": {{Parent(owner, 2)}}, "sharepointIds": {{SharepointIds(owner, 2)}},
              "shared": {"scope": "users", "sharedDateTime": "2026-02-02T08:00:00Z", "owner": {{FileIdentities.Set(other)}}, "sharedBy": {{FileIdentities.Set(other)}} }
            }
            """;
    }
}
