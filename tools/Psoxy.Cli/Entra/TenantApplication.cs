using System.Text.Json.Nodes;

namespace Psoxy.Cli.Entra;

/// <summary>An application as the tenant has it.</summary>
internal sealed record TenantApplication
{
    public required string ObjectId { get; init; }

    public required string ClientId { get; init; }

    public string? UniqueName { get; init; }

    public required string DisplayName { get; init; }

    public string SignInAudience { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What it asks for, of any resource.</summary>
    public IReadOnlyList<RequestedPermission> Requested { get; init; } = [];

    public IReadOnlyList<FederatedCredential> Credentials { get; init; } = [];

    /// <summary>Key ids of its client secrets.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    public IReadOnlyList<TenantCertificate> Certificates { get; init; } = [];

    /// <summary>Object ids.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    /// <summary>Its service principal; <c>null</c> where it has none.</summary>
    public TenantPrincipal? Principal { get; init; }

    public static TenantApplication Of(JsonObject body) => new()
    {
        ObjectId = (string)body["id"]!,
        ClientId = (string)body["appId"]!,
        UniqueName = (string?)body["uniqueName"],
        DisplayName = (string?)body["displayName"] ?? "",
        SignInAudience = (string?)body["signInAudience"] ?? "",
        Tags = [.. Items(body, "tags").Select(tag => (string)tag!)],
        Requested =
        [
            .. from resource in Items(body, "requiredResourceAccess")
               from permission in Items(resource, "resourceAccess")
               select new RequestedPermission((string?)resource["resourceAppId"] ?? "", (string?)permission["id"] ?? "", (string?)permission["type"] ?? ""),
        ],
        Secrets = [.. Items(body, "passwordCredentials").Select(secret => (string?)secret["keyId"] ?? "")],
        Certificates = [.. Items(body, "keyCredentials").Select(TenantCertificate.Of)],
    };

    private static IEnumerable<JsonNode> Items(JsonNode parent, string name) => (parent[name] as JsonArray ?? []).OfType<JsonNode>();
}

/// <summary>A permission that an application asks for.</summary>
/// <param name="ResourceAppId">Of which API.</param>
/// <param name="Id">Which.</param>
/// <param name="Type"><c>Role</c> for its own, <c>Scope</c> for that of whoever signs in.</param>
internal sealed record RequestedPermission(string ResourceAppId, string Id, string Type);

/// <summary>A federated credential: whose tokens are as good as a secret.</summary>
internal sealed record FederatedCredential(string Id, string Name, string Issuer, string Subject, string Audience);

/// <summary>A service principal.</summary>
/// <param name="Id">Object id.</param>
/// <param name="IsEnabled">Whether it gets tokens.</param>
/// <param name="Grants">What was consented to.</param>
internal sealed record TenantPrincipal(string Id, bool IsEnabled, IReadOnlyList<GrantedPermission> Grants);

/// <summary>A grant.</summary>
/// <param name="Id">Of the grant.</param>
/// <param name="RoleId">Of the permission.</param>
/// <param name="ResourceId">Object id of the API's service principal.</param>
/// <param name="ResourceName">Its name.</param>
internal sealed record GrantedPermission(string Id, string RoleId, string ResourceId, string ResourceName);
