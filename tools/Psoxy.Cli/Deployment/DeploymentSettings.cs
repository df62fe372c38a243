using System.Collections.Immutable;
using System.Net;
using Psoxy.Core.Settings;

namespace Psoxy.Cli.Deployment;

/// <summary>What is to be deployed: the content of a <c>psoxy.yaml</c>, checked (docs/psoxy-yaml.md). Holds nothing secret.</summary>
internal sealed record DeploymentSettings
{
    /// <summary>Where the file lies if nobody says otherwise.</summary>
    public const string FileName = "psoxy.yaml";

    /// <summary>Google Cloud project id.</summary>
    public required string Project { get; init; }

    /// <summary>Region of the functions.</summary>
    public required string Region { get; init; }

    /// <summary>Entra tenant: a GUID or a verified domain.</summary>
    public required string Tenant { get; init; }

    /// <summary>Microsoft's cloud.</summary>
    public required MicrosoftCloud Cloud { get; init; }

    /// <summary>The connectors, in the order of the file.</summary>
    public required ImmutableArray<ConnectorSettings> Connectors { get; init; }

    /// <summary>Who may call: e-mails and unique ids. Empty: nobody.</summary>
    public ImmutableArray<string> Callers { get; init; } = [];

    /// <summary>What callers' tokens may be for, beside each function's own URL. Only where functions verify them.</summary>
    public ImmutableArray<string> CallerAudiences { get; init; } = [];

    /// <summary>Whether each function itself verifies callers' tokens, beside Cloud Run's IAM.</summary>
    public bool VerifyCallers { get; init; }

    /// <summary>Addresses that may call; empty allows any.</summary>
    public ImmutableArray<IPNetwork> IpBlocks { get; init; } = [];

    /// <summary>Owners of the Entra applications, by object id or user principal name.</summary>
    public ImmutableArray<string> Owners { get; init; } = [];

    /// <summary>First part of every name: functions, service accounts, secrets, applications.</summary>
    public string Prefix { get; init; } = "psoxy";

    /// <summary>Audience of the federated credential.</summary>
    public string Audience { get; init; } = "api://AzureADTokenExchange";

    /// <summary>How applications prove who they are, where a connector does not say.</summary>
    public CredentialKind Credential { get; init; }

    /// <summary>Secret version of the salt.</summary>
    public required string Salt { get; init; }

    /// <summary>Secret version of the encryption key.</summary>
    public required string EncryptionKey { get; init; }

    /// <summary><c>STRICT</c> or <c>IGNORE_DOTS</c>.</summary>
    public string EmailCanonicalization { get; init; } = "STRICT";

    /// <summary><c>PRESERVE</c>, <c>REDACT</c>, <c>TOKENIZE</c> or <c>ENCRYPT</c>.</summary>
    public string EmailDomainHandling { get; init; } = "PRESERVE";

    /// <summary>Memory of an instance, as gcloud takes it.</summary>
    public string Memory { get; init; } = "512Mi";

    /// <summary>Instances that are always there.</summary>
    public int MinInstances { get; init; }

    /// <summary>Instances at most.</summary>
    public int MaxInstances { get; init; } = 5;

    /// <summary>Seconds for a request.</summary>
    public int Timeout { get; init; } = 180;

    /// <summary>Further environment of every function.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The connector of an id or alias, or <c>null</c>.</summary>
    public ConnectorSettings? Find(string idOrAlias) => Connectors.FirstOrDefault(connector =>
        connector.Connector.Id.Equals(idOrAlias, StringComparison.OrdinalIgnoreCase) || connector.Connector.Aliases.Contains(idOrAlias, StringComparer.OrdinalIgnoreCase));

    /// <summary>Name of a connector's function, and id of its service account.</summary>
    public string NameOf(ConnectorSettings connector) => $"{Prefix}-{connector.Connector.Id}";

    /// <summary>Id of the secret that holds a connector's certificates and keys, a version each; names them in Entra, too.</summary>
    public string CertificateSecretOf(ConnectorSettings connector) => $"{NameOf(connector)}-certificate";

    /// <summary>E-mail of a connector's service account.</summary>
    public string ServiceAccountOf(ConnectorSettings connector) => $"{NameOf(connector)}@{Project}.iam.gserviceaccount.com";

    /// <summary>The URL that a function has by its name; Cloud Run gives it others, which are known once it runs.</summary>
    public string UrlOf(ConnectorSettings connector) => $"https://{Region}-{Project}.cloudfunctions.net/{NameOf(connector)}";

    /// <summary>Name by which the tenant knows a connector's application: set when it is made, and never changed.</summary>
    public string UniqueNameOf(ConnectorSettings connector) => $"{Prefix}-{Project}-{connector.Connector.Id}";

    /// <summary>Members of the role that lets call: callers known by e-mail. IAM takes no unique ids.</summary>
    public ImmutableArray<string> Invokers =>
    [
        .. Callers.Where(caller => caller.Contains('@', StringComparison.Ordinal))
            .Select(caller => (caller.EndsWith(".gserviceaccount.com", StringComparison.Ordinal) ? "serviceAccount:" : "user:") + caller),
    ];
}
