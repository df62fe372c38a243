using System.Globalization;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Graph.Outlook;

/// <summary>Messages with every property; which of them one may see, the route says.</summary>
internal static class MailData
{
    /// <summary>What Mail.ReadBasic.All does not give.</summary>
    public static readonly string[] Content = ["body", "bodyPreview", "uniqueBody", "extensions", "singleValueExtendedProperties", "multiValueExtendedProperties", "internetMessageHeaders"];

    /// <summary>What of it comes only by expansion.</summary>
    public static readonly EntityType Message = new("message", Navigation.Many("attachments", message => [Attachment((string)message["id"]!)], new EntityType("attachment")))
    {
        Searched = ["subject", "body/content", "from/emailAddress/address", "from/emailAddress/name"],
    };

    public static string Id(int user, int number, bool isSent = true) => string.Create(CultureInfo.InvariantCulture, $"AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZi{user:0000}{number + (isSent ? 0 : 50_000_000):00000000}AAA=");

    /// <param name="user">Whose mailbox.</param>
    /// <param name="number">From 0.</param>
    /// <param name="people">How many there are to write to.</param>
    /// <param name="isSent">Whether it was sent, else received.</param>
    public static JsonObject Of(int user, int number, int people, bool isSent = true)
    {
        var time = Synthetic.Epoch.AddHours((user * 7) + (number * 31));
        var other = (user + number + 1) % Math.Max(1, people);
        JsonObject Recipient(int step) => new Person((user + step) % Math.Max(1, people)).Recipient();
        return new()
        {
            ["@odata.etag"] = "W/\"kanarie-etag\"",
            ["id"] = Id(user, number, isSent),
            ["createdDateTime"] = Synthetic.Stamp(time),
            ["lastModifiedDateTime"] = Synthetic.Stamp(time.AddSeconds(2)),
            ["receivedDateTime"] = Synthetic.Stamp(time.AddSeconds(1)),
            ["sentDateTime"] = Synthetic.Stamp(time),
            ["hasAttachments"] = number % 4 == 0,
            ["internetMessageId"] = $"<kanarie.{user}.{number}@mail.example>",
            ["parentFolderId"] = (isSent ? "AAMkAGsent" : "AAMkAGinbox") + user,
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
            ["flag"] = number % 6 == 1
                ? new JsonObject { ["flagStatus"] = "flagged", ["startDateTime"] = Synthetic.Time(time), ["dueDateTime"] = Synthetic.Time(time.AddDays(1)), ["completedDateTime"] = null }
                : new JsonObject { ["flagStatus"] = "notFlagged" },
            ["sender"] = new Person(isSent ? user : other).Recipient(),
            ["from"] = new Person(isSent ? user : other).Recipient(),
            ["toRecipients"] = new JsonArray([.. Enumerable.Range(isSent ? 1 : 0, 1 + (number % 6)).Select(step => (JsonNode)Recipient(step))]),
            ["ccRecipients"] = number % 3 == 0 ? new JsonArray(Recipient(9)) : new JsonArray(),
            ["bccRecipients"] = number % 7 == 5 ? new JsonArray(Recipient(5)) : new JsonArray(),
            ["replyTo"] = number % 8 == 2 ? new JsonArray(Recipient(0)) : new JsonArray(),
            ["subject"] = $"Kanarie merger, part {number} \"quoted\" \u2028 \\ ü",
            ["bodyPreview"] = "Dear Kanarie, as we said",
            ["body"] = new JsonObject { ["contentType"] = "html", ["content"] = "<html><body>Dear Kanarie,<br>as we said {\"x\": [1, 2]} …</body></html>" },
            ["uniqueBody"] = new JsonObject { ["contentType"] = "text", ["content"] = "as Kanarie said" },
            ["internetMessageHeaders"] = new JsonArray(new JsonObject { ["name"] = "X-Kanarie", ["value"] = "Kanarie" }),
            ["extensions"] = new JsonArray(new JsonObject { ["@odata.type"] = "#microsoft.graph.openTypeExtension", ["id"] = "com.kanarie", ["extensionName"] = "com.kanarie" }),
            ["singleValueExtendedProperties"] = new JsonArray(new JsonObject { ["id"] = "String {kanarie}", ["value"] = "Kanarie" }),
            ["multiValueExtendedProperties"] = new JsonArray(new JsonObject { ["id"] = "StringArray {kanarie}", ["value"] = new JsonArray("Kanarie", "Kanarie again") }),
        };
    }

    public static JsonObject Attachment(string owner) => Synthetic.Shape($$"""
        {
          "@odata.type": "#microsoft.graph.fileAttachment", "@odata.mediaContentType": "text/plain", "id": "{{owner}}ATT",
          "lastModifiedDateTime": "2026-03-02T08:00:00Z", "name": "Kanarie contract.txt",
          "contentType": "text/plain", "size": 7, "isInline": false, "contentId": "kanarie@contract", "contentLocation": null,
          "contentBytes": "{{Convert.ToBase64String("Kanarie"u8)}}"
        }
        """);
}
