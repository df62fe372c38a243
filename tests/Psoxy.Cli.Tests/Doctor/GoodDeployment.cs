using System.Text;
using System.Text.Json.Nodes;
using Psoxy.Cli.Deployment;
using Psoxy.Cli.Doctor.Checks;
using Psoxy.Cli.Doctor.Facts;
using Psoxy.Cli.Entra;

namespace Psoxy.Cli.Tests.Doctor;

/// <summary>Facts of a deployment in which all is well, as gcloud, Graph and the function tell them; and single things that go wrong in it.</summary>
internal static class GoodDeployment
{
    public const string ClientId = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    public const string ObjectId = "bbbbbbbb-bbbb-cccc-dddd-eeeeeeeeeeee";
    public const string Tenant = "11111111-2222-3333-4444-555555555555";
    public const string UniqueId = "104817236459182736451";
    public const string Email = "psoxy-outlook-mail@acme-psoxy.iam.gserviceaccount.com";
    public const string Worklytics = "worklytics@their-project.iam.gserviceaccount.com";

    /// <summary>Stands in every value of a variable, so that a test sees whether one is shown.</summary>
    public const string Hidden = "kanarie-value";

    private const string Yaml = $"""
        project: acme-psoxy
        region: us-central1
        tenant: {Tenant}
        connectors:
          - id: outlook-mail
            clientId: {ClientId}
        callers: [{Worklytics}]
        environment:
          WARM_UP: {Hidden}

        """;

    public static DeploymentFacts Facts(string? yaml = null)
    {
        var load = SettingsReader.Read(Encoding.UTF8.GetBytes(yaml ?? Yaml), "psoxy.yaml", "/");
        Assert.That(load.Errors, Is.Empty);
        var settings = load.Settings!;
        return new()
        {
            Settings = settings,
            File = "psoxy.yaml",
            Engineer = Fact.Known("engineer@example.com"),
            Project = Fact.Known(new Project("123456789012", "ACTIVE")),
            Billing = Fact.Known("True"),
            Apis = Fact.Known(ProjectChecks.NeededApis),
            ProjectPolicy = Fact.Known(new Policy([("roles/owner", "user:engineer@example.com")])),
            Salt = Fact.Known("ENABLED"),
            EncryptionKey = Fact.Known("ENABLED"),
            SaltPolicy = Fact.Known(Readers),
            EncryptionKeyPolicy = Fact.Known(Readers),
            Functions = Fact.Known<IReadOnlyList<Function>>([Function(settings)]),
            Tenant = Fact.Unasked<GraphPermissions>("only the checks are tried here"),
            Connectors = [Connector(settings)],
        };
    }

    public static Policy Readers => new([(SecretChecks.Accessor, "serviceAccount:" + Email)]);

    public static TenantApplication Application => new()
    {
        ObjectId = ObjectId,
        ClientId = ClientId,
        DisplayName = "Psoxy Outlook Mail (acme-psoxy)",
        SignInAudience = "AzureADMyOrg",
        Credentials = [new("1", "psoxy-acme-psoxy-outlook-mail", "https://accounts.google.com", UniqueId, "api://AzureADTokenExchange")],
        Principal = new("22222222-bbbb-cccc-dddd-eeeeeeeeeeee", true, []),
    };

    public static DeploymentFacts With(this DeploymentFacts facts, Func<ConnectorFacts, ConnectorFacts> change) => facts with { Connectors = [.. facts.Connectors.Select(change)] };

    public static DeploymentFacts WithFunction(this DeploymentFacts facts, Func<Function, Function> change) =>
        facts with { Functions = Fact.Known<IReadOnlyList<Function>>([.. facts.Functions.Value!.Select(change)]) };

    public static DeploymentFacts WithApplication(this DeploymentFacts facts, Func<TenantApplication, TenantApplication> change) =>
        facts.WithRegistration(registration => registration with { Application = change(registration.Application!) });

    public static DeploymentFacts WithRegistration(this DeploymentFacts facts, Func<Registration, Registration> change) =>
        facts.With(connector => connector with { Application = Fact.Known(change(connector.Application.Value!)) });

    public static DeploymentFacts WithHealth(this DeploymentFacts facts, Action<JsonObject> change, int status = 412) => facts.With(connector =>
    {
        var body = (JsonObject)connector.Health.Value!.Body!.DeepClone();
        change(body);
        return connector with { Health = Fact.Known(new Health(status, status == 200 ? null : "CONFIGURATION_FAILURE", body)) };
    });

    /// <summary>A check of the function's that is not well.</summary>
    public static DeploymentFacts WithUnwell(this DeploymentFacts facts, string name, string whatToDo, int? status = null) => facts.WithHealth(body =>
    {
        var checks = (JsonArray)body["checks"]!;
        var check = checks.FirstOrDefault(check => (string?)check!["name"] == name);
        if (check is null) checks.Add(check = new JsonObject { ["name"] = name });
        (check["ok"], check["whatToDo"]) = (false, whatToDo);
        if (status is { } code) check["status"] = code;
    });

    /// <summary>Entra refuses the function.</summary>
    public static DeploymentFacts WithRefusal(this DeploymentFacts facts, int code) => facts.WithUnwell("entra", "Entra refuses.").WithHealth(body => body["entra"]!["code"] = $"AADSTS{code}");

    private static Function Function(DeploymentSettings settings) => Psoxy.Cli.Doctor.Facts.Function.Of(new JsonObject
    {
        ["name"] = "projects/acme-psoxy/locations/us-central1/functions/psoxy-outlook-mail",
        ["state"] = "ACTIVE",
        ["environment"] = "GEN_2",
        ["buildConfig"] = new JsonObject { ["runtime"] = "dotnet10", ["entryPoint"] = "Psoxy.Gcp.OutlookMailFunction" },
        ["serviceConfig"] = new JsonObject
        {
            ["serviceAccountEmail"] = Email,
            ["availableMemory"] = "512Mi",
            ["maxInstanceCount"] = 5,
            ["timeoutSeconds"] = 180,
            ["maxInstanceRequestConcurrency"] = 1,
            ["ingressSettings"] = "ALLOW_ALL",
            ["uri"] = "https://psoxy-outlook-mail-abcdefghij-uc.a.run.app",
            ["environmentVariables"] = new JsonObject(
            [
                .. FunctionEnvironment.Of(settings, settings.Connectors[0], ClientId, []).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)),
                KeyValuePair.Create("LOG_EXECUTION_ID", (JsonNode?)"true"),
            ]),
            ["secretEnvironmentVariables"] = new JsonArray(Injected("PSOXY_SALT", "psoxy-salt"), Injected("PSOXY_ENCRYPTION_KEY", "psoxy-encryption-key")),
        },
    });

    private static JsonObject Injected(string variable, string secret) => new() { ["key"] = variable, ["projectId"] = "123456789012", ["secret"] = secret, ["version"] = "1" };

    private static ConnectorFacts Connector(DeploymentSettings settings) => new()
    {
        Settings = settings.Connectors[0],
        Account = Fact.Known(new Account(UniqueId, false)),
        Invokers = Fact.Known(new Policy([("roles/run.invoker", "serviceAccount:" + Worklytics)])),
        Application = Fact.Known(new Registration { Application = Application }),
        Health = Fact.Known(new Health(200, null, (JsonObject)JsonNode.Parse($$"""
            {
              "saltSha256Hash": "gPKUiguZAOEZ6Sp9tm3xVFfbPiSM9OiigB98hfvboPg",
              "serviceAccountUniqueId": "{{UniqueId}}",
              "identityTokenAudience": "api://AzureADTokenExchange",
              "entra": {"tokenAcquired": true, "roles": ["Mail.ReadBasic.All"], "missingRoles": [], "excessRoles": []},
              "warningMessages": [],
              "version": "0.1.0",
              "checks": [
                {"name": "configuration", "ok": true}, {"name": "secrets", "ok": true}, {"name": "identityToken", "ok": true}, {"name": "entra", "ok": true},
                {"name": "roles", "ok": true}, {"name": "GET /v1.0/users", "ok": true, "status": 200}, {"name": "clock", "ok": true}
              ]
            }
            """)!)),
    };
}
