using Psoxy.Emulator.Graph;

namespace Psoxy.Emulator.Entra.Directory;

/// <summary><c>/servicePrincipals</c>.</summary>
internal sealed class PrincipalRoutes(TenantDirectory directory)
{
    public DirectoryAnswer Answer(DirectoryRequest request, string[] path)
    {
        if (request.Method == "GET") request.Caller.MustRead();
        return (request.Method, path) switch
        {
            ("GET", []) => new(200, request.List(directory.Principals.Where(principal => principal.Unseen == 0).Select(principal => principal.Body), "servicePrincipals")),
            ("POST", []) => Create(request),
            ("GET", [var key]) => new(200, request.Entity(Find(key).Body, "servicePrincipals")),
            ("PATCH", [var key]) => Patch(request, Find(key)),
            ("DELETE", [var key]) => Delete(request, Find(key)),
            ("GET", [var key, "appRoleAssignments"]) => new(200, request.List(Find(key).Assignments, "appRoleAssignments")),
            ("GET", [var key, "appRoleAssignedTo"]) => new(200, request.List(AssignedTo(Find(key)), "appRoleAssignments")),
            ("POST", [_, "appRoleAssignments" or "appRoleAssignedTo"]) => Grant(request),
            ("DELETE", [var key, "appRoleAssignments", var id]) => Revoke(request, Find(key), id),
            (_, [var key, "owners", .. var rest]) => new OwnerRoutes(Find(key).Owners).Answer(request, rest),
            _ => throw DirectoryRequest.Bad("Resource not found for the segment."),
        };
    }

    private DirectoryAnswer Create(DirectoryRequest request)
    {
        var appId = request.Text("appId");
        var application = directory.Applications.Find(application => application.AppId == appId);
        if (application is null || application.Unseen > 0)
        {
            if (application is not null) application.Unseen--;
            throw DirectoryRequest.Bad($"The appId '{appId}' of the service principal does not reference a valid application object.");
        }

        request.Caller.MustWrite(application.Owners);
        if (directory.Principals.Exists(principal => principal.AppId == appId))
            throw new GraphErrorException(409, "Request_MultipleObjectsWithSameKeyValue", $"The service principal cannot be created, updated, or restored because the service principal name {appId} is already in use.");
        var principal = directory.AddPrincipal(appId, (string)application.Body["displayName"]!);
        if (request.Caller.BecomesOwner) principal.Owners.Add(request.Caller.ObjectId);
        principal.Unseen = directory.Lag;
        return new(201, request.Entity(principal.Body, "servicePrincipals"));
    }

    private static DirectoryAnswer Patch(DirectoryRequest request, DirectoryPrincipal principal)
    {
        request.Caller.MustWrite(principal.Owners);
        foreach (var (name, value) in request.Json) principal.Body[name] = value?.DeepClone();
        return DirectoryAnswer.NoContent;
    }

    private DirectoryAnswer Delete(DirectoryRequest request, DirectoryPrincipal principal)
    {
        request.Caller.MustWrite(principal.Owners);
        directory.Principals.Remove(principal);
        return DirectoryAnswer.NoContent;
    }

    private DirectoryAnswer Grant(DirectoryRequest request)
    {
        request.Caller.MustGrant();
        var principal = Find(request.Text("principalId"));
        var role = request.Text("appRoleId");
        if (request.Text("resourceId") != directory.Graph.Id || GraphRoles.NameOf(role) is null) throw DirectoryRequest.Bad("Permission being assigned was not found on application.");
        if (principal.Assignments.Exists(assignment => (string?)assignment["appRoleId"] == role)) throw DirectoryRequest.Bad("Permission being assigned already exists on the object");
        return new(201, request.Entity(directory.Assign(principal, role), "appRoleAssignments"));
    }

    private static DirectoryAnswer Revoke(DirectoryRequest request, DirectoryPrincipal principal, string id)
    {
        request.Caller.MustGrant();
        return principal.Assignments.RemoveAll(assignment => (string?)assignment["id"] == id) > 0 ? DirectoryAnswer.NoContent : throw DirectoryRequest.Missing(id);
    }

    private IEnumerable<System.Text.Json.Nodes.JsonObject> AssignedTo(DirectoryPrincipal resource) =>
        directory.Principals.SelectMany(principal => principal.Assignments).Where(assignment => (string?)assignment["resourceId"] == resource.Id);

    private DirectoryPrincipal Find(string key)
    {
        var principal = directory.Principals.Find(principal => key == principal.Id || key == $"appId={principal.AppId}") ?? throw DirectoryRequest.Missing(key);
        if (principal.Unseen == 0) return principal;
        principal.Unseen--;
        throw DirectoryRequest.Missing(key);
    }
}
