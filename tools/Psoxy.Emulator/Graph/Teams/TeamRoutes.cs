using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Routing;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>Teams, channels, chats and messages.</summary>
internal static class TeamRoutes
{
    private static readonly PageSize MessagePages = new(20, 50);
    private static readonly string[] ChannelMessages = ["ChannelMessage.Read.All"];
    private static readonly string[] Chats = ["Chat.Read.All", "Chat.ReadBasic.All"];

    public static IEnumerable<Route> Of(Tenant tenant)
    {
        var room = tenant.Teams;
        int Team(GraphRequest request) => room.NumberOf(request["team"]) ?? throw request.Workload.Missing(request["team"]);
        IReadOnlyList<JsonObject> Messages(GraphRequest request) => room.Messages(Team(request), request["channel"]) ?? throw request.Workload.Missing(request["channel"]);
        string Channel(GraphRequest request) => $"teams('{request["team"]}')/channels('{Uri.EscapeDataString(request["channel"])}')/messages";
        return
        [
            Route("teams", ["Team.ReadBasic.All"], request => request.Page(room.Teams, room.Team, "teams", new PageSize(1000, 1000))),
            Route("teams/{team}", ["Team.ReadBasic.All"], request => request.Entity(room.Teams.Single(team => (string?)team["id"] == Synthetic.Id(2, Team(request))), room.Team, "teams/$entity")),
            Route("teams/{team}/allChannels", ["Channel.ReadBasic.All"], request => request.Page(TeamRoom.Channels(Team(request)), room.Channel, $"teams('{request["team"]}')/allChannels", new PageSize(1000, 1000))),
            Route("teams/{team}/channels/{channel}/messages", ChannelMessages, request => request.Page(Messages(request).Where(message => message["replyToId"] is null).Reverse(), ChatMessageData.Type, Channel(request), MessagePages)),
            Route("teams/{team}/channels/{channel}/messages/delta", ChannelMessages, request => new MessageDelta(tenant.Deltas).Page(request, Messages(request))),
            Route("users/{user}/chats", Chats, request =>
            {
                var owner = tenant.Directory.Find(request["user"]) ?? throw request.Workload.Missing(request["user"]);
                return request.Page(room.Chats.Where(chat => chat.People.Any(person => person.Index == owner.Index)).Select(chat => chat.Json()), room.Chat, $"users('{request["user"]}')/chats", MessagePages);
            }),
            Route("chats/{chat}/messages", ["Chat.Read.All"], request =>
            {
                var chat = room.Find(request["chat"]) ?? throw request.Workload.Missing(request["chat"]);
                return request.Page(room.Messages(chat).Reverse(), ChatMessageData.Type, $"chats('{Uri.EscapeDataString(chat.Id)}')/messages", MessagePages);
            }),
        ];
    }

    private static Route Route(string template, IReadOnlyList<string> anyOf, Func<GraphRequest, JsonObject> answer) => new(Workload.Teams, template, anyOf, answer);
}
