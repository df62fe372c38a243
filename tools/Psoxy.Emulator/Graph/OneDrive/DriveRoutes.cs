using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Routing;

namespace Psoxy.Emulator.Graph.OneDrive;

/// <summary>Drives, their changes, and the activities in them.</summary>
internal static class DriveRoutes
{
    private static readonly PageSize ActivityPages = new(20, 999);
    private static readonly string[] Read = ["Files.Read.All", "Sites.Read.All"];

    public static IEnumerable<Route> Of(Tenant tenant)
    {
        var room = tenant.Drives;
        var delta = new DriveDelta(tenant.Deltas, room.Item);
        DriveLog Log(GraphRequest request) => room.Log(request["drive"]) ?? throw request.Workload.Missing(request["drive"]);
        return
        [
            Route("users/{user}/drives", request =>
            {
                var owner = tenant.Directory.Find(request["user"]) ?? throw request.Workload.Missing(request["user"]);
                if (owner.IsGuest) throw new GraphErrorException(404, "ResourceNotFound", "User's mysite not found, Kanarie.");
                return request.Page([room.DriveOf(new(false, owner.Index))], room.Drive, "drives");
            }),
            Route("groups/{group}/drives", request =>
            {
                var group = tenant.Directory.FindGroup(request["group"]) ?? throw request.Workload.Missing(request["group"]);
                return request.Page([room.DriveOf(new(true, Directory.DirectoryRoom.NumberOf(group)))], room.Drive, "drives");
            }),
            Route("drives/{drive}/root/delta", request => delta.Page(request, Log(request))),
            Route("drives/{drive}/root/delta(token={token})", request => delta.Page(request, Log(request))),
            Route("drives/{drive}/activities", request => request.Page(room.Activities(request["drive"], Log(request).Changes(0, 1)[0]), room.Activity, $"drives('{request["drive"]}')/activities", ActivityPages)),
            Route("drives/{drive}/items/{item}/activities", request =>
            {
                var item = Log(request).Find(request["item"]) ?? throw request.Workload.Missing(request["item"]);
                return request.Page(room.Activities(request["drive"], item), room.Activity, $"drives('{request["drive"]}')/items('{request["item"]}')/activities", ActivityPages);
            }),
        ];
    }

    private static Route Route(string template, Func<GraphRequest, JsonObject> answer) => new(Workload.Files, template, Read, answer);
}
