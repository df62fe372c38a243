using System.Text.Json.Nodes;
using Psoxy.Emulator.Entra.Directory;
using Psoxy.Emulator.SecretManager;

namespace Psoxy.Cli.Tests.Doctor;

/// <summary>psoxy doctor as a process, with the real gcloud, on a function that was really deployed; broken in one way at a time.</summary>
[Category("Publish")]
public sealed class DoctorTests
{
    private DeployedFixture fixture = null!;

    [OneTimeSetUp]
    public async Task DeployAsync() => fixture = await DeployedFixture.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (fixture is not null) await fixture.DisposeAsync();
    }

    [Test]
    public async Task A_good_deployment_is_called_good()
    {
        var run = await fixture.RunAsync();

        Assert.That(run.NotOk.Select(check => check.ToJsonString()), Is.Empty);
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Ok));
        Assert.That((string?)run["graph"]["what"], Does.Match("^[1-9] of [1-9] requests$"), "rows came through");
    }

    [Test]
    public async Task The_federated_credential_is_for_an_account_that_was_deleted()
    {
        var credential = fixture.Application.Credentials[0];
        var subject = (string)credential["subject"]!;
        credential["subject"] = "108888888888888888888";
        var run = await fixture.RunAsync();
        credential["subject"] = subject;

        run.Must("credential", "wrong", $"its subject is 108888888888888888888, and the service account's unique id is {subject}", "psoxy entra apply --connector outlook-mail");
        run.Must("token", "wrong", "AADSTS700213", "psoxy entra apply --connector outlook-mail");
        run.Must("graph", "notAsked", "it needs a configuration, secrets and a token", "");
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Failed));
    }

    [Test]
    public async Task The_enterprise_application_is_disabled()
    {
        fixture.Principal.Body["accountEnabled"] = false;
        var run = await fixture.RunAsync();
        fixture.Principal.Body["accountEnabled"] = true;

        run.Must("service-principal", "wrong", "is disabled", $"az ad sp update --id {fixture.Principal.Id} --set accountEnabled=true");
        run.Must("token", "wrong", "AADSTS7000112", "az ad sp update --id " + fixture.Host.Options.ClientId);
    }

    [Test]
    public async Task A_permission_was_not_consented_to()
    {
        var grants = fixture.Principal.Assignments.ToList();
        fixture.Principal.Assignments.RemoveAll(grant => (string?)grant["appRoleId"] == GraphRoles.IdOf["User.Read.All"]);
        var run = await fixture.RunAsync();
        fixture.Principal.Assignments.Clear();
        fixture.Principal.Assignments.AddRange(grants);

        run.Must("consent", "wrong", "not granted: User.Read.All", "psoxy entra consent --connector outlook-mail");
        run.Must("roles", "wrong", "the token lacks User.Read.All", "psoxy entra consent --connector outlook-mail");
        run.Must("graph", "wrong", "GET /v1.0/users (403)", "psoxy entra consent --connector outlook-mail");
    }

    [Test]
    public async Task Five_things_are_wrong_in_the_project_and_the_commands_that_it_gives_mend_them()
    {
        var (salt, keyPolicy, callers) = (fixture.Cloud.Secrets.Find("psoxy-salt")!.GetVersion("1"), fixture.Cloud.Secrets.Find("psoxy-encryption-key")!.Policy, fixture.Function.Service.Policy);
        salt.Change(SecretState.Disabled);
        fixture.Cloud.Services.Disable("artifactregistry.googleapis.com");
        fixture.Cloud.Project.IsPaidFor = false;
        _ = fixture.With(keyPolicy, bindings => bindings.Clear());
        _ = fixture.With(callers, bindings => bindings.Clear());
        var run = await fixture.RunAsync();
        fixture.Cloud.Project.IsPaidFor = true;

        run.Must("billing", "wrong", "no billing account", "gcloud billing projects link psoxy-emulator");
        run.Must("apis", "wrong", "not enabled: artifactregistry.googleapis.com", "gcloud services enable artifactregistry.googleapis.com --project=psoxy-emulator");
        run.Must("salt", "wrong", "the salt (psoxy-salt, version 1) is disabled", "gcloud secrets versions enable 1 --secret=psoxy-salt --project=psoxy-emulator");
        run.Must("secret-access", "wrong", DeployedFixture.Email + " may not read psoxy-encryption-key", "gcloud secrets add-iam-policy-binding psoxy-encryption-key --member=serviceAccount:" + DeployedFixture.Email);
        run.Must("callers", "wrong", "nobody may call it", "gcloud functions add-invoker-policy-binding psoxy-outlook-mail --region=us-central1 --member=" + DeployedFixture.Worklytics);

        foreach (var check in (string[])["apis", "salt", "secret-access", "callers"]) await fixture.FixAsync(run, check);
        Assert.That(salt.State, Is.EqualTo(SecretState.Enabled));
        Assert.That(fixture.Cloud.Services.IsEnabled("artifactregistry.googleapis.com"), Is.True);
        Assert.That(keyPolicy.RolesOf("serviceAccount:" + DeployedFixture.Email), Is.EqualTo(new[] { "roles/secretmanager.secretAccessor" }));
        Assert.That(callers.RolesOf(DeployedFixture.Worklytics), Is.EqualTo(new[] { "roles/run.invoker" }));
    }

    [Test]
    public async Task Too_much_is_allowed_which_is_only_a_warning()
    {
        DoctorRun run;
        using (fixture.With(fixture.Cloud.Project.Policy, bindings => bindings.Add(Binding("roles/editor", "serviceAccount:" + DeployedFixture.Email))))
        using (fixture.With(fixture.Function.Service.Policy, bindings => bindings.Add(Binding("roles/run.invoker", "allUsers")))) run = await fixture.RunAsync();

        run.Must("callers", "warn", "everybody on the internet gets as far as the function: allUsers", "gcloud functions remove-invoker-policy-binding psoxy-outlook-mail");
        run.Must("least-privilege", "warn", "it has roles/editor on the whole project", "gcloud projects remove-iam-policy-binding psoxy-emulator");
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Ok));
    }

    [Test]
    public async Task Psoxy_yaml_has_an_object_id_and_another_region()
    {
        var (client, theObject) = (fixture.Host.Options.ClientId, fixture.Host.Options.ObjectId);
        var run = await fixture.RunAsync(fixture.Settings(theObject, "europe-west1"));

        run.Must("application", "wrong", $"{theObject} is the object id of the application 'Psoxy outlook-mail', and not the client id, which is {client}", $"psoxy entra adopt {client} --connector outlook-mail --force");
        run.Must("credential", "notAsked", "there is no application of that client id", "");
        run.Must("function", "wrong", "psoxy-outlook-mail is in us-central1, and psoxy.yaml says europe-west1", "./deploy.sh apply --connector outlook-mail");
        run.Must("health", "notAsked", "there is no function", "");
    }

    [Test]
    public async Task The_service_account_was_deleted_and_made_again()
    {
        var before = fixture.Cloud.Accounts.Get(DeployedFixture.Email);
        var gone = $"deleted:{before.Member}?uid={before.UniqueId}";
        fixture.Cloud.Accounts.Delete(before);
        foreach (var policy in fixture.Cloud.Policies) policy.Rename(before.Member, gone);
        var after = fixture.Cloud.Accounts.Create(DeployedFixture.Name, "", "");
        var run = await fixture.RunAsync();
        fixture.Cloud.Accounts.Delete(after);
        fixture.Cloud.Accounts.Undelete(before);
        foreach (var policy in fixture.Cloud.Policies) policy.Rename(gone, before.Member);

        run.Must("secret-access", "wrong", "who is made anew is another one", "gcloud secrets add-iam-policy-binding psoxy-salt");
        run.Must("credential", "wrong", $"its subject is {before.UniqueId}, and the service account's unique id is {after.UniqueId}", "psoxy entra apply --connector outlook-mail");
        run.Must("identity", "wrong", $"its instances still run as the account {before.UniqueId}", "gcloud functions deploy psoxy-outlook-mail");
    }

    [Test]
    public async Task The_build_failed()
    {
        (fixture.Function.State, fixture.Function.Problem) = ("FAILED", "Build failed with status: FAILURE");
        var run = await fixture.RunAsync();
        (fixture.Function.State, fixture.Function.Problem) = ("ACTIVE", "");

        run.Must("function", "wrong", "its deployment failed: Build failed with status: FAILURE", "./deploy.sh apply --connector outlook-mail");
        run.Must("health", "notAsked", "not asked, because the function is not active", "");
    }

    [Test]
    public async Task The_function_was_changed_by_hand_and_the_commands_change_it_back()
    {
        var before = (JsonObject)fixture.Function.Spec.DeepClone();
        var spec = fixture.Function.Spec;
        spec["buildConfig"]!["entryPoint"] = "Psoxy.Gcp.TeamsFunction";
        spec["serviceConfig"]!["environmentVariables"]!["TENANT_ID"] = DeployedFixture.Salt;
        spec["serviceConfig"]!["ingressSettings"] = "ALLOW_INTERNAL_ONLY";
        spec["serviceConfig"]!["secretEnvironmentVariables"]![0]!["version"] = "latest";
        spec["serviceConfig"]!["availableMemory"] = "128Mi";
        var run = await fixture.RunAsync();

        run.Must("build", "wrong", "the entry point is Psoxy.Gcp.TeamsFunction", "gcloud functions deploy psoxy-outlook-mail");
        run.Must("environment", "wrong", "other than psoxy.yaml says: TENANT_ID", "gcloud functions deploy psoxy-outlook-mail");
        run.Must("ingress", "wrong", "callers elsewhere get 404", "gcloud functions deploy psoxy-outlook-mail");
        run.Must("injected-secrets", "wrong", "every pseudonym changes", "gcloud functions deploy psoxy-outlook-mail");
        run.Must("instances", "warn", "memory 128Mi, and psoxy.yaml says 512Mi", "gcloud functions deploy psoxy-outlook-mail");

        // Of the commands that deploy, two: each takes as long as a deployment does.
        foreach (var check in (string[])["build", "environment"]) await fixture.FixAsync(run, check);
        var after = fixture.Function.Spec;
        Assert.That((string?)after["buildConfig"]!["entryPoint"], Is.EqualTo("Psoxy.Gcp.OutlookMailFunction"));
        Assert.That(JsonNode.DeepEquals(after["serviceConfig"]!["environmentVariables"], before["serviceConfig"]!["environmentVariables"]), Is.True, "the environment that psoxy.yaml says");
        foreach (var name in (string[])["ingressSettings", "secretEnvironmentVariables", "availableMemory"]) after["serviceConfig"]![name] = before["serviceConfig"]![name]?.DeepClone();
    }

    [Test]
    public async Task An_engineer_without_rights_is_told_which_and_that_nothing_is_known()
    {
        fixture.Cloud.Grant("roles/browser", "serviceAccount:newcomer@psoxy-admins.iam.gserviceaccount.com");
        var newcomer = await fixture.Cloud.CreateGcloudEnvironmentAsync("newcomer@psoxy-admins.iam.gserviceaccount.com");
        var run = await fixture.RunAsync(null, ("CLOUDSDK_CONFIG", newcomer.Variables["CLOUDSDK_CONFIG"]));

        run.Must("rights", "wrong", "newcomer@psoxy-admins.iam.gserviceaccount.com may not read which APIs are enabled, the salt's version", "gcloud projects add-iam-policy-binding psoxy-emulator --member=serviceAccount:newcomer@psoxy-admins.iam.gserviceaccount.com --role=roles/viewer");
        run.Must("function", "notAsked", "not asked, because you may not read the functions", "");
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Failed));

        await fixture.FixAsync(run, "rights");
        var again = await fixture.RunAsync(null, ("CLOUDSDK_CONFIG", newcomer.Variables["CLOUDSDK_CONFIG"]));
        again.Must("rights", "ok", "nothing was refused", "");
        again.Must("health", "wrong", "newcomer@psoxy-admins.iam.gserviceaccount.com may not call it (403)", "gcloud functions add-invoker-policy-binding psoxy-outlook-mail --region=us-central1 --member=serviceAccount:newcomer@psoxy-admins.iam.gserviceaccount.com");
    }

    [Test]
    public async Task Nobody_is_signed_in()
    {
        using var empty = new TemporaryFolder();
        var run = await fixture.RunAsync(null, ("CLOUDSDK_CONFIG", empty["config"]));

        run.Must("sign-in", "wrong", "nobody is signed in to gcloud", "gcloud auth login");
        run.Must("function", "notAsked", "not asked, because nobody is signed in to gcloud", "");
        run.Must("service-principal", "ok", "enabled", "");
    }

    [Test]
    public async Task There_is_no_gcloud()
    {
        var run = await fixture.RunAsync(null, ("PATH", "/nowhere"));

        run.Must("gcloud", "wrong", "gcloud is not on this machine", "install the Google Cloud CLI");
        run.Must("sign-in", "notAsked", "gcloud is not on this machine", "");
    }

    [Test]
    public async Task Nobody_is_signed_in_to_the_tenant_and_the_live_check_is_enough()
    {
        var run = await fixture.RunAsync(null, ("PSOXY_GRAPH_TOKEN", null));

        run.Must("tenant", "notAsked", "nobody is signed in to the tenant", "az login --tenant");
        run.Must("consent", "notAsked", "nobody could look into the tenant", "");
        run.Must("graph", "ok", "requests", "");
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Ok));
    }

    private static JsonObject Binding(string role, string member) => new() { ["role"] = role, ["members"] = new JsonArray(member) };
}
