using System.Globalization;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>Messages of chats and channels: of people, of bots, of the system, deleted, edited, answered, held back.</summary>
internal static class ChatMessageData
{
    /// <summary>Messages that people and bots write, before those of the system.</summary>
    public const int Written = 12;

    public static readonly EntityType Type = new(
        "chatMessage",
        Navigation.Many("replies", Replies, new EntityType("chatMessage")),
        Navigation.Many("hostedContents", message => [Synthetic.Shape($$"""{"id": "aWQ9a{{message["id"]}}", "contentType": "image/png", "contentBytes": "{{Convert.ToBase64String("Kanarie"u8)}}"}""")]));

    /// <summary>All of a conversation, oldest first.</summary>
    /// <param name="where">Members that say where it is.</param>
    /// <param name="seed">Of the conversation.</param>
    /// <param name="people">Who talks.</param>
    /// <param name="systemMessages">How many the system writes.</param>
    public static IReadOnlyList<JsonObject> Conversation(string where, int seed, IReadOnlyList<Person> people, int systemMessages) =>
        [.. Enumerable.Range(0, Written + systemMessages).Select(number => Of(where, seed, number, people[number % people.Count], people[(number + 1) % people.Count]))];

    public static string Id(int seed, int number) => (1_772_400_000_000L + (seed * 100_000L) + (number * 60_000L)).ToString(CultureInfo.InvariantCulture);

    private static JsonObject Of(string where, int seed, int number, Person author, Person other)
    {
        var (id, time) = (Id(seed, number), Synthetic.Epoch.AddMinutes((seed % 50) + (number * 37)));
        var isSystem = number >= Written;
        var isDeleted = number == 7;
        return Synthetic.Shape($$"""
            {
              "id": "{{id}}", "replyToId": {{(number == 3 ? $"\"{Id(seed, 0)}\"" : "null")}}, "etag": "{{id}}",
              "messageType": "{{(isSystem ? "systemEventMessage" : "message")}}",
              "createdDateTime": "{{Synthetic.Stamp(time)}}", "lastModifiedDateTime": "{{Synthetic.Stamp(time.AddSeconds(5))}}",
              "lastEditedDateTime": {{(number == 2 ? $"\"{Synthetic.Stamp(time.AddMinutes(3))}\"" : "null")}},
              "deletedDateTime": {{(isDeleted ? $"\"{Synthetic.Stamp(time.AddMinutes(9))}\"" : "null")}},
              "subject": {{(number % 4 == 0 ? "\"Kanarie subject\"" : "null")}}, "summary": {{(number % 4 == 0 ? "\"Kanarie in short\"" : "null")}},
              {{where}},
              "importance": "{{(number == 1 ? "urgent" : "normal")}}", "locale": "en-us", "webUrl": "https://teams.example/l/message/kanarie/{{id}}",
              "from": {{(isSystem ? "null" : number == 5 ? Identities.Bot(seed % 7) : Identities.Set(author))}},
              "body": {"contentType": "html",
              "content": "{{(isSystem ? "<systemEventMessage/>" : isDeleted ? "" : $"<div>Dear <at id=\\\"0\\\">{other.Name}</at>, Kanarie is late</div>")}}"},
              "policyViolation": {{(number == 6 ? PolicyViolation : "null")}},
              "eventDetail": {{(isSystem ? EventDetails.Of(number - Written, author) : "null")}},
              "attachments": [{{(number % 3 == 0 && !isSystem ? Attachments(id) : "")}}],
              "mentions": [{{(isSystem || isDeleted ? "" : Mentions(number, other))}}],
              "reactions": [{{(number % 2 == 0 && !isSystem ? Reaction(other, time) : "")}}],
              "messageHistory": [{{(number == 2 ? $$"""{"modifiedDateTime": "{{Synthetic.Stamp(time.AddMinutes(2))}}", "actions": "reactionAdded", "reaction": {{Reaction(other, time)}}}""" : "")}}]
            }
            """);
    }

    private const string PolicyViolation = """
        {
          "dlpAction": "notifySender,blockAccess", "justificationText": "Kanarie must know", "userAction": "override",
          "verdictDetails": "allowOverrideWithJustification",
          "policyTip": {"generalText": "Kanarie wrote of a card", "complianceUrl": "https://contoso.example/kanarie",
          "matchedConditionDescriptions": ["Credit card of Kanarie"]}
        }
        """;

    private static string Attachments(string id) => $$"""
        {"id": "att{{id}}", "contentType": "reference", "contentUrl": "https://contoso.example/sites/kanarie/plan.docx", "content": null, "name": "Kanarie plan.docx",
          "thumbnailUrl": "https://contoso.example/kanarie.png", "teamsAppId": null},
        {"id": "card{{id}}", "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null,
          "content": "{\"type\": \"AdaptiveCard\", \"text\": \"Kanarie agrees\"}", "name": null, "thumbnailUrl": null,
          "teamsAppId": "d0000000-5fad-4d73-a9f5-00000000000a"}
        """;

    private static string Mentions(int number, Person other)
    {
        var person = $$"""
            {"id": 0, "mentionText": "{{other.Name}}", "mentioned": {"application": null, "device": null, "conversation": null, "tag": null, "user": {{Identities.User(other)}} } }
            """;
        return number % 3 == 1 ? person + ChannelMention : person;
    }

    private const string ChannelMention = """
        , {
          "id": 1, "mentionText": "Kanarie channel",
          "mentioned": {
            "application": null, "device": null, "user": null, "tag": null,
            "conversation": {"id": "19:general@thread.tacv2", "displayName": "Kanarie channel", "conversationIdentityType": "channel"}
          }
        }
        """;

    private static string Reaction(Person who, DateTimeOffset time) => $$"""
        {
          "reactionType": "like", "displayName": "Kanarie thumbs up", "reactionContentUrl": "https://teams.example/kanarie/reaction.png", "createdDateTime": "{{Synthetic.Stamp(time.AddMinutes(1))}}",
          "user": {"application": null, "device": null, "user": {{Identities.User(who)}} }
        }
        """;

    private static IEnumerable<JsonObject> Replies(JsonObject message)
    {
        for (var number = 0; number < 2; number++)
        {
            var reply = (JsonObject)message.DeepClone();
            reply["replyToId"] = (string?)message["id"];
            reply["id"] = (string?)message["id"] + number.ToString(CultureInfo.InvariantCulture);
            yield return reply;
        }
    }
}
