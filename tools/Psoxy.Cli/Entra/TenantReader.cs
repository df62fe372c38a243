using System.Text.Json.Nodes;

namespace Psoxy.Cli.Entra;

/// <summary>Reads applications with all that hangs on them.</summary>
internal sealed class TenantReader(GraphApi api)
{
    private const string Select = "$select=id,appId,uniqueName,displayName,signInAudience,tags,requiredResourceAccess,passwordCredentials,keyCredentials";

    /// <summary>The application of a client id, or <c>null</c>.</summary>
    public Task<TenantApplication?> ByClientIdAsync(string clientId, CancellationToken cancellation) => FindAsync($"(appId='{clientId}')", cancellation);

    /// <summary>The application of an object id, or <c>null</c>.</summary>
    public Task<TenantApplication?> ByObjectIdAsync(string objectId, CancellationToken cancellation) => FindAsync($"/{objectId}", cancellation);

    /// <summary>The application of a unique name, or <c>null</c>.</summary>
    public Task<TenantApplication?> ByUniqueNameAsync(string uniqueName, CancellationToken cancellation) => FindAsync($"(uniqueName='{uniqueName}')", cancellation);

    /// <summary>Client id behind the object id of a service principal ("enterprise application"), or <c>null</c>.</summary>
    public async Task<string?> ClientIdOfPrincipalAsync(string objectId, CancellationToken cancellation)
    {
        var answer = await api.GetAsync($"/servicePrincipals/{objectId}?$select=id,appId", cancellation);
        return answer.IsSuccess ? (string?)answer.Body?["appId"] : answer.IsMissing ? null : throw GraphRefusal.Of(answer, "read a service principal");
    }

    /// <summary>Applications with a tag: what was made for a deployment.</summary>
    public async Task<IReadOnlyList<TenantApplication>> TaggedAsync(string tag, CancellationToken cancellation) =>
        [.. (await api.ListAsync($"/applications?$filter={Uri.EscapeDataString($"tags/any(t:t eq '{tag}')")}&{Select}", "the tenant's applications", cancellation)).Select(TenantApplication.Of)];

    private async Task<TenantApplication?> FindAsync(string key, CancellationToken cancellation)
    {
        var answer = await api.GetAsync($"/applications{key}?{Select}", cancellation);
        if (answer.IsMissing) return null;
        if (!answer.IsSuccess || answer.Body is not { } body) throw GraphRefusal.Of(answer, "read an application");
        return await WholeAsync(TenantApplication.Of(body), cancellation);
    }

    /// <summary>The same with credentials, owners and service principal.</summary>
    private async Task<TenantApplication> WholeAsync(TenantApplication application, CancellationToken cancellation) => application with
    {
        Credentials = [.. (await api.ListAsync($"/applications/{application.ObjectId}/federatedIdentityCredentials", "federated credentials", cancellation)).Select(Credential)],
        Owners = await OwnersAsync(application.ObjectId, cancellation),
        Principal = await PrincipalAsync(application.ClientId, cancellation),
    };

    public async Task<IReadOnlyList<string>> OwnersAsync(string objectId, CancellationToken cancellation) =>
        [.. (await api.ListAsync($"/applications/{objectId}/owners?$select=id", "owners", cancellation)).Select(owner => (string)owner["id"]!)];

    public async Task<TenantPrincipal?> PrincipalAsync(string clientId, CancellationToken cancellation)
    {
        var answer = await api.GetAsync($"/servicePrincipals(appId='{clientId}')?$select=id,appId,accountEnabled", cancellation);
        if (answer.IsMissing) return null;
        if (!answer.IsSuccess || answer.Body is not { } principal) throw GraphRefusal.Of(answer, "read a service principal");
        var id = (string)principal["id"]!;
        var grants = await api.GetAsync($"/servicePrincipals/{id}/appRoleAssignments", cancellation);

        // Seconds after it was made one replica knows it and another does not; it was granted nothing yet.
        if (grants.IsMissing) return new(id, true, []);
        return new(id, (bool?)principal["accountEnabled"] != false, [.. (await api.ListAsync($"/servicePrincipals/{id}/appRoleAssignments", "grants", cancellation)).Select(Grant)]);
    }

    private static GrantedPermission Grant(JsonObject grant) => new((string?)grant["id"] ?? "", (string?)grant["appRoleId"] ?? "", (string?)grant["resourceId"] ?? "", (string?)grant["resourceDisplayName"] ?? "");

    private static FederatedCredential Credential(JsonObject credential) => new(
        (string?)credential["id"] ?? "",
        (string?)credential["name"] ?? "",
        (string?)credential["issuer"] ?? "",
        (string?)credential["subject"] ?? "",
        string.Join(' ', (credential["audiences"] as JsonArray ?? []).Select(audience => (string?)audience)));
}
