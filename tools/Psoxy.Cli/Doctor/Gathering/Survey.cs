using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Psoxy.Cli.Deployment;
using Psoxy.Cli.Doctor.Facts;
using Psoxy.Cli.Entra;

namespace Psoxy.Cli.Doctor.Gathering;

/// <summary>Gathers all facts: Google and the tenant at the same time, then the functions.</summary>
internal sealed class Survey(EntraContext context, string auth, string file, DeploymentSettings settings, IReadOnlyList<ConnectorSettings> connectors, InvocationConfiguration io, CancellationToken cancellation)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<DeploymentFacts> MakeAsync()
    {
        using var google = new GoogleReader(cancellation);
        io.Error.WriteLine("asking Google Cloud and the tenant …");
        var tenantTask = TenantSurvey.MakeAsync(context, auth, file, settings, connectors, io, cancellation);
        var engineer = await google.EngineerAsync();
        var facts = engineer.Standing == Standing.Known ? await OfGoogleAsync(google, engineer) : WithoutGoogle(engineer);
        var tenant = await tenantTask;
        facts = facts with { Tenant = tenant.Permissions, Connectors = [.. facts.Connectors.Zip(tenant.Registrations, (connector, registration) => connector with { Application = registration })] };
        if (engineer.Value is null) return facts;
        io.Error.WriteLine($"asking {connectors.Count} function{(connectors.Count == 1 ? "" : "s")} for a deep health check …");
        using var client = new HttpClient(context.Handler()) { Timeout = Patience };
        var caller = new HealthCaller(google, client, cancellation);
        var health = await Task.WhenAll(facts.Connectors.Select(connector => caller.AskAsync(engineer.Value, facts.FunctionOf(connector))));
        return facts with { Connectors = [.. facts.Connectors.Zip(health, (connector, answer) => connector with { Health = answer })] };
    }

    private async Task<DeploymentFacts> OfGoogleAsync(GoogleReader google, Fact<string> engineer)
    {
        var project = "--project=" + settings.Project;
        var (saltName, keyName) = (SecretVersionName.Of(settings.Salt), SecretVersionName.Of(settings.EncryptionKey));
        var functions = google.AskAsync("the functions", "functions", "list", "--v2", project);
        var accounts = connectors.Select(connector => google.AskAsync("the service account", "iam", "service-accounts", "describe", settings.ServiceAccountOf(connector), project)).ToList();
        var invokers = connectors.Select(connector => google.AskAsync("who may call it", "run", "services", "get-iam-policy", settings.NameOf(connector), "--region=" + settings.Region, project)).ToList();
        var (salt, key) = (VersionAsync("the salt's version", saltName), VersionAsync("the encryption key's version", keyName));
        var (saltPolicy, keyPolicy) = (PolicyAsync("who may read the salt", saltName), PolicyAsync("who may read the encryption key", keyName));
        var description = google.AskAsync("the project", "projects", "describe", settings.Project);
        var policy = google.AskAsync("the project's policy", "projects", "get-iam-policy", settings.Project);
        var apis = google.AskAsync("which APIs are enabled", "services", "list", "--enabled", project);
        var billing = google.AskAsync("who pays for the project", "billing", "projects", "describe", settings.Project);
        return new DeploymentFacts
        {
            Settings = settings,
            File = file,
            Engineer = engineer,
            Project = (await description).Then(Project.Of),
            Billing = (await billing).Then(body => ((bool?)body["billingEnabled"] == true).ToString(CultureInfo.InvariantCulture)),
            Apis = (await apis).Then<IReadOnlyList<string>>(body => [.. Items(body).Select(api => (string?)api["config"]?["name"] ?? "")]),
            ProjectPolicy = (await policy).Then(Policy.Of),
            Salt = (await salt).Then(State),
            EncryptionKey = (await key).Then(State),
            SaltPolicy = (await saltPolicy).Then(Policy.Of),
            EncryptionKeyPolicy = (await keyPolicy).Then(Policy.Of),
            Functions = (await functions).Then<IReadOnlyList<Function>>(body => [.. Items(body).Select(Function.Of)]),
            Tenant = Fact.Unasked<GraphPermissions>(""),
            Connectors =
            [
                .. (await Task.WhenAll(accounts)).Zip(await Task.WhenAll(invokers)).Zip(connectors, (answers, connector) => Unasked(connector, "") with
                {
                    Account = answers.First.Then(Account.Of),
                    Invokers = answers.Second.Then(Policy.Of),
                }),
            ],
        };

        Task<Fact<JsonNode>> VersionAsync(string what, SecretVersionName name) => google.AskAsync(what, "secrets", "versions", "describe", name.Version, "--secret=" + name.Id, "--project=" + name.Project);
        Task<Fact<JsonNode>> PolicyAsync(string what, SecretVersionName name) => google.AskAsync(what, "secrets", "get-iam-policy", name.Id, "--project=" + name.Project);
    }

    private DeploymentFacts WithoutGoogle(Fact<string> engineer) => new()
    {
        Settings = settings,
        File = file,
        Engineer = engineer,
        Project = Fact.Unasked<Project>(engineer.Why),
        Billing = Fact.Unasked<string>(engineer.Why),
        Apis = Fact.Unasked<IReadOnlyList<string>>(engineer.Why),
        ProjectPolicy = Fact.Unasked<Policy>(engineer.Why),
        Salt = Fact.Unasked<string>(engineer.Why),
        EncryptionKey = Fact.Unasked<string>(engineer.Why),
        SaltPolicy = Fact.Unasked<Policy>(engineer.Why),
        EncryptionKeyPolicy = Fact.Unasked<Policy>(engineer.Why),
        Functions = Fact.Unasked<IReadOnlyList<Function>>(engineer.Why),
        Tenant = Fact.Unasked<GraphPermissions>(""),
        Connectors = [.. connectors.Select(connector => Unasked(connector, engineer.Why))],
    };

    private static ConnectorFacts Unasked(ConnectorSettings connector, string why) => new()
    {
        Settings = connector,
        Account = Fact.Unasked<Account>(why),
        Invokers = Fact.Unasked<Policy>(why),
        Application = Fact.Unasked<Registration>(why),
        Health = Fact.Unasked<Health>(why),
    };

    private static IEnumerable<JsonNode> Items(JsonNode body) => (body as JsonArray ?? []).OfType<JsonNode>();

    private static string State(JsonNode version) => ((string?)version["state"] ?? "").ToUpperInvariant();
}
