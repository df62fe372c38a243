using System.Text.Json.Nodes;
using Psoxy.Emulator.Google.Calls;

namespace Psoxy.Emulator.Google.ResourceManager;

/// <summary>The project over REST.</summary>
internal sealed class ProjectRoom(GoogleCloud cloud)
{
    private const string One = "/v1/projects/{project}";

    public void Map(CloudRoutes routes)
    {
        routes.Get(One, call => Allowed(call, "get").Show());
        routes.Post(One + ":getIamPolicy", call => Allowed(call, "getIamPolicy").Policy.Show());
        routes.Post(One + ":setIamPolicy", call => Allowed(call, "setIamPolicy").Policy.Replace(call.Body, cloud.Roles, cloud.Accounts));
        routes.Post(One + ":testIamPermissions", Test);
    }

    private Project Allowed(CloudCall call, string verb)
    {
        call.Demand("resourcemanager.projects." + verb);
        return cloud.Project;
    }

    private JsonObject Test(CloudCall call)
    {
        var held = (call.Body["permissions"] as JsonArray ?? []).Select(permission => (string?)permission ?? "").Where(permission => cloud.Roles.Grants(cloud.Project.Policy, call.Caller, permission)).ToList();
        return held.Count == 0 ? [] : new() { ["permissions"] = new JsonArray([.. held.Select(permission => (JsonNode)permission)]) };
    }
}
