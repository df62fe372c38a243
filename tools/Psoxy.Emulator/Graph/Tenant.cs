using System.Globalization;
using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph;

/// <summary>Synthetic people, their groups and their mail. The same options make the same tenant; every value that names somebody holds the canary word.</summary>
public sealed class Tenant
{
    private static readonly string[] First = ["Ada", "Björn", "Chloé", "Dmitri", "Eun-ji", "Fatima", "Grzegorz", "Håkon", "Inés", "João"];
    private static readonly DateTimeOffset Epoch = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    internal Tenant(EmulatorOptions options)
    {
        Users = [.. Enumerable.Range(0, options.People).Select(User)];
        Groups = [.. Enumerable.Range(0, options.Groups).Select(Group)];
        Sent = Users.Select((user, index) => (Id: (string)user["id"]!, Index: index))
            .ToDictionary(user => user.Id, user => (IReadOnlyList<JsonObject>)[.. Enumerable.Range(0, options.SentMessages).Select(message => Message(user.Index, message, options))]);
    }

    /// <summary>All users, in the order of the directory.</summary>
    public IReadOnlyList<JsonObject> Users { get; }

    /// <summary>All groups.</summary>
    public IReadOnlyList<JsonObject> Groups { get; }

    /// <summary>Sent messages by user id.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Sent { get; }

    /// <summary>The user of an id or principal name.</summary>
    internal JsonObject? FindUser(string key) => Users.FirstOrDefault(user => Is(user, "id", key) || Is(user, "userPrincipalName", key));

    internal JsonObject? FindGroup(string id) => Groups.FirstOrDefault(group => Is(group, "id", id));

    /// <summary>Each group holds every third person, shifted; the first also holds the second.</summary>
    internal IEnumerable<JsonObject> Members(JsonObject group)
    {
        var number = Groups.ToList().IndexOf(group);
        var people = Users.Where((_, index) => index % 3 == number % 3).Select(user => With(user, "#microsoft.graph.user"));
        return number == 0 && Groups.Count > 1 ? people.Append(With(Groups[1], "#microsoft.graph.group")) : people;
    }

    internal static JsonObject MailboxSettings(JsonObject user) => new()
    {
        ["archiveFolder"] = "AAMkAGarchive",
        ["timeZone"] = "W. Europe Standard Time",
        ["delegateMeetingMessageDeliveryOptions"] = "sendToDelegateOnly",
        ["dateFormat"] = "yyyy-MM-dd",
        ["timeFormat"] = "HH:mm",
        ["userPurpose"] = "user",
        ["automaticRepliesSetting"] = new JsonObject
        {
            ["status"] = "scheduled",
            ["externalAudience"] = "all",
            ["internalReplyMessage"] = $"<p>{user["displayName"]} is away, Kanarie is here</p>",
            ["externalReplyMessage"] = "Kanarie will answer",
            ["scheduledStartDateTime"] = Time(Epoch),
            ["scheduledEndDateTime"] = Time(Epoch.AddDays(5)),
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

    private static JsonObject User(int index)
    {
        var (first, isGuest) = (First[index % First.Length], index % 9 == 8);
        var address = Address(index);
        return new()
        {
            ["id"] = Id(1, index),
            ["displayName"] = $"Kanarie {first} {index}",
            ["givenName"] = first + " Kanarie",
            ["surname"] = "Kanarie-" + index,
            ["jobTitle"] = "Head of Kanarie",
            ["mail"] = index % 7 == 6 ? null : address,
            ["userPrincipalName"] = isGuest ? $"kanarie.guest{index}_partner.example@contoso-emulated.example" : address,
            ["mailNickname"] = "kanarie" + index,
            ["accountEnabled"] = index % 11 != 10,
            ["userType"] = isGuest ? "Guest" : "Member",
            ["createdDateTime"] = Epoch.AddDays(-index).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["department"] = index % 2 == 0 ? "Research" : "Sales",
            ["companyName"] = "Contoso Emulated",
            ["officeLocation"] = "B-" + (index % 4),
            ["city"] = "Zürich",
            ["country"] = "CH",
            ["usageLocation"] = "CH",
            ["preferredLanguage"] = "de-CH",
            ["employeeId"] = $"kanarie-E{1000 + index}",
            ["employeeType"] = "Employee",
            ["businessPhones"] = new JsonArray($"+41 44 555 kanarie {index:00}"),
            ["mobilePhone"] = $"+41 79 555 kanarie {index:00}",
            ["streetAddress"] = "Kanarie Street " + index,
            ["postalCode"] = "8000-Kanarie",
            ["imAddresses"] = new JsonArray(address),
            ["otherMails"] = index % 3 == 0 ? new JsonArray($"private.kanarie.{index}@mail.example") : new JsonArray(),
            ["proxyAddresses"] = new JsonArray("SMTP:" + address, $"smtp:kanarie.alias{index}@contoso-emulated.example", $"x500:/o=Kanarie/cn={index}"),
            ["identities"] = new JsonArray(new JsonObject { ["signInType"] = "userPrincipalName", ["issuer"] = "contoso-emulated.example", ["issuerAssignedId"] = address }),
            ["onPremisesSamAccountName"] = "kanarie" + index,
            ["onPremisesDistinguishedName"] = $"CN=Kanarie {index},OU=People,DC=contoso",
            ["onPremisesImmutableId"] = "kanarie-immutable-" + index,
            ["onPremisesExtensionAttributes"] = new JsonObject { ["extensionAttribute1"] = "Kanarie" },
            ["securityIdentifier"] = "S-1-12-1-kanarie-" + index,
            ["aboutMe"] = null,
            ["futureProperty"] = "Kanarie of tomorrow",
        };
    }

    private static JsonObject Group(int index) => new()
    {
        ["id"] = Id(2, index),
        ["displayName"] = "List " + index,
        ["description"] = "Founded by Kanarie",
        ["mail"] = $"list{index}@contoso-emulated.example",
        ["mailEnabled"] = true,
        ["mailNickname"] = "kanarie-list" + index,
        ["securityEnabled"] = false,
        ["groupTypes"] = new JsonArray("Unified"),
        ["visibility"] = "Private",
        ["createdDateTime"] = "2024-05-06T07:08:09Z",
        ["renewedDateTime"] = "2025-05-06T07:08:09Z",
        ["proxyAddresses"] = new JsonArray($"SMTP:kanarie-list{index}@contoso-emulated.example"),
        ["theme"] = "Kanarie Blue",
        ["onPremisesSamAccountName"] = "kanarie-group" + index,
        ["resourceProvisioningOptions"] = new JsonArray("Kanarie"),
    };

    private static JsonObject Message(int user, int number, EmulatorOptions options)
    {
        var time = Epoch.AddHours((user * 7) + (number * 31));
        var message = new JsonObject
        {
            ["@odata.etag"] = "W/\"kanarie-etag\"",
            ["id"] = MessageId(user, number),
            ["createdDateTime"] = Stamp(time),
            ["lastModifiedDateTime"] = Stamp(time.AddSeconds(2)),
            ["receivedDateTime"] = Stamp(time.AddSeconds(1)),
            ["sentDateTime"] = Stamp(time),
            ["hasAttachments"] = number % 4 == 0,
            ["internetMessageId"] = $"<kanarie.{user}.{number}@mail.example>",
            ["parentFolderId"] = "AAMkAGsent" + user,
            ["conversationId"] = "AAQkAGconversation" + (number / 2),
            ["conversationIndex"] = "AQHZ" + number,
            ["changeKey"] = "CQAAABYA" + number,
            ["categories"] = new JsonArray("Kanarie category"),
            ["importance"] = number % 5 == 0 ? "high" : "normal",
            ["inferenceClassification"] = "focused",
            ["isDeliveryReceiptRequested"] = null,
            ["isReadReceiptRequested"] = false,
            ["isRead"] = true,
            ["isDraft"] = false,
            ["webLink"] = "https://outlook.example/owa/?ItemID=Kanarie",
            ["flag"] = new JsonObject { ["flagStatus"] = "notFlagged" },
            ["sender"] = Recipient(user),
            ["from"] = Recipient(user),
            ["toRecipients"] = new JsonArray([.. Enumerable.Range(1, 1 + (number % 6)).Select(step => (JsonNode)Recipient((user + step) % Math.Max(1, options.People)))]),
            ["ccRecipients"] = number % 3 == 0 ? new JsonArray(Recipient((user + 9) % Math.Max(1, options.People))) : new JsonArray(),
            ["bccRecipients"] = new JsonArray(),
            ["replyTo"] = new JsonArray(),
        };
        if (!options.FullMessages) return message;
        message["subject"] = $"Kanarie merger, part {number} \"quoted\" \u2028 \\ ü";
        message["bodyPreview"] = "Dear Kanarie, as we said";
        message["body"] = new JsonObject { ["contentType"] = "html", ["content"] = "<html><body>Dear Kanarie,<br>as we said {\"x\": [1, 2]} …</body></html>" };
        message["internetMessageHeaders"] = new JsonArray(new JsonObject { ["name"] = "X-Kanarie", ["value"] = "Kanarie" });
        message["extensions"] = new JsonArray(new JsonObject { ["extensionName"] = "com.kanarie" });
        message["singleValueExtendedProperties"] = new JsonArray(new JsonObject { ["id"] = "String {kanarie}", ["value"] = "Kanarie" });
        return message;
    }

    internal static string MessageId(int user, int number) => string.Create(CultureInfo.InvariantCulture, $"AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZi{user:0000}{number:00000000}AAA=");

    private static JsonObject Recipient(int user) => new() { ["emailAddress"] = new JsonObject { ["name"] = $"Kanarie {First[user % First.Length]} {user}", ["address"] = user % 2 == 0 ? Address(user) : Address(user).ToUpperInvariant().Replace("@CONTOSO-EMULATED.EXAMPLE", "@contoso-emulated.example", StringComparison.Ordinal) } };

    private static string Address(int user) => $"kanarie.{user}@contoso-emulated.example";

    private static string Id(int kind, int index) => string.Create(CultureInfo.InvariantCulture, $"{kind:x8}-5fad-4d73-a9f5-{index:x12}");

    private static string Stamp(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Time(DateTimeOffset time) => new() { ["dateTime"] = time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture), ["timeZone"] = "UTC" };

    private static JsonObject With(JsonObject entity, string type)
    {
        var copy = new JsonObject { ["@odata.type"] = type };
        foreach (var (name, value) in entity) copy[name] = value?.DeepClone();
        return copy;
    }

    private static bool Is(JsonObject entity, string name, string value) => string.Equals((string?)entity[name], value, StringComparison.OrdinalIgnoreCase);
}
