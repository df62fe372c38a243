using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Settings;

namespace Psoxy.Gcp.Options;

/// <summary>Reads the environment; tells all that is wrong in one go, in names and expectations, never in values that may be secret.</summary>
internal sealed class ProxyOptionsReader
{
    private readonly Func<string, string?> _environment;
    private readonly List<string> _problems = [];

    private ProxyOptionsReader(Func<string, string?> environment) => _environment = environment;

    public static (ProxyOptions Options, ImmutableArray<string> Problems) Read(Func<string, string?> environment)
    {
        var reader = new ProxyOptionsReader(environment);
        var options = reader.Read();
        var aboutCallers = reader._problems.Exists(problem => problem.StartsWith("ALLOWED_", StringComparison.Ordinal) || problem.StartsWith("CALLER_", StringComparison.Ordinal));
        return (options with { CanTellCallers = !aboutCallers }, [.. reader._problems]);
    }

    private ProxyOptions Read()
    {
        var cloud = MicrosoftCloud.All.FirstOrDefault(cloud => cloud.Name == (Text("CLOUD") ?? MicrosoftCloud.Global.Name));
        if (cloud is null) Problem($"CLOUD must be one of {string.Join(", ", MicrosoftCloud.All.Select(known => known.Name))}.");
        cloud ??= MicrosoftCloud.Global;
        var callers = CallerOptions.Read(_environment, Problem);
        return new ProxyOptions
        {
            TenantId = Tenant(),
            ClientId = Guid.TryParse(Required("CLIENT_ID", "the application (client) id of the connector's Entra application"), out var client) ? client.ToString("D") : Bad("CLIENT_ID must be a GUID: the application (client) id, not a name.", ""),
            Audience = Text("AUDIENCE") ?? "api://AzureADTokenExchange",
            ClientCertificate = Certificate(),
            LoginHost = Host("LOGIN_HOST") ?? cloud.LoginHost,
            GraphHost = Host("TARGET_HOST") ?? cloud.GraphHost,
            Scope = cloud.Scope,
            Salt = Required("PSOXY_SALT", "a Secret Manager version name or the salt"),
            EncryptionKey = Required("PSOXY_ENCRYPTION_KEY", "a Secret Manager version name or the key"),
            SecretManagerEndpoint = Endpoint("SECRET_MANAGER_ENDPOINT"),
            Pseudonyms = new PseudonymOptions(
                Choice("EMAIL_CANONICALIZATION", ("STRICT", EmailCanonicalization.Strict), ("IGNORE_DOTS", EmailCanonicalization.IgnoreDots)),
                Choice(
                    "EMAIL_DOMAIN_HANDLING",
                    ("PRESERVE", EmailDomainHandling.Preserve),
                    ("REDACT", EmailDomainHandling.Redact),
                    ("TOKENIZE", EmailDomainHandling.Tokenize),
                    ("ENCRYPT", EmailDomainHandling.Encrypt))),
            PseudonymizeAppIds = Choice("PSEUDONYMIZE_APP_IDS", ("false", false), ("true", true)),
            NoGroups = Choice("NO_GROUPS", ("false", false), ("true", true)),
            NoOriginals = Choice("NO_ORIGINALS", ("false", false), ("true", true)),
            WarmUp = Choice("WARM_UP", ("true", true), ("false", false)),
            Rules = Rules(),
            AllowedIpBlocks = IpBlocks(),
            CallerIpHop = (int)Number("CALLER_IP_HOP", 2, 1, 10),
            AllowedCallers = callers.Allowed,
            CallerAudiences = callers.Audiences,
            CallerKeysUrl = Endpoint("CALLER_KEYS_URL") ?? new ProxyOptions().CallerKeysUrl,
            PathPrefix = Text("REQUEST_PATH_PREFIX_TO_TRIM") ?? "",
            FunctionName = Text("K_SERVICE") ?? Text("FUNCTION_NAME") ?? "",
            Budget = TimeSpan.FromSeconds(Number("REQUEST_TIMEOUT_SECONDS", 180, 20, 3600)) - ProxyOptions.HeadRoom,
            MaxConcurrentRequests = (int)Number("MAX_CONCURRENT_REQUESTS", 32, 1, 1000),
            RetryWait = TimeSpan.FromSeconds(Number("RETRY_WAIT_SECONDS", 5, 0, 60)),
            SourceIdle = TimeSpan.FromSeconds(Number("SOURCE_IDLE_SECONDS", 30, 1, 600)),
            ResponseBufferBytes = (int)Number("RESPONSE_BUFFER_BYTES", 1 << 20, 0, 32 << 20),
            Project = Project(),
            ExportsTelemetry = Endpoint("OTEL_EXPORTER_OTLP_ENDPOINT") is not null,
            MaxResponseBytes = Number("MAX_RESPONSE_BYTES", 1L << 30, 1 << 10, 16L << 30),
        };
    }

    private string? Text(string name) => _environment(name) is { Length: > 0 } value ? value : null;

    private string Required(string name, string what) => Text(name) ?? Bad($"{name} is missing: {what}.", "");

    private void Problem(string problem) => _problems.Add(problem);

    private T Bad<T>(string problem, T instead)
    {
        if (!_problems.Exists(known => known.StartsWith(problem.Split(' ')[0] + " is missing", StringComparison.Ordinal))) Problem(problem);
        return instead;
    }

    // The original knew the tenant by its token endpoint.
    private string Tenant()
    {
        var tenant = Text("TENANT_ID") ?? (Uri.TryCreate(Text("REFRESH_ENDPOINT"), UriKind.Absolute, out var endpoint) && endpoint.Segments.Length > 1 ? endpoint.Segments[1].TrimEnd('/') : null);
        if (tenant is null) return Bad("TENANT_ID is missing: the id or a verified domain of the Entra tenant.", "");
        return tenant.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') && tenant is not ("common" or "organizations" or "consumers")
            ? tenant
            : Bad("TENANT_ID must be a GUID or a verified domain of one tenant.", "");
    }

    // That it begins like one says which of the two it is meant to be; what it holds is looked at when it is read.
    private string Certificate() => Text("CLIENT_CERTIFICATE") is not { } text
        ? ""
        : text.StartsWith("projects/", StringComparison.Ordinal) || text.Contains("-----BEGIN ", StringComparison.Ordinal)
            ? text
            : Bad("CLIENT_CERTIFICATE must be a Secret Manager version name, or certificate and private key as PEM.", "");

    private string? Host(string name)
    {
        if (Text(name) is not { } host) return null;
        var isHost = Uri.TryCreate("https://" + host, UriKind.Absolute, out var uri) && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0 && !host.Contains('/', StringComparison.Ordinal);
        return isHost ? host : Bad<string?>($"{name} must be a host name with an optional port; https is always used.", null);
    }

    private Uri? Endpoint(string name)
    {
        if (Text(name) is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? uri
            : Bad<Uri?>($"{name} must be an https URL; http is for loopback only.", null);
    }

    // Asking the metadata server would make the start wait for it; a wrong guess costs a link from a log line to its trace. A secret's project may be spelled as a number, which
    // names no traces.
    private string? Project()
    {
        static bool IsId(string project) => project.Length is > 0 and <= 63 && project.Any(char.IsAsciiLetter) && project.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.' or ':');
        if (Text("GOOGLE_CLOUD_PROJECT") is { } project) return IsId(project) ? project : Bad<string?>("GOOGLE_CLOUD_PROJECT must be a project's id.", null);
        return Text("PSOXY_SALT")?.Split('/') is ["projects", var owner, "secrets", ..] && IsId(owner) ? owner : null;
    }

    private string? Rules()
    {
        var rules = Text("RULES");
        return rules is not null && rules.StartsWith("projects/", StringComparison.Ordinal)
            ? Bad<string?>("RULES from a Secret Manager version is not supported by this version: give the YAML itself, or its base64.", null)
            : rules;
    }

    private ImmutableArray<IPNetwork> IpBlocks()
    {
        var blocks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var block in (Text("ALLOWED_DATA_ACCESS_IP_BLOCKS") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (AddressBlock.Parse(block) is { } network) blocks.Add(network);
            else Problem($"ALLOWED_DATA_ACCESS_IP_BLOCKS: '{block}' is not a CIDR block whose host bits are zero, such as 10.0.0.0/8.");
        }

        return blocks.ToImmutable();
    }

    private T Choice<T>(string name, params (string Name, T Value)[] choices)
    {
        var value = Text(name);
        foreach (var choice in choices)
            if (value is null || choice.Name.Equals(value, StringComparison.OrdinalIgnoreCase)) return choice.Value;
        return Bad($"{name} must be one of {string.Join(", ", choices.Select(choice => choice.Name))}.", choices[0].Value);
    }

    private long Number(string name, long @default, long least, long most)
    {
        if (Text(name) is not { } text) return @default;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Bad($"{name} must be a whole number from {least} to {most}.", @default);
    }
}
