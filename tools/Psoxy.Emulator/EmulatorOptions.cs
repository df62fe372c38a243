using Psoxy.Emulator.Google;

namespace Psoxy.Emulator;

/// <summary>What is emulated.</summary>
public sealed record EmulatorOptions
{
    /// <summary>People in the tenant.</summary>
    public int People { get; init; } = 25;

    /// <summary>Groups in the tenant.</summary>
    public int Groups { get; init; } = 6;

    /// <summary>Messages that each person has sent.</summary>
    public int SentMessages { get; init; } = 12;

    /// <summary>Whether mail and events come with all that there is, as they would if somebody granted or asked for more: bodies, headers, extensions, extended properties.</summary>
    public bool FullMessages { get; init; } = true;

    /// <summary>Whether a Teams administrator granted an application access policy, without which online meetings answer 403.</summary>
    public bool HasApplicationAccessPolicy { get; init; } = true;

    /// <summary>The roles consented to for every application; each connector's own by default.</summary>
    public IReadOnlyList<string>? GrantedRoles { get; init; }

    /// <summary>Seconds for which Graph tokens are good.</summary>
    public int GraphTokenSeconds { get; init; } = 3599;

    /// <summary>The Entra tenant.</summary>
    public string TenantId { get; init; } = Guid.NewGuid().ToString("D");

    /// <summary>The application (client) id of Outlook Mail's; the other connectors' applications have ids of their own.</summary>
    public string ClientId { get; init; } = Guid.NewGuid().ToString("D");

    /// <summary>The application's object id, which people take for the client id.</summary>
    public string ObjectId { get; init; } = Guid.NewGuid().ToString("D");

    /// <summary>The function's service account.</summary>
    public string ServiceAccountEmail { get; init; } = "psoxy-outlook-mail@psoxy-emulator.iam.gserviceaccount.com";

    /// <summary>Its unique id: the subject of its identity tokens.</summary>
    public string ServiceAccountUniqueId { get; init; } = "104817236459182736451";

    /// <summary>Issuer of identity tokens.</summary>
    public string IdentityIssuer { get; init; } = "https://accounts.google.com";

    /// <summary>Issuer that the federated credential expects.</summary>
    public string CredentialIssuer { get; init; } = "https://accounts.google.com";

    /// <summary>Subject that the federated credential expects; the service account's where <c>null</c>.</summary>
    public string? CredentialSubject { get; init; }

    /// <summary>Audience that the federated credential expects.</summary>
    public string CredentialAudience { get; init; } = "api://AzureADTokenExchange";

    /// <summary>Whether a policy of the tenant lets applications have federated credentials.</summary>
    public bool AllowsFederation { get; init; } = true;

    /// <summary>Whether the application has a service principal.</summary>
    public bool HasServicePrincipal { get; init; } = true;

    /// <summary>Whether the enterprise application is disabled.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Whether Secret Manager is behind TLS, as Google's is; then a client shows it a token of the metadata server's.</summary>
    public bool HasSecureSecretManager { get; init; }

    /// <summary>Google's control plane.</summary>
    public CloudOptions Cloud { get; init; } = new();

    /// <summary>Ports of metadata server, Entra, Graph, Secret Manager and Google's control plane, in this order; 0 takes a free one.</summary>
    public (int Metadata, int Entra, int Graph, int SecretManager, int Cloud) Ports { get; init; }
}
