using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Psoxy.Cli.Deployment;
using Psoxy.Emulator;
using Psoxy.Emulator.Entra.Directory;
using Psoxy.Emulator.Google;
using Psoxy.Emulator.Google.Access;
using Psoxy.Emulator.Google.CloudFunctions;
using Psoxy.Emulator.Google.Gcloud;

namespace Psoxy.Cli.Tests.Doctor;

/// <summary>A deployment that works, made by the real gcloud on the emulator; and the real psoxy doctor to look at it.</summary>
internal sealed class DeployedFixture : IAsyncDisposable
{
    public const string Name = "psoxy-outlook-mail";
    public const string Email = Name + "@psoxy-emulator.iam.gserviceaccount.com";
    public const string Worklytics = "serviceAccount:worklytics@their-project.iam.gserviceaccount.com";
    public const string Salt = "kanarie-salt-that-nobody-may-see";
    private const string Key = "kanarie-key-that-nobody-may-see";
    private const string Accessor = "roles/secretmanager.secretAccessor";

    private readonly TemporaryFolder _folder = new();

    private DeployedFixture(EmulatorHost host, GcloudEnvironment gcloud, string token) => (Host, Gcloud, Token) = (host, gcloud, token);

    public EmulatorHost Host { get; }

    public GcloudEnvironment Gcloud { get; }

    /// <summary>The engineer's, for Graph.</summary>
    public string Token { get; }

    public GoogleCloud Cloud => Host.Cloud;

    public DeployedFunction Function => Cloud.FindFunction(Name)!;

    public DirectoryApplication Application => Host.Directory.Applications.Single(application => application.AppId == Host.Options.ClientId);

    public DirectoryPrincipal Principal => Host.Directory.Principals.Single(principal => principal.AppId == Host.Options.ClientId);

    public static async Task<DeployedFixture> StartAsync()
    {
        if (!GcloudEnvironment.IsInstalled) Assert.Ignore("gcloud is not on PATH: nothing shows that doctor understands it.");
        string[] services = [.. Cli.Doctor.Checks.ProjectChecks.NeededApis, "serviceusage.googleapis.com", "storage.googleapis.com"];

        // A token that is good for less than five minutes is never kept, so that what Entra refuses is refused at once.
        var host = await EmulatorHost.StartAsync(new EmulatorOptions { GraphTokenSeconds = 200, Cloud = new CloudOptions { EnabledServices = services } });
        var gcloud = await host.Cloud.CreateGcloudEnvironmentAsync();
        var fixture = new DeployedFixture(host, gcloud, host.Engineers.Token((string)host.Tenant.Users[3]["id"]!, DirectoryRole.ApplicationAdministrator));
        await fixture.DeployAsync();
        return fixture;
    }

    public string Settings(string? clientId = null, string region = "us-central1") => _folder.Write("psoxy.yaml", $"""
        project: psoxy-emulator
        region: {region}
        tenant: {Host.Options.TenantId}
        connectors:
          - id: outlook-mail
            clientId: {clientId ?? Host.Options.ClientId}
        callers: [{Worklytics.Split(':')[1]}]

        """);

    /// <summary>Runs doctor on what there is now; nothing secret is in what it says.</summary>
    public async Task<DoctorRun> RunAsync(string? settings = null, params (string Name, string? Value)[] changes)
    {
        var environment = new Dictionary<string, string>(Host.ToolEnvironment()) { ["PSOXY_GRAPH_TOKEN"] = Token };
        foreach (var (name, value) in Gcloud.Variables) environment[name] = value;
        foreach (var (name, value) in changes) environment[name] = value ?? "";
        var run = await CliRun.Of(["doctor", "--json", "--config", settings ?? Settings()], environment: environment);
        var all = run.Output + run.Error;
        Assert.That(run.Output, Does.StartWith("{"), all);
        foreach (var secret in (string[])[Salt, Key, Token, "eyJ"]) Assert.That(all, Does.Not.Contain(secret), "nothing secret is shown");
        return new(run.ExitCode, JsonNode.Parse(run.Output)!["checks"]!.AsArray());
    }

    /// <summary>Runs a command that doctor gave, as it gave it, in the repository's folder.</summary>
    public async Task FixAsync(DoctorRun run, string check)
    {
        var fix = (string)run[check]["fix"]!;
        var start = new ProcessStartInfo("bash", ["-c", $"set -e; psoxy() {{ dotnet exec '{typeof(ExitCode).Assembly.Location}' \"$@\"; }}; {fix}"])
        {
            WorkingDirectory = Cloud.Options.RepositoryRoot,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in Gcloud.Variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{fix}\n{await output}\n{await error}");
    }

    /// <summary>Changes a policy for as long as the result is held.</summary>
    public IDisposable With(IamPolicy policy, Action<JsonArray> change)
    {
        var before = policy.Show();
        Set(policy, (JsonArray)(before["bindings"]?.DeepClone() ?? new JsonArray()), change);
        return new Undo(() => Set(policy, (JsonArray)(before["bindings"]?.DeepClone() ?? new JsonArray()), _ => { }));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }

    private void Set(IamPolicy policy, JsonArray bindings, Action<JsonArray> change)
    {
        change(bindings);
        policy.Replace(new JsonObject { ["policy"] = new JsonObject { ["bindings"] = bindings } }, Cloud.Roles, Cloud.Accounts);
    }

    private async Task DeployAsync()
    {
        var account = Cloud.Accounts.Create(Name, "Psoxy function outlook-mail", "");
        foreach (var (id, value) in new[] { ("psoxy-salt", Salt), ("psoxy-encryption-key", Key) })
        {
            var secret = Cloud.Secrets.Create(id, []);
            Cloud.Secrets.Publish(secret.Add(Encoding.UTF8.GetBytes(value)));
            secret.Policy.Grant(Accessor, account.Member);
        }

        var settings = SettingsReader.ReadFile(Settings()).Settings!;
        using var environment = new StringWriter();
        FunctionEnvironment.WriteYaml(environment, FunctionEnvironment.Of(settings, settings.Connectors[0], Host.Options.ClientId, []));
        var deployed = await Gcloud.RunAsync(
            "functions", "deploy", Name, "--gen2", "--region=us-central1", "--runtime=dotnet10", "--source=" + Cloud.Options.RepositoryRoot, "--trigger-http", "--no-allow-unauthenticated",
            "--entry-point=Psoxy.Gcp.OutlookMailFunction", "--service-account=" + Email, "--memory=512Mi", "--min-instances=0", "--max-instances=5", "--timeout=180s",
            "--env-vars-file=" + _folder.Write("env.yaml", environment.ToString()), "--set-secrets=PSOXY_SALT=psoxy-salt:1,PSOXY_ENCRYPTION_KEY=psoxy-encryption-key:1",
            "--set-build-env-vars=GOOGLE_BUILDABLE=functions/Psoxy.Gcp/Psoxy.Gcp.csproj,GoogleCloudPackages=nuget");
        Assert.That(deployed.Code, Is.Zero, deployed.ToString());
        Function.Service.Policy.Grant("roles/run.invoker", Worklytics);
    }

    private sealed class Undo(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }
}

/// <summary>What doctor said.</summary>
internal sealed record DoctorRun(int ExitCode, JsonArray Checks)
{
    public IEnumerable<JsonNode> NotOk => Checks.Where(check => (string?)check!["result"] is not "ok")!;

    public JsonNode this[string name] => Checks.Single(check => (string?)check!["name"] == name)!;

    /// <summary>Expects a verdict.</summary>
    public void Must(string name, string result, string what, string fix)
    {
        var check = this[name];
        Assert.That((string?)check["result"], Is.EqualTo(result), Checks.ToJsonString());
        Assert.That((string?)check["what"], Does.Contain(what));
        Assert.That((string?)check["fix"] ?? "", Does.StartWith(fix));
    }
}
