using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Routing;

namespace Psoxy.Emulator.Graph.Directory;

/// <summary>Users, groups and members.</summary>
internal static class DirectoryRoutes
{
    private static readonly string[] Users = ["User.Read.All", "Directory.Read.All"];
    private static readonly string[] Groups = ["Group.Read.All", "GroupMember.Read.All", "Directory.Read.All"];

    public static IEnumerable<Route> Of(Tenant tenant)
    {
        var directory = tenant.Directory;
        JsonObject Group(GraphRequest request) => directory.FindGroup(request["group"]) ?? throw request.Workload.Missing(request["group"]);
        return
        [
            Route("users", Users, request => request.Page(directory.Users, directory.User, "users")),
            Route("users/{user}", Users, request => request.Entity(directory.Users[(directory.Find(request["user"]) ?? throw request.Workload.Missing(request["user"])).Index], directory.User, "users/$entity")),
            Route("groups", Groups, request => request.Page(directory.Groups, directory.Group, "groups")),
            Route("groups/{group}", Groups, request => request.Entity(Group(request), directory.Group, "groups/$entity")),
            Route("groups/{group}/members", Groups, request => request.Page(Seen(request, directory.MembersOf(Group(request))), directory.User, "directoryObjects")),
            .. from type in (string[])["user", "group", "device"]
               select Route($"groups/{{group}}/members/microsoft.graph.{type}", Groups, request =>
                   request.Page(Seen(request, directory.MembersOf(Group(request)).Where(member => (string?)member["@odata.type"] == "#microsoft.graph." + type)), directory.User, type + "s")),
        ];
    }

    private static Route Route(string template, IReadOnlyList<string> anyOf, Func<GraphRequest, JsonObject> answer) => new(Workload.Directory, template, anyOf, answer);

    // Who may read groups but not users sees of a member that it is there, and no more.
    private static IEnumerable<JsonObject> Seen(GraphRequest request, IEnumerable<JsonObject> members) => members.Select(member =>
        Users.Any(request.MayUse) || (string?)member["@odata.type"] != "#microsoft.graph.user"
            ? member
            : new JsonObject(member.Select(property => KeyValuePair.Create(property.Key, property.Key is "@odata.type" or "id" ? property.Value?.DeepClone() : null))));
}
