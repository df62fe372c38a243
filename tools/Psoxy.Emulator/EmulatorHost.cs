using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Psoxy.Emulator.Entra;
using Psoxy.Emulator.Entra.Directory;
using Psoxy.Emulator.Faults;
using Psoxy.Emulator.Google;
using Psoxy.Emulator.Graph;
using Psoxy.Emulator.Hosting;
using Psoxy.Emulator.Metadata;
using Psoxy.Emulator.SecretManager;
using Psoxy.Emulator.Tokens;

namespace Psoxy.Emulator;

/// <summary>Everything outside a function, on loopback: Google's metadata server, Entra, Graph, Secret Manager and Google's control plane.</summary>
public sealed class EmulatorHost : IAsyncDisposable
{
    private const string SaltName = "projects/psoxy-emulator/secrets/PSOXY_SALT/versions/1";
    private const string KeyName = "projects/psoxy-emulator/secrets/PSOXY_ENCRYPTION_KEY/versions/1";

    private readonly Certificates _certificates = new();
    private readonly Applications _applications;
    private readonly TokenEndpoint _tokens;
    private readonly GraphServer _graph;
    private readonly List<LoopbackServer> _servers = [];

    private EmulatorHost(EmulatorOptions options)
    {
        Options = options;
        Tenant = new Tenant(options);
        _applications = new Applications(options);
        _applications.Register(Directory, options);
        Engineers = new Engineers(options, Entra, (string)Tenant.Users[0]["id"]!);
        _tokens = new TokenEndpoint(options, Directory, new DeviceCodes(options, Engineers, Entra), Google, Entra);
        _graph = new GraphServer(Tenant, Directory, Entra, options);
        Secrets.Set(SaltName, Encoding.UTF8.GetBytes("emulator-salt"));
        Secrets.Set(KeyName, Encoding.UTF8.GetBytes("emulator-key"));
        Cloud = new GoogleCloud(options, Google, Secrets, _certificates, Faults.Metadata);
    }

    /// <summary>What is emulated.</summary>
    public EmulatorOptions Options { get; }

    /// <summary>People, groups and mail.</summary>
    public Tenant Tenant { get; }

    /// <summary>Applications, service principals and grants.</summary>
    public TenantDirectory Directory { get; } = new();

    /// <summary>Who sets them up.</summary>
    public Engineers Engineers { get; }

    /// <summary>What goes wrong.</summary>
    public FaultBoard Faults { get; } = new();

    /// <summary>Signs as Google does: identity tokens of service accounts, and of who calls a function.</summary>
    public TokenSigner Google { get; } = new();

    /// <summary>Signs as Entra does.</summary>
    public TokenSigner Entra { get; } = new();

    /// <summary>Google's control plane, for gcloud.</summary>
    public GoogleCloud Cloud { get; }

    /// <summary>Where Google's public keys are.</summary>
    public Uri GoogleKeys => new($"http://127.0.0.1:{_servers[0].Port}/oauth2/v3/certs");

    /// <summary>Secret versions.</summary>
    public SecretStore Secrets { get; } = new();

    /// <summary>What the metadata server received.</summary>
    public RequestRecord MetadataRequests => _servers[0].Requests;

    /// <summary>What Entra received.</summary>
    public RequestRecord EntraRequests => _servers[1].Requests;

    /// <summary>What Graph received.</summary>
    public RequestRecord GraphRequests => _servers[2].Requests;

    /// <summary>What Secret Manager received.</summary>
    public RequestRecord SecretManagerRequests => _servers[3].Requests;

    /// <summary>Where Entra is.</summary>
    public Uri EntraAddress => new($"https://localhost:{_servers[1].Port}");

    /// <summary>Where Graph is.</summary>
    public Uri GraphAddress => new($"https://localhost:{_servers[2].Port}");

    /// <summary>The certificate authority that signed Entra's and Graph's certificates.</summary>
    public X509Certificate2 Authority => _certificates.Authority;

    /// <summary>The certificate of Entra and Graph, for other servers that a function is to trust.</summary>
    internal X509Certificate2 ServerCertificate => _certificates.Server;

    /// <summary>The applications, one for every connector.</summary>
    public IReadOnlyList<ConnectorApplication> Applications => _applications.All;

    /// <summary>The roles that new tokens get, whichever application asks: consent given or taken away. Each its own where <c>null</c>.</summary>
    public IReadOnlyList<string>? GrantedRoles
    {
        get => _tokens.Roles;
        set => _tokens.Roles = value;
    }

    /// <summary>While set, lists of sent messages are this long.</summary>
    public StreamedPage? StreamedPage
    {
        get => _graph.Streamed;
        set => _graph.Streamed = value;
    }

    /// <summary>Starts all of it.</summary>
    /// <param name="options">What is emulated.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">A port is in use.</exception>
    public static async Task<EmulatorHost> StartAsync(EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var host = new EmulatorHost(options ?? new EmulatorOptions());
        try
        {
            var ports = host.Options.Ports;
            var (faults, certificate) = (host.Faults, host._certificates.Server);
            static void Routing(IServiceCollection services) => services.AddRoutingCore();
            host._servers.Add(await LoopbackServer.StartAsync(faults.Metadata, null, HttpProtocols.Http1, ports.Metadata, Routing, new MetadataServer(host.Options, host.Google).Map, cancellationToken));
            host._servers.Add(await LoopbackServer.StartAsync(faults.Entra, certificate, HttpProtocols.Http1AndHttp2, ports.Entra, Routing, host._tokens.Map, cancellationToken));
            host._servers.Add(await LoopbackServer.StartAsync(
                faults.Graph,
                certificate,
                HttpProtocols.Http1AndHttp2,
                ports.Graph,
                services => services.AddRoutingCore().AddResponseCompression(compression => compression.EnableForHttps = true),
                app =>
                {
                    app.UseResponseCompression();
                    host._graph.Map(app);
                },
                cancellationToken));
            host._servers.Add(await LoopbackServer.StartAsync(
                faults.SecretManager,
                null,
                HttpProtocols.Http2,
                ports.SecretManager,
                services =>
                {
                    services.AddGrpc();
                    services.AddSingleton(host.Secrets);
                },
                app => app.MapGrpcService<SecretManagerEmulation>(),
                cancellationToken));
            host._graph.Host = $"localhost:{host._servers[2].Port}";
            host._servers.Add(await LoopbackServer.StartAsync(new FaultSwitch(), null, HttpProtocols.Http1, ports.Cloud, Routing, host.Cloud.Map, cancellationToken));
            host.Cloud.Address = new($"http://127.0.0.1:{host._servers[4].Port}");
            host.Cloud.Surroundings = host.Surroundings;
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>All that a function process needs to know to meet this emulator.</summary>
    /// <param name="connectorId">The connector or its alias; its application's id and roles are its own.</param>
    /// <param name="functionClass">Its function class.</param>
    public IReadOnlyDictionary<string, string> FunctionEnvironment(string connectorId, string functionClass) => new Dictionary<string, string>
    {
        ["FUNCTION_TARGET"] = functionClass,
        ["SOURCE"] = connectorId,
        ["TENANT_ID"] = Options.TenantId,
        ["CLIENT_ID"] = _applications.For(connectorId).ClientId,
        ["PSOXY_SALT"] = SaltName,
        ["PSOXY_ENCRYPTION_KEY"] = KeyName,
        ["GCE_METADATA_HOST"] = $"127.0.0.1:{_servers[0].Port}",
        ["K_SERVICE"] = "psoxy-" + connectorId,
    }.Concat(Surroundings).ToDictionary();

    // What stands for names that would resolve to Google and Microsoft, whoever's function it is.
    private Dictionary<string, string> Surroundings => new()
    {
        ["LOGIN_HOST"] = $"localhost:{_servers[1].Port}",
        ["TARGET_HOST"] = $"localhost:{_servers[2].Port}",
        ["CALLER_KEYS_URL"] = GoogleKeys.AbsoluteUri,
        ["SECRET_MANAGER_ENDPOINT"] = $"http://127.0.0.1:{_servers[3].Port}",
        ["SSL_CERT_FILE"] = _certificates.AuthorityFile,
        ["SSL_CERT_DIR"] = Path.GetDirectoryName(_certificates.AuthorityFile)!,
    };

    /// <summary>All that a tool of an engineer's needs to know to meet this emulator.</summary>
    public IReadOnlyDictionary<string, string> ToolEnvironment() => new Dictionary<string, string>
    {
        ["LOGIN_HOST"] = EntraAddress.Authority,
        ["TARGET_HOST"] = GraphAddress.Authority,
        ["SSL_CERT_FILE"] = _certificates.AuthorityFile,
        ["SSL_CERT_DIR"] = Path.GetDirectoryName(_certificates.AuthorityFile)!,
    };

    /// <summary>A client that trusts the emulator and holds a Graph token, to see what Graph itself answers.</summary>
    /// <param name="roles">What it may do; where <c>null</c>, all that any connector may.</param>
    public HttpClient CreateGraphClient(IEnumerable<string>? roles = null)
    {
        var authority = Authority.Thumbprint;
        var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, chain, _) =>
            {
                if (certificate is null || chain is null) return false;
                chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                chain.ChainPolicy.CustomTrustStore.Add(Authority);
                return chain.Build(certificate) && chain.ChainElements[^1].Certificate.Thumbprint == authority;
            },
        };
        var claims = new JsonObject
        {
            ["aud"] = "https://graph.microsoft.com",
            ["tid"] = Options.TenantId,
            ["exp"] = DateTimeOffset.UtcNow.AddHours(8).ToUnixTimeSeconds(),
            ["roles"] = new JsonArray([.. (roles ?? Applications.SelectMany(application => application.Roles).Distinct()).Select(role => (JsonNode)role)]),
        };
        var client = new HttpClient(handler) { BaseAddress = GraphAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Entra.Sign(claims));
        return client;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        foreach (var server in _servers) await server.DisposeAsync();
        Google.Dispose();
        Entra.Dispose();
        _certificates.Dispose();
    }
}
