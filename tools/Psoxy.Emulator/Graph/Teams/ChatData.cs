using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.Teams;

internal enum ChatKind
{
    OneOnOne = 0,
    Group,
    Meeting,
}

/// <summary>A conversation outside teams; that of two people has both of their ids in its own.</summary>
internal sealed record Chat(ChatKind Kind, int Number, IReadOnlyList<Person> People)
{
    public string Id { get; } = Kind switch
    {
        ChatKind.OneOnOne => $"19:{People[0].Id}_{People[1].Id}@unq.gbl.spaces",
        ChatKind.Group => $"19:{Synthetic.Opaque("groupchat", Number)}@thread.v2",
        _ => $"19:meeting_{Synthetic.Opaque("", Number)}@thread.v2",
    };

    /// <summary>Every person talks with the next, in a group with the two after, and in a meeting.</summary>
    public static IReadOnlyList<Chat> All(int people)
    {
        Person At(int index) => new(index % people);
        return
        [
            .. Enumerable.Range(0, people).SelectMany(index => (Chat[])
            [
                new(ChatKind.OneOnOne, index, [At(index), At(index + 1)]),
                new(ChatKind.Group, index, [At(index), At(index + 1), At(index + 2)]),
                new(ChatKind.Meeting, index, [At(index), At(index + 3)]),
            ]),
        ];
    }

    public IReadOnlyList<JsonObject> Messages => ChatMessageData.Conversation($"\"chatId\": \"{Id}\", \"channelIdentity\": null", (Number * 3) + (int)Kind, People, systemMessages: EventDetails.Kinds);

    public JsonObject Json() => Synthetic.Shape($$"""
        {
          "id": "{{Id}}", "topic": {{(Kind == ChatKind.OneOnOne ? "null" : $"\"Kanarie topic {Number}\"")}}, "createdDateTime": "2026-02-01T08:00:00Z",
          "lastUpdatedDateTime": "{{Synthetic.Stamp(Synthetic.Epoch.AddHours(Number))}}",
          "chatType": "{{(Kind == ChatKind.OneOnOne ? "oneOnOne" : Kind == ChatKind.Group ? "group" : "meeting")}}",
          "webUrl": "https://teams.example/l/chat/kanarie/{{Number}}", "tenantId": "{{Synthetic.TenantId}}",
          "isHiddenForAllMembers": false, "migrationMode": null, "originalCreatedDateTime": null,
          "viewpoint": {"isHidden": false, "lastMessageReadDateTime": "2026-03-02T10:00:00Z"},
          "onlineMeetingInfo": {{(Kind != ChatKind.Meeting ? "null" : $$"""
          {"calendarEventId": "AAMkAGevent{{Number}}", "joinWebUrl": "https://teams.example/l/meetup-join/19%3ameeting_{{Number}}%40thread.v2/0?pwd=Kanarie",
            "organizer": {"id": "{{People[0].Id}}", "displayName": "{{People[0].Name}}", "userIdentityType": "aadUser"} }
          """)}}
        }
        """);

    /// <summary>The last message, as lists of chats show it.</summary>
    public JsonObject Preview(IReadOnlyList<JsonObject> messages)
    {
        var last = messages[(Number % 2) == 0 ? ChatMessageData.Written - 1 : ^1];
        return new JsonObject
        {
            ["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#users('kanarie')/chats/lastMessagePreview/$entity",
            ["id"] = (string?)last["id"],
            ["createdDateTime"] = (string?)last["createdDateTime"],
            ["isDeleted"] = false,
            ["messageType"] = (string?)last["messageType"],
            ["body"] = last["body"]?.DeepClone(),
            ["from"] = last["from"]?.DeepClone(),
            ["eventDetail"] = last["eventDetail"]?.DeepClone(),
        };
    }
}
