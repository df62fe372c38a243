using System.Text;
using Microsoft.AspNetCore.Builder;
using Psoxy.Emulator.Faults;
using Psoxy.Emulator.Google.Access;
using Psoxy.Emulator.Google.Billing;
using Psoxy.Emulator.Google.Buildpack;
using Psoxy.Emulator.Google.Calls;
using Psoxy.Emulator.Google.CloudBuild;
using Psoxy.Emulator.Google.CloudFunctions;
using Psoxy.Emulator.Google.Faults;
using Psoxy.Emulator.Google.Gcloud;
using Psoxy.Emulator.Google.Iam;
using Psoxy.Emulator.Google.ResourceManager;
using Psoxy.Emulator.Google.Run;
using Psoxy.Emulator.Google.SecretManager;
using Psoxy.Emulator.Google.ServiceUsage;
using Psoxy.Emulator.Google.Storage;
using Psoxy.Emulator.Google.Tokens;
using Psoxy.Emulator.Hosting;
using Psoxy.Emulator.SecretManager;
using Psoxy.Emulator.Tokens;

namespace Psoxy.Emulator.Google;

/// <summary>Google's control plane for one project, as gcloud uses it. Functions that are deployed are built from their source and run.</summary>
public sealed class GoogleCloud : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("psoxy-emulator-cloud-");
    private readonly FunctionsRoom _functions;
    private readonly BuildsRoom _builds;
    private int _environments;

    internal GoogleCloud(EmulatorOptions emulator, TokenSigner signer, SecretStore secrets, Certificates certificates, FaultSwitch metadataFaults, TokenClock clock)
    {
        (Emulator, Options, Signer, MetadataFaults, Certificates, Clock) = (emulator, emulator.Cloud, signer, metadataFaults, certificates, clock);
        Project = new(Options);
        Services = new(Options);
        Accounts = new(Options, emulator);
        Secrets = new(Options, secrets);
        Tokens = new(emulator, signer);
        Build = new(Options);
        Objects = new(this);
        _functions = new(this);
        _builds = new(this);
        Accounts.AddDefault();
        foreach (var role in Options.EngineerRoles) Grant(role, "serviceAccount:" + Options.Engineer);
        Project.Policy.Grant("roles/cloudbuild.builds.builder", "serviceAccount:" + Accounts.DefaultEmail);
    }

    /// <summary>What it started with.</summary>
    public CloudOptions Options { get; }

    /// <summary>What goes wrong.</summary>
    public CloudFaults Faults { get; } = new();

    /// <summary>All calls.</summary>
    public CallRecord Calls { get; } = new();

    /// <summary>What roles permit; custom roles are defined here.</summary>
    public Roles Roles { get; } = new();

    /// <summary>Where it listens; every API under a path of its own.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1");

    internal EmulatorOptions Emulator { get; }

    internal TokenSigner Signer { get; }

    internal string Issuer => Emulator.IdentityIssuer;

    internal FaultSwitch MetadataFaults { get; }

    internal Certificates Certificates { get; }

    internal TokenClock Clock { get; }

    /// <summary>The environment that a deployed function has because it runs here and not at Google's.</summary>
    internal IReadOnlyDictionary<string, string> Surroundings { get; set; } = new Dictionary<string, string>();

    /// <summary>One call changes or reads the state at a time.</summary>
    internal SemaphoreSlim One { get; } = new(1, 1);

    internal Project Project { get; }

    internal Services Services { get; }

    internal Accounts Accounts { get; }

    internal Secrets Secrets { get; }

    internal AccessTokens Tokens { get; }

    internal FunctionBuild Build { get; }

    internal SignedUploads Uploads { get; } = new();

    internal StorageRoom Objects { get; }

    internal Dictionary<string, RunService> RunServices { get; } = new(StringComparer.Ordinal);

    internal IEnumerable<IamPolicy> Policies =>
        [Project.Policy, .. Accounts.All.Select(account => account.Policy), .. Secrets.All.Select(secret => secret.Policy), .. RunServices.Values.Select(service => service.Policy)];

    /// <summary>Gives a role on the project, as an administrator would who is not here.</summary>
    /// <param name="role">Such as <c>roles/viewer</c>.</param>
    /// <param name="member">Such as <c>serviceAccount:…</c>.</param>
    public void Grant(string role, string member) => Project.Policy.Grant(role, member);

    /// <summary>What a deployed function's process has written; empty if none runs.</summary>
    /// <param name="function">Its short name.</param>
    public IReadOnlyList<string> FunctionOutput(string function) => _functions.OutputOf(function);

    internal DeployedFunction? FindFunction(string name) => _functions.Find(name);

    /// <summary>What a build's steps have written.</summary>
    /// <param name="id">The build's id.</param>
    public IReadOnlyList<string> BuildOutput(string id) => _builds.OutputOf(id);

    /// <summary>An identity token as an account gets it for calling a function.</summary>
    /// <param name="email">Whose; of an account of this project that exists, or of any other.</param>
    /// <param name="audience">The function's URL.</param>
    public string IdentityToken(string email, string audience) => Tokens.Identity(email, Accounts.Find(email)?.UniqueId ?? AccessTokens.UniqueId(email), audience);

    /// <summary>An environment in which gcloud meets this emulator, signed in if gcloud is here.</summary>
    /// <param name="account">As whom; the engineer where <c>null</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<GcloudEnvironment> CreateGcloudEnvironmentAsync(string? account = null, CancellationToken cancellationToken = default)
    {
        var folder = _folder.CreateSubdirectory("gcloud-" + Interlocked.Increment(ref _environments));
        var email = account ?? Options.Engineer;
        var key = Path.Combine(folder.FullName, "key.json");
        await File.WriteAllTextAsync(key, Tokens.KeyFile(email, new Uri(Address, ApiPlace.Of(CloudApi.Tokens).Prefix).AbsoluteUri).ToJsonString(), cancellationToken);
        var environment = new GcloudEnvironment(Options.ProjectId, email, Address, key, folder.FullName, TrustFile(folder.FullName));
        if (GcloudEnvironment.IsInstalled) await environment.SignInAsync(cancellationToken);
        return environment;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _builds.DisposeAsync();
        await _functions.DisposeAsync();
        Tokens.Dispose();
        One.Dispose();
        _folder.Delete(recursive: true);
    }

    internal void Map(WebApplication app)
    {
        app.Use(new FrontDoor(this).InvokeAsync);
        new TokenRoom(this).Map(app);
        new ServicesRoom(this).Map(Routes(CloudApi.ServiceUsage));
        new IamRoom(this).Map(Routes(CloudApi.Iam));
        new ProjectRoom(this).Map(Routes(CloudApi.ResourceManager));
        new SecretsRoom(this).Map(Routes(CloudApi.SecretManager));
        _functions.Map(Routes(CloudApi.CloudFunctions));
        new RunRoom(this).Map(Routes(CloudApi.Run));
        _builds.Map(Routes(CloudApi.CloudBuild));
        new BillingRoom(this).Map(Routes(CloudApi.Billing));
        Objects.Map(new(app, ""));

        CloudRoutes Routes(CloudApi api) => new(app, ApiPlace.Of(api).Prefix);
    }

    // This emulator's authority beside those that the machine trusts: who deploys restores packages too.
    private string TrustFile(string folder)
    {
        var file = Path.Combine(folder, "trust.pem");
        var system = Environment.GetEnvironmentVariable("SSL_CERT_FILE") is { Length: > 0 } set ? set : "/etc/ssl/certs/ca-certificates.crt";
        var trusted = new StringBuilder(Certificates.Authority.ExportCertificatePem()).Append('\n');
        if (File.Exists(system)) trusted.Append(File.ReadAllText(system));
        File.WriteAllText(file, trusted.ToString());
        return file;
    }
}
