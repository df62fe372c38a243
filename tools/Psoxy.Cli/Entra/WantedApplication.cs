using System.Text.Json.Nodes;
using Psoxy.Cli.Deployment;
using Psoxy.Core.Connectors;

namespace Psoxy.Cli.Entra;

/// <summary>What a connector's application should be.</summary>
internal sealed record WantedApplication
{
    /// <summary>Issuer of Google's identity tokens, exactly so: a slash at the end is another issuer.</summary>
    public const string Issuer = "https://accounts.google.com";

    /// <summary>Whose accounts it is for: this tenant's.</summary>
    public const string Audience = "AzureADMyOrg";

    // Nobody has use for it among their apps.
    private const string Hidden = "HideApp";

    public required Connector Connector { get; init; }

    /// <summary>Name in the tenant, never changed; also of the federated credential.</summary>
    public required string UniqueName { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>What tells that an application was made for this deployment.</summary>
    public required string Tag { get; init; }

    /// <summary>Permissions by name, with their ids.</summary>
    public required IReadOnlyDictionary<string, string> Permissions { get; init; }

    /// <summary>Unique id of the service account; <c>null</c> where nobody knows it yet.</summary>
    public required string? Subject { get; init; }

    /// <summary>Whether that is because the account is still to be made.</summary>
    public bool AwaitsAccount { get; init; }

    /// <summary>Audience of the federated credential.</summary>
    public required string TokenAudience { get; init; }

    /// <summary>Its certificates; <c>null</c> where it has a federated credential.</summary>
    public WantedCertificate? Certificate { get; init; }

    /// <summary>Object ids.</summary>
    public required IReadOnlyList<string> Owners { get; init; }

    public IReadOnlyList<string> Tags => [Hidden, Tag];

    public static WantedApplication Of(DeploymentSettings settings, ConnectorSettings connector, GraphPermissions permissions, string? subject, IReadOnlyList<string> owners) => new()
    {
        Connector = connector.Connector,
        UniqueName = settings.UniqueNameOf(connector),
        DisplayName = $"Psoxy {connector.Connector.DisplayName} ({settings.Project})",
        Tag = TagOf(settings),
        Permissions = connector.Permissions.ToDictionary(role => role.Name, role => permissions.IdOf(role.Name)),
        Subject = subject,
        TokenAudience = settings.Audience,
        Certificate = CertificateOf(settings, connector),
        Owners = owners,
    };

    /// <summary>The certificates that a connector should have, or <c>null</c>.</summary>
    public static WantedCertificate? CertificateOf(DeploymentSettings settings, ConnectorSettings connector) =>
        connector.Credential == CredentialKind.Certificate ? new(settings.CertificateSecretOf(connector), connector.Certificate) : null;

    /// <summary>The tag of all applications of a deployment.</summary>
    public static string TagOf(DeploymentSettings settings) => $"psoxy:{settings.Prefix}-{settings.Project}";

    /// <summary>What it asks for: its permissions and nothing else.</summary>
    public JsonArray RequiredResourceAccess() => new(new JsonObject
    {
        ["resourceAppId"] = GraphPermissions.AppId,
        ["resourceAccess"] = new JsonArray([.. Permissions.Values.Select(id => (JsonNode)new JsonObject { ["id"] = id, ["type"] = "Role" })]),
    });

    /// <summary>The federated credential's values.</summary>
    public JsonObject Credential() => new()
    {
        ["issuer"] = Issuer,
        ["subject"] = Subject,
        ["audiences"] = new JsonArray(TokenAudience),
        ["description"] = "The service account of the connector's function on Google Cloud.",
    };

    public bool Accepts(FederatedCredential credential) => credential.Issuer == Issuer && credential.Subject == Subject && credential.Audience == TokenAudience;
}
