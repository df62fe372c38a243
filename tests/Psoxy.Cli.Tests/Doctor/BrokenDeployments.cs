using Psoxy.Cli.Doctor;
using Psoxy.Cli.Doctor.Checks;
using Psoxy.Cli.Doctor.Facts;
using Psoxy.Cli.Entra;

namespace Psoxy.Cli.Tests.Doctor;

/// <summary>A deployment in which one thing is broken, and what doctor must say of it.</summary>
/// <param name="Sentence">What is broken.</param>
/// <param name="Check">The check that must find it.</param>
/// <param name="Break">Breaks it.</param>
/// <param name="What">A part of what it must say.</param>
/// <param name="Fix">The command, or the start of it.</param>
/// <param name="Result">How bad it is.</param>
internal sealed record BrokenDeployment(string Sentence, string Check, Func<DeploymentFacts, DeploymentFacts> Break, string What, string Fix, Result Result = Result.Wrong)
{
    public override string ToString() => Sentence;
}

internal static class BrokenDeployments
{
    private const string Deploy = "./deploy.sh apply --connector outlook-mail";
    private const string Apply = "psoxy entra apply --connector outlook-mail";
    private const string Consent = "psoxy entra consent --connector outlook-mail";
    private const string Change = "gcloud functions deploy psoxy-outlook-mail --gen2 --region=us-central1 --source=. ";
    private const string Redeploy = Change + "--env-vars-file=<(psoxy config env --connector outlook-mail) --project=acme-psoxy";
    private const string Project = " --project=acme-psoxy";
    private const string Other = "108888888888888888888";

    public static IEnumerable<BrokenDeployment> OfGoogle() =>
    [
        new("gcloud is not installed", "gcloud", facts => facts with { Engineer = new(Standing.Failed, null, "gcloud is not on this machine") }, "not on this machine", "install the Google Cloud CLI"),
        new("nobody is signed in", "sign-in", facts => facts with { Engineer = new(Standing.Missing, null, "nobody is signed in to gcloud") }, "nobody is signed in", "gcloud auth login"),
        new("the project is not there", "project", facts => facts with { Project = new(Standing.Refused, null, "you may not read the project") }, "there is no project acme-psoxy, or engineer@example.com may not see it", "gcloud projects list"),
        new("the project was deleted", "project", facts => facts with { Project = Fact.Known(new Project("123456789012", "DELETE_REQUESTED")) }, "DELETE_REQUESTED", "gcloud projects undelete acme-psoxy"),
        new("nobody pays", "billing", facts => facts with { Billing = Fact.Known("False") }, "no billing account", "gcloud billing projects link acme-psoxy"),
        new("an API is not enabled", "apis", facts => facts with { Apis = Fact.Known<IReadOnlyList<string>>([.. ProjectChecks.NeededApis.Where(api => !api.StartsWith("run.", StringComparison.Ordinal))]) }, "not enabled: run.googleapis.com", "gcloud services enable run.googleapis.com" + Project),
        new("the engineer may not read the functions", "rights", facts => facts with { Functions = new(Standing.Refused, null, "you may not read the functions") }, "engineer@example.com may not read the functions", "gcloud projects add-iam-policy-binding acme-psoxy --member=user:engineer@example.com --role=roles/viewer --condition=None"),
        new("the engineer's sign-in is too old", "rights", facts => facts with { Apis = new(Standing.Failed, null, "gcloud does not tell: There was a problem refreshing your current auth tokens. Please run: $ gcloud auth login") }, "Google did not tell which APIs are enabled", "gcloud auth login"),
        new("the salt is not there", "salt", facts => facts with { Salt = new(Standing.Missing, null, "") }, "the salt is not there: psoxy-salt, version 1", Deploy),
        new("the salt's version is disabled", "salt", facts => facts with { Salt = Fact.Known("DISABLED") }, "is disabled", "gcloud secrets versions enable 1 --secret=psoxy-salt" + Project),
        new("the key's version is destroyed", "encryption-key", facts => facts with { EncryptionKey = Fact.Known("DESTROYED") }, "is DESTROYED, for good", "gcloud secrets versions add psoxy-encryption-key --data-file=-" + Project),
        new("somebody else may read the salt", "secret-readers", facts => facts with { SaltPolicy = Fact.Known(new Policy([.. GoodDeployment.Readers.Bindings, (SecretChecks.Accessor, "user:eve@example.com")])) }, "user:eve@example.com may read psoxy-salt", "gcloud secrets remove-iam-policy-binding psoxy-salt --member=user:eve@example.com --role=roles/secretmanager.secretAccessor" + Project, Result.Warn),
        new("the service account is not there", "service-account", facts => facts.With(connector => connector with { Account = new(Standing.Missing, null, "there is none") }), "there is no service account " + GoodDeployment.Email, Deploy),
        new("the service account is disabled", "service-account", facts => facts.With(connector => connector with { Account = Fact.Known(new Account(GoodDeployment.UniqueId, true)) }), "is disabled: the function gets no token", "gcloud iam service-accounts enable " + GoodDeployment.Email + Project),
        new("psoxy.yaml has the unique id of an account that was deleted", "subject", facts => facts.With(connector => connector with { Settings = connector.Settings with { Subject = Other } }), $"psoxy.yaml says {Other}, the service account's unique id is {GoodDeployment.UniqueId}", "take 'subject' of outlook-mail out of psoxy.yaml, then: " + Apply),
        new("the account may not read the key", "secret-access", facts => facts with { EncryptionKeyPolicy = Fact.Known(new Policy([])) }, GoodDeployment.Email + " may not read psoxy-encryption-key", "gcloud secrets add-iam-policy-binding psoxy-encryption-key --member=serviceAccount:" + GoodDeployment.Email + " --role=roles/secretmanager.secretAccessor" + Project),
        new("the account that might read the salt was deleted, and made again", "secret-access", facts => facts with { SaltPolicy = Fact.Known(new Policy([(SecretChecks.Accessor, $"deleted:serviceAccount:{GoodDeployment.Email}?uid={Other}")])) }, "who is made anew is another one", "gcloud secrets add-iam-policy-binding psoxy-salt"),
        new("the account may do much more", "least-privilege", facts => facts with { ProjectPolicy = Fact.Known(new Policy([("roles/editor", "serviceAccount:" + GoodDeployment.Email)])) }, "it has roles/editor on the whole project", "gcloud projects remove-iam-policy-binding acme-psoxy --member=serviceAccount:" + GoodDeployment.Email + " --role=roles/editor", Result.Warn),
    ];

    public static IEnumerable<BrokenDeployment> OfTheFunction() =>
    [
        new("the function is not there", "function", facts => facts with { Functions = Fact.Known<IReadOnlyList<Function>>([]) }, "there is no function psoxy-outlook-mail in us-central1", Deploy),
        new("the function is in another region", "function", facts => facts.WithFunction(function => function with { Region = "europe-west1" }), "is in europe-west1, and psoxy.yaml says us-central1", Deploy),
        new("the function's build failed", "function", facts => facts.WithFunction(function => function with { State = "FAILED", Messages = ["Build failed: error CS0103"] }), "its deployment failed: Build failed: error CS0103", Deploy + "   # the log: gcloud builds list --region=us-central1"),
        new("the last deployment failed", "function", facts => facts.WithFunction(function => function with { Messages = ["Container Healthcheck failed"] }), "the last deployment failed, and the revision before it goes on", Deploy, Result.Warn),
        new("the function is of the first generation", "function", facts => facts.WithFunction(function => function with { IsFirstGeneration = true }), "of the first generation", "gcloud functions delete psoxy-outlook-mail"),
        new("the entry point is another connector's", "build", facts => facts.WithFunction(function => function with { EntryPoint = "Psoxy.Gcp.TeamsFunction" }), "the entry point is Psoxy.Gcp.TeamsFunction, and should be Psoxy.Gcp.OutlookMailFunction", Change + "--runtime=dotnet10 --entry-point=Psoxy.Gcp.OutlookMailFunction" + Project),
        new("the runtime is an old one", "build", facts => facts.WithFunction(function => function with { Runtime = "dotnet8" }), "the runtime is dotnet8", Change + "--runtime=dotnet10"),
        new("it runs as the default account", "runs-as", facts => facts.WithFunction(function => function with { ServiceAccount = "123456789012-compute@developer.gserviceaccount.com" }), "it runs as 123456789012-compute@developer.gserviceaccount.com", Change + "--service-account=" + GoodDeployment.Email),
        new("the salt is not injected", "injected-secrets", facts => facts.WithFunction(function => function with { Secrets = function.Secrets.Where(pair => pair.Key != "PSOXY_SALT").ToDictionary() }), "PSOXY_SALT is not given to it", Change + "--set-secrets=PSOXY_SALT=projects/acme-psoxy/secrets/psoxy-salt:1,PSOXY_ENCRYPTION_KEY=projects/acme-psoxy/secrets/psoxy-encryption-key:1" + Project),
        new("the salt is a plain variable", "injected-secrets", facts => facts.WithFunction(function => function with { Secrets = function.Secrets.Where(pair => pair.Key != "PSOXY_SALT").ToDictionary(), Environment = function.Environment.Append(new("PSOXY_SALT", GoodDeployment.Hidden)).ToDictionary() }), "PSOXY_SALT is a plain variable, which everybody can read who may look at the function", Change + "--remove-env-vars=PSOXY_SALT --set-secrets="),
        new("the salt is whatever version is the latest", "injected-secrets", facts => facts.WithFunction(function => function with { Secrets = Changed(function, "PSOXY_SALT", secret => secret with { Version = "latest" }) }), "every pseudonym changes on the day that somebody adds one", Change + "--set-secrets="),
        new("the salt is another project's", "injected-secrets", facts => facts.WithFunction(function => function with { Secrets = Changed(function, "PSOXY_SALT", secret => secret with { Project = "999" }) }), "version 1 of psoxy-salt of the project 999", Change + "--set-secrets="),
        new("the key is another secret", "injected-secrets", facts => facts.WithFunction(function => function with { Secrets = Changed(function, "PSOXY_ENCRYPTION_KEY", secret => secret with { Id = "psoxy-salt" }) }), "PSOXY_ENCRYPTION_KEY is version 1 of psoxy-salt", Change + "--set-secrets="),
        new("the tenant is another than psoxy.yaml says", "environment", facts => facts.WithFunction(function => function with { Environment = Changed(function.Environment, "TENANT_ID", GoodDeployment.Hidden) }), "other than psoxy.yaml says: TENANT_ID", Redeploy),
        new("a variable is missing", "environment", facts => facts.WithFunction(function => function with { Environment = function.Environment.Where(pair => pair.Key != "SOURCE").ToDictionary() }), "missing: SOURCE", Redeploy),
        new("a variable is there that psoxy.yaml does not know", "environment", facts => facts.WithFunction(function => function with { Environment = function.Environment.Append(new("TARGET_HOST", GoodDeployment.Hidden)).ToDictionary() }), "not from psoxy.yaml: TARGET_HOST", Redeploy, Result.Warn),
        new("it has less memory than psoxy.yaml says", "instances", facts => facts.WithFunction(function => function with { Memory = "128Mi" }), "memory 128Mi, and psoxy.yaml says 512Mi", Change + "--memory=512Mi", Result.Warn),
        new("an instance takes too many requests at a time", "instances", facts => facts.WithFunction(function => function with { Concurrency = 1000 }), "1000 requests at a time", Change + "--concurrency=1", Result.Warn),
        new("only the project itself reaches it", "ingress", facts => facts.WithFunction(function => function with { Ingress = "ALLOW_INTERNAL_ONLY" }), "callers elsewhere get 404", Change + "--ingress-settings=all"),
        new("all that it sends goes through a VPC", "ingress", facts => facts.WithFunction(function => function with { Egress = "ALL_TRAFFIC" }), "without NAT there, it does not reach Microsoft", Change + "--egress-settings=private-ranges-only", Result.Warn),
        new("nobody may call it", "callers", facts => Callers(facts), "nobody may call it", "gcloud functions add-invoker-policy-binding psoxy-outlook-mail --region=us-central1 --member=serviceAccount:" + GoodDeployment.Worklytics + Project),
        new("everybody may call it", "callers", facts => Callers(facts, "serviceAccount:" + GoodDeployment.Worklytics, "allUsers"), "everybody on the internet gets as far as the function: allUsers", "gcloud functions remove-invoker-policy-binding psoxy-outlook-mail --region=us-central1 --member=allUsers" + Project, Result.Warn),
        new("somebody may call it who is not in psoxy.yaml", "callers", facts => Callers(facts, "serviceAccount:" + GoodDeployment.Worklytics, "user:eve@example.com"), "not in psoxy.yaml, and may call: user:eve@example.com", "gcloud functions remove-invoker-policy-binding", Result.Warn),
    ];

    public static IEnumerable<BrokenDeployment> OfTheTenant() =>
    [
        new("there is no application yet", "client-id", facts => facts.With(connector => connector with { Settings = connector.Settings with { ClientId = null } }), "psoxy.yaml has no clientId", Apply),
        new("the client id is the application's object id", "application", facts => facts.WithRegistration(_ => new() { MistakenFor = "the application 'x'", RightClientId = GoodDeployment.ObjectId }), "is the object id of the application 'x', and not the client id, which is " + GoodDeployment.ObjectId, $"psoxy entra adopt {GoodDeployment.ObjectId} --connector outlook-mail --force && " + Redeploy),
        new("the application was deleted", "application", facts => facts.WithRegistration(_ => new()), $"the tenant {GoodDeployment.Tenant} has no application with the client id", "correct 'tenant' or 'clientId' in psoxy.yaml"),
        new("the application is open to other tenants", "application", facts => facts.WithApplication(application => application with { SignInAudience = "AzureADMultipleOrgs" }), "open to other tenants", Apply, Result.Warn),
        new("there is no service principal", "service-principal", facts => facts.WithApplication(application => application with { Principal = null }), "AADSTS7000229", Apply),
        new("the service principal is disabled", "service-principal", facts => facts.WithApplication(application => application with { Principal = application.Principal! with { IsEnabled = false } }), "AADSTS7000112", "az ad sp update --id 22222222-bbbb-cccc-dddd-eeeeeeeeeeee --set accountEnabled=true"),
        new("the service account was deleted and made again", "credential", facts => WithCredential(facts, credential => credential with { Subject = Other }), $"its subject is {Other}, and the service account's unique id is {GoodDeployment.UniqueId} (AADSTS700213): an account that is deleted and made again is another one", Apply),
        new("the credential's subject is the e-mail", "credential", facts => WithCredential(facts, credential => credential with { Subject = GoodDeployment.Email }), "its subject is the service account's e-mail, and must be its unique id", Apply),
        new("the credential's issuer ends with a slash", "credential", facts => WithCredential(facts, credential => credential with { Issuer = "https://accounts.google.com/" }), "must be exactly https://accounts.google.com (AADSTS700211)", Apply),
        new("the credential's audience is another", "credential", facts => WithCredential(facts, credential => credential with { Audience = "api://Other" }), "its audience is api://Other, and must be api://AzureADTokenExchange (AADSTS700212)", Apply),
        new("there is no credential", "credential", facts => facts.WithApplication(application => application with { Credentials = [] }), "has no federated credential", Apply),
        new("the application has a client secret", "other-credentials", facts => facts.WithApplication(application => application with { Secrets = ["k"] }), "1 client secret", "psoxy entra apply --remove-credentials --connector outlook-mail", Result.Warn),
        new("the application trusts somebody else as well", "other-credentials", facts => facts.WithApplication(application => application with { Credentials = [.. application.Credentials, new("2", "old", "https://accounts.google.com", Other, "api://AzureADTokenExchange")] }), "the federated credential 'old'", "psoxy entra apply --remove-credentials --connector outlook-mail", Result.Warn),
        new("nobody consented", "consent", facts => facts.WithRegistration(registration => registration with { MissingGrants = ["Mail.ReadBasic.All"] }), "not granted: Mail.ReadBasic.All", Consent),
        new("more was granted than is needed", "consent", facts => facts.WithRegistration(registration => registration with { ExcessGrants = ["Mail.Read"] }), "granted, and not needed: Mail.Read", Consent, Result.Warn),
    ];

    public static IEnumerable<BrokenDeployment> OfTheLiveCheck() =>
    [
        new("the engineer may not call it", "health", facts => Answer(facts, 403), "engineer@example.com may not call it (403)", "gcloud functions add-invoker-policy-binding psoxy-outlook-mail --region=us-central1 --member=user:engineer@example.com" + Project),
        new("it takes calls from its own callers only", "health", facts => Answer(facts, 403, "UNAUTHORIZED"), "it takes calls only from its callers and addresses (403 UNAUTHORIZED)", "run psoxy doctor as one of 'callers'", Result.Warn),
        new("nothing answers at its URL", "health", facts => Answer(facts, 404), "nothing answers at its URL (404)", Deploy),
        new("it does not start", "health", facts => Answer(facts, 503), "it answers 503, and no health check", "gcloud functions logs read psoxy-outlook-mail --gen2"),
        new("it cannot be reached", "health", facts => facts.With(connector => connector with { Health = new(Standing.Failed, null, "it cannot be reached, or its answer breaks off: no route") }), "it cannot be reached", "gcloud functions logs read psoxy-outlook-mail --gen2"),
        new("it finds a setting wrong", "configuration", facts => facts.WithUnwell("configuration", "CLIENT_ID is missing."), "CLIENT_ID is missing.", Redeploy),
        new("it cannot read the salt", "secrets", facts => facts.WithUnwell("secrets", "PSOXY_SALT cannot be read."), "PSOXY_SALT cannot be read.", Deploy),
        new("the salt is a placeholder", "secrets", facts => facts.WithUnwell("salt", "Store a random PSOXY_SALT."), "Store a random PSOXY_SALT.", "openssl rand -base64 36 | tr -d '\\n' | gcloud secrets versions add psoxy-salt"),
        new("the key ends with a line break", "secrets", facts => facts.WithHealth(body => body["warningMessages"]!.AsArray().Add("PSOXY_ENCRYPTION_KEY ends with a line break, which is part of it."), 200), "ends with a line break", "openssl rand -base64 36 | tr -d '\\n' | gcloud secrets versions add psoxy-encryption-key", Result.Warn),
        new("its instances run as an account that was deleted", "identity", facts => facts.WithHealth(body => body["serviceAccountUniqueId"] = Other), $"its instances still run as the account {Other}", Change + "--service-account=" + GoodDeployment.Email),
        new("its identity tokens are for another audience", "identity", facts => facts.WithHealth(body => body["identityTokenAudience"] = "api://Other"), "its identity tokens are for api://Other, and psoxy.yaml says api://AzureADTokenExchange", Redeploy),
        new("Google gives no identity token", "identity", facts => facts.WithUnwell("identityToken", "Google's metadata server gives no identity token."), "gives no identity token", Deploy),
        new("Entra does not know the subject", "token", facts => facts.WithRefusal(700213), "AADSTS700213: No federated credential of the application has the subject of the identity token.", Apply),
        new("Entra does not know the tenant", "token", facts => facts.WithRefusal(90002), "AADSTS90002: ", "correct 'tenant' or 'clientId' in psoxy.yaml"),
        new("Entra finds the application disabled", "token", facts => facts.WithRefusal(7000112), "AADSTS7000112: ", $"az ad sp update --id {GoodDeployment.ClientId} --set accountEnabled=true"),
        new("Entra refuses with a code that nobody knows", "token", facts => facts.WithRefusal(12345678), "AADSTS12345678, which is not on our list", "https://login.microsoftonline.com/error?code=12345678"),
        new("Entra cannot be reached", "token", facts => facts.WithUnwell("entra", "Entra cannot be reached."), "Entra cannot be reached.", "run psoxy doctor again in a minute"),
        new("the token lacks a permission", "roles", facts => facts.WithUnwell("roles", "…").WithHealth(body => body["entra"]!["missingRoles"]!.AsArray().Add("Group.Read.All")), "the token lacks Group.Read.All", Consent),
        new("the token has a permission too many", "roles", facts => facts.WithHealth(body => body["entra"]!["excessRoles"]!.AsArray().Add("Mail.Read"), 200), "what the connector does not need: Mail.Read", Consent, Result.Warn),
        new("Graph refuses", "graph", facts => facts.WithUnwell("GET /v1.0/users", "This request needs User.Read.All.", 403), "GET /v1.0/users (403): This request needs User.Read.All.", Consent),
        new("Graph fails", "graph", facts => facts.WithUnwell("GET /v1.0/users", "Graph's answer broke off.", 200), "Graph's answer broke off.", "gcloud functions logs read"),
        new("its clock is wrong", "clock", facts => facts.WithUnwell("clock", "The function's clock is 400 s behind Entra's."), "400 s behind", "gcloud functions deploy psoxy-outlook-mail"),
    ];

    public static IEnumerable<BrokenDeployment> All() => [.. OfGoogle(), .. OfTheFunction(), .. OfTheTenant(), .. OfTheLiveCheck()];

    private static DeploymentFacts Callers(DeploymentFacts facts, params string[] members) =>
        facts.With(connector => connector with { Invokers = Fact.Known(new Policy([.. members.Select(member => ("roles/run.invoker", member))])) });

    private static DeploymentFacts Answer(DeploymentFacts facts, int status, string? error = null) => facts.With(connector => connector with { Health = Fact.Known(new Health(status, error, null)) });

    private static DeploymentFacts WithCredential(DeploymentFacts facts, Func<FederatedCredential, FederatedCredential> change) =>
        facts.WithApplication(application => application with { Credentials = [.. application.Credentials.Select(change)] });

    private static Dictionary<string, T> Changed<T>(IReadOnlyDictionary<string, T> all, string key, T value) => new(all) { [key] = value };

    private static Dictionary<string, SecretVersionName> Changed(Function function, string key, Func<SecretVersionName, SecretVersionName> change) => Changed(function.Secrets, key, change(function.Secrets[key]));
}
