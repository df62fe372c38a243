using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Settings;

namespace Psoxy.Gcp.Options;

/// <summary>Configuration of a function, checked (docs/configuration.md).</summary>
internal sealed record ProxyOptions
{
    /// <summary>Time that is left of the platform's limit for our own answer.</summary>
    public static readonly TimeSpan HeadRoom = TimeSpan.FromSeconds(10);

    /// <summary><c>TENANT_ID</c>, or the tenant of <c>REFRESH_ENDPOINT</c>: a GUID or a domain.</summary>
    public string TenantId { get; init; } = "";

    /// <summary><c>CLIENT_ID</c>: a GUID.</summary>
    public string ClientId { get; init; } = "";

    /// <summary><c>AUDIENCE</c> of the federated credential.</summary>
    public string Audience { get; init; } = "api://AzureADTokenExchange";

    /// <summary><c>CLIENT_CERTIFICATE</c>: a secret version's name, or certificate and private key as PEM; empty for a federated credential.</summary>
    public string ClientCertificate { get; init; } = "";

    /// <summary>Entra's host, with a port where it is not 443. Always https.</summary>
    public string LoginHost { get; init; } = MicrosoftCloud.Global.LoginHost;

    /// <summary>Graph's host, with a port where it is not 443. Always https.</summary>
    public string GraphHost { get; init; } = MicrosoftCloud.Global.GraphHost;

    /// <summary>What the token is asked for: the cloud's own Graph, whatever <c>TARGET_HOST</c> says.</summary>
    public string Scope { get; init; } = MicrosoftCloud.Global.Scope;

    /// <summary><c>PSOXY_SALT</c>: a secret version's name, or the salt.</summary>
    public string Salt { get; init; } = "";

    /// <summary><c>PSOXY_ENCRYPTION_KEY</c>: a secret version's name, or the key.</summary>
    public string EncryptionKey { get; init; } = "";

    /// <summary><c>SECRET_MANAGER_ENDPOINT</c>; <c>null</c> for Google's.</summary>
    public Uri? SecretManagerEndpoint { get; init; }

    /// <summary><c>EMAIL_CANONICALIZATION</c> and <c>EMAIL_DOMAIN_HANDLING</c>.</summary>
    public PseudonymOptions Pseudonyms { get; init; } = new();

    /// <summary><c>PSEUDONYMIZE_APP_IDS</c>.</summary>
    public bool PseudonymizeAppIds { get; init; }

    /// <summary><c>NO_GROUPS</c>: the groups' endpoints are not allowed at all.</summary>
    public bool NoGroups { get; init; }

    /// <summary><c>NO_ORIGINALS</c>: a group's address goes out as a pseudonym only.</summary>
    public bool NoOriginals { get; init; }

    /// <summary>The flags of the rules file that are on.</summary>
    public ImmutableHashSet<string> Variant =>
    [
        .. PseudonymizeAppIds ? ["pseudonymizeAppIds"] : (string[])[],
        .. NoGroups ? ["noGroups"] : (string[])[],
        .. NoOriginals ? ["noOriginals"] : (string[])[],
    ];

    /// <summary><c>RULES</c>; <c>null</c> for the connector's own.</summary>
    public string? Rules { get; init; }

    /// <summary><c>WARM_UP</c>: whether secrets and token are fetched at the start; else when a request needs them.</summary>
    public bool WarmUp { get; init; } = true;

    /// <summary><c>ALLOWED_DATA_ACCESS_IP_BLOCKS</c>; empty allows any.</summary>
    public ImmutableArray<IPNetwork> AllowedIpBlocks { get; init; } = [];

    /// <summary><c>CALLER_IP_HOP</c>: which entry of X-Forwarded-For, from the end, is the caller's; 1 to 10, 2.</summary>
    public int CallerIpHop { get; init; } = 2;

    /// <summary><c>ALLOWED_CALLERS</c>: addresses in lower case and unique ids, with the number of their entry. Empty asks nobody who it is.</summary>
    public FrozenDictionary<string, int> AllowedCallers { get; init; } = FrozenDictionary<string, int>.Empty;

    /// <summary><c>CALLER_AUDIENCES</c>: what a caller's token may be for; the same URL with and without a slash at its end.</summary>
    public FrozenSet<string> CallerAudiences { get; init; } = [];

    /// <summary>False where what is configured about callers is wrong: then nobody can be told from anybody, and no request is answered.</summary>
    public bool CanTellCallers { get; init; } = true;

    /// <summary><c>CALLER_KEYS_URL</c>: where the keys are that sign callers' tokens; Google's.</summary>
    public Uri CallerKeysUrl { get; init; } = new("https://www.googleapis.com/oauth2/v3/certs");

    /// <summary><c>REQUEST_PATH_PREFIX_TO_TRIM</c>.</summary>
    public string PathPrefix { get; init; } = "";

    /// <summary>The function's name, which the platform may leave in front of the path.</summary>
    public string FunctionName { get; init; } = "";

    /// <summary><c>REQUEST_TIMEOUT_SECONDS</c> less head-room; of 20 to 3,600 s.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(180) - HeadRoom;

    /// <summary><c>MAX_CONCURRENT_REQUESTS</c> in work at once: 1 to 1,000, 32. Each holds back up to <c>RESPONSE_BUFFER_BYTES</c>.</summary>
    public int MaxConcurrentRequests { get; init; } = 32;

    /// <summary><c>RETRY_WAIT_SECONDS</c>: how long after a first failure a call to Graph may be repeated, pauses included; 0 (never) to 60 s, 5 s.</summary>
    public TimeSpan RetryWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary><c>SOURCE_IDLE_SECONDS</c>: how long Graph may send nothing in the middle of an answer; 1 to 600 s, 30 s.</summary>
    public TimeSpan SourceIdle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>RESPONSE_BUFFER_BYTES</c>: 0 to 32 MiB.</summary>
    public int ResponseBufferBytes { get; init; } = 1 << 20;

    /// <summary><c>MAX_RESPONSE_BYTES</c> after decompression: 1 KiB to 16 GiB, 1 GiB.</summary>
    public long MaxResponseBytes { get; init; } = 1L << 30;

    /// <summary><c>GOOGLE_CLOUD_PROJECT</c>, or the project of the salt's secret: where Cloud Logging looks for traces. <c>null</c> if neither tells.</summary>
    public string? Project { get; init; }

    /// <summary><c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set: metrics and traces are sent there.</summary>
    public bool ExportsTelemetry { get; init; }

    /// <summary>Says nothing: some of it is secret.</summary>
    public override string ToString() => nameof(ProxyOptions);
}
