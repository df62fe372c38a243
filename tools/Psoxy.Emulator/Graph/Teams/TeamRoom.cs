using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>Teams, channels, chats and what is said in them, made when it is first asked for.</summary>
internal sealed class TeamRoom
{
    private readonly EmulatorOptions _options;
    private readonly Lazy<IReadOnlyList<Chat>> _chats;
    private readonly ConcurrentDictionary<string, IReadOnlyList<JsonObject>> _messages = new(StringComparer.Ordinal);

    public TeamRoom(EmulatorOptions options)
    {
        _options = options;
        _chats = new(() => Graph.Teams.Chat.All(options.People));
        var member = new EntityType("conversationMember");
        Channel = new EntityType(
            "channel",
            Navigation.Many("members", channel => TeamData.Members(Talking((string)channel["id"]!), (string)channel["id"]!), member),
            Navigation.One("filesFolder", _ => Synthetic.Shape("""{"id": "01kanariefolder", "name": "Kanarie files", "webUrl": "https://contoso.example/sites/kanarie/Shared"}""")));
        Chat = new EntityType(
            "chat",
            Navigation.Many("members", chat => Find((string)chat["id"]!) is { } found ? TeamData.Members(found.People, found.Id) : [], member),
            Navigation.One("lastMessagePreview", chat => Find((string)chat["id"]!) is { } found ? found.Preview(Messages(found)) : null));
    }

    /// <summary>Each group that is one of Microsoft 365's has a team.</summary>
    public IReadOnlyList<JsonObject> Teams => [.. Enumerable.Range(0, _options.Groups).Where(group => group % 3 != 1).Select(TeamData.Of)];

    public EntityType Team { get; } = new("team");

    public EntityType Channel { get; }

    public EntityType Chat { get; }

    public IReadOnlyList<Chat> Chats => _chats.Value;

    public Chat? Find(string chatId) => Chats.FirstOrDefault(chat => chat.Id == chatId);

    public int? NumberOf(string teamId) => Enumerable.Range(0, _options.Groups).Where(group => group % 3 != 1 && Synthetic.Id(2, group).Equals(teamId, StringComparison.OrdinalIgnoreCase)).Cast<int?>().FirstOrDefault();

    public static IReadOnlyList<JsonObject> Channels(int team) => [.. Enumerable.Range(0, TeamData.Channels).Select(channel => TeamData.Channel(team, channel))];

    /// <summary>What is said in a channel, or <c>null</c> where there is none.</summary>
    public IReadOnlyList<JsonObject>? Messages(int team, string channelId)
    {
        var channel = Enumerable.Range(0, TeamData.Channels).FirstOrDefault(number => TeamData.ChannelId(team, number) == channelId, -1);
        return channel < 0 ? null : _messages.GetOrAdd(channelId, id => ChatMessageData.Conversation(
            $$"""
            "chatId": null, "channelIdentity": {"teamId": "{{Synthetic.Id(2, team)}}", "channelId": "{{id}}"}
            """,
            1000 + (team * 10) + channel,
            Talking(id),
            systemMessages: channel == 0 ? EventDetails.Kinds : 3));
    }

    public IReadOnlyList<JsonObject> Messages(Chat chat) => _messages.GetOrAdd(chat.Id, _ => chat.Messages);

    private IReadOnlyList<Person> Talking(string channelId) => [.. Enumerable.Range(channelId[6] - '0', 4).Select(index => new Person(index % _options.People))];
}
