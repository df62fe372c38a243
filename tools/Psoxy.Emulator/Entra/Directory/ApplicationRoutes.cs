using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph;

namespace Psoxy.Emulator.Entra.Directory;

/// <summary><c>/applications</c>.</summary>
internal sealed class ApplicationRoutes(TenantDirectory directory)
{
    private static readonly string[] Writable = ["displayName", "signInAudience", "tags", "requiredResourceAccess", "keyCredentials", "notes", "description"];

    /// <param name="request">What is asked.</param>
    /// <param name="path">Segments below <c>/applications</c>; a key in parentheses is the first.</param>
    public DirectoryAnswer Answer(DirectoryRequest request, string[] path) => (request.Method, path) switch
    {
        ("GET", []) => List(request),
        ("POST", []) => Create(request, null),
        ("PATCH", [var key]) => Patch(request, key),
        ("GET", [var key]) => Get(request, key),
        ("DELETE", [var key]) => Delete(request, key),
        ("POST", [var key, "removePassword"]) => RemovePassword(request, Find(key)),
        (_, [var key, "federatedIdentityCredentials", .. var rest]) => new CredentialRoutes(Find(key)).Answer(request, rest),
        (_, [var key, "owners", .. var rest]) => new OwnerRoutes(Find(key).Owners).Answer(request, rest),
        _ => throw DirectoryRequest.Bad("Resource not found for the segment."),
    };

    private DirectoryAnswer List(DirectoryRequest request)
    {
        request.Caller.MustRead();
        return new(200, request.List(directory.Applications.Where(application => application.Unseen == 0).Select(application => KeyCredentials.Hide(application.Body)), "applications"));
    }

    private DirectoryAnswer Get(DirectoryRequest request, string key)
    {
        request.Caller.MustRead();
        var body = Find(key).Body;
        return new(200, request.Entity(request.Query.Select.Contains("keyCredentials", StringComparer.OrdinalIgnoreCase) ? body : KeyCredentials.Hide(body), "applications"));
    }

    private DirectoryAnswer Create(DirectoryRequest request, string? uniqueName)
    {
        request.Caller.MustCreate(directory.MembersMayRegister);
        var name = request.Text("displayName");
        if (request.Json["passwordCredentials"] is JsonArray { Count: > 0 }) throw DirectoryRequest.Bad("Property passwordCredentials is read-only and cannot be set.");
        var application = directory.Make(Guid.NewGuid().ToString("D"), Guid.NewGuid().ToString("D"), name);
        application.Body["uniqueName"] = uniqueName;

        // What an application is for where nobody says so: everybody, with whatever account.
        application.Body["signInAudience"] = "AzureADandPersonalMicrosoftAccount";
        Set(application, request.Json);
        if (request.Caller.BecomesOwner) application.Owners.Add(request.Caller.ObjectId);
        application.Unseen = directory.Lag;
        return new(201, request.Entity(KeyCredentials.Hide(application.Body), "applications"));
    }

    private DirectoryAnswer Patch(DirectoryRequest request, string key)
    {
        var application = directory.Applications.Find(application => key == $"uniqueName={application.UniqueName}" || key == application.Id || key == $"appId={application.AppId}");
        if (application is null && request.CreatesIfMissing && key.StartsWith("uniqueName=", StringComparison.Ordinal)) return Create(request, key["uniqueName=".Length..]);

        // The name is unique everywhere at once; other keys lag.
        if (application is null || !key.StartsWith("uniqueName=", StringComparison.Ordinal)) application = Find(key);
        request.Caller.MustWrite(application.Owners);
        Set(application, request.Json);
        return DirectoryAnswer.NoContent;
    }

    private DirectoryAnswer Delete(DirectoryRequest request, string key)
    {
        var application = Find(key);
        request.Caller.MustWrite(application.Owners);
        directory.Applications.Remove(application);
        directory.Principals.RemoveAll(principal => principal.AppId == application.AppId);
        directory.Deleted.Add(application);
        return DirectoryAnswer.NoContent;
    }

    private static DirectoryAnswer RemovePassword(DirectoryRequest request, DirectoryApplication application)
    {
        request.Caller.MustWrite(application.Owners);
        var passwords = (JsonArray)application.Body["passwordCredentials"]!;
        var password = passwords.FirstOrDefault(password => (string?)password!["keyId"] == request.Text("keyId")) ?? throw DirectoryRequest.Bad("No password credential found with keyId.");
        passwords.Remove(password);
        return DirectoryAnswer.NoContent;
    }

    private DirectoryApplication Find(string key)
    {
        var application = directory.Applications.Find(application => key == application.Id || key == $"appId={application.AppId}" || key == $"uniqueName={application.UniqueName}") ?? throw DirectoryRequest.Missing(key);
        if (application.Unseen == 0) return application;
        application.Unseen--;
        throw DirectoryRequest.Missing(key);
    }

    private void Set(DirectoryApplication application, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (!Writable.Contains(name)) throw DirectoryRequest.Bad($"Property '{name}' is read-only and cannot be set.");
            if (name == "requiredResourceAccess") Check(value as JsonArray ?? throw DirectoryRequest.Bad("requiredResourceAccess"));
        }

        foreach (var (name, value) in changes)
        {
            application.Body[name] = name == "keyCredentials"
                ? KeyCredentials.Replace((JsonArray)application.Body[name]!, value as JsonArray ?? throw DirectoryRequest.Bad(name), directory.MostCertificateDays)
                : value?.DeepClone();
        }
    }

    private static void Check(JsonArray access)
    {
        foreach (var permission in access.Where(resource => (string?)resource!["resourceAppId"] == GraphRoles.AppId).SelectMany(resource => resource!["resourceAccess"]!.AsArray()))
            if ((string?)permission!["type"] == "Role" && GraphRoles.NameOf((string?)permission["id"]) is null) throw new GraphErrorException(400, "CannotDeleteOrUpdateEnabledEntitlement", "Invalid value specified for property 'resourceAccess'.");
    }
}
