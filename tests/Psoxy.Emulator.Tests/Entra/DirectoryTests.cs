using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Entra.Directory;

namespace Psoxy.Emulator.Tests.Entra;

/// <summary>The directory refuses as Graph's does, and forgets nothing.</summary>
public sealed class DirectoryTests
{
    private const string Issuer = "https://accounts.google.com";
    private const string Audience = "api://AzureADTokenExchange";

    private EmulatorHost _host = null!;
    private HttpClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _host = await EmulatorHost.StartAsync();
        _client = _host.CreateGraphClient();
        SignIn(0, DirectoryRole.ApplicationAdministrator);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task An_application_is_found_by_each_of_its_keys_and_made_once_by_its_unique_name()
    {
        var (made, application) = await UpsertAsync("one");
        var (again, nothing) = await UpsertAsync("one");

        Assert.That((made, again), Is.EqualTo((201, 204)));
        Assert.That(nothing, Is.Null);
        foreach (var key in (string[])[$"/{application!["id"]}", $"(appId='{application["appId"]}')", "(uniqueName='one')", $"('{application["id"]}')"])
            Assert.That((string?)(await SendAsync(HttpMethod.Get, "/applications" + key)).Body!["appId"], Is.EqualTo((string?)application["appId"]), key);
        Assert.That((string?)(await SendAsync(HttpMethod.Get, "/applications(uniqueName='two')")).Body!["error"]!["code"], Is.EqualTo("Request_ResourceNotFound"));
    }

    [Test]
    public async Task An_application_is_for_everybody_unless_somebody_says_otherwise()
    {
        var (_, application) = await SendAsync(HttpMethod.Post, "/applications", new() { ["displayName"] = "x" });

        Assert.That((string?)application!["signInAudience"], Is.EqualTo("AzureADandPersonalMicrosoftAccount"));
    }

    [Test]
    public async Task Twenty_federated_credentials_each_for_another_subject()
    {
        var path = await CredentialsPathAsync();
        for (var number = 0; number < 20; number++) Assert.That((await SendAsync(HttpMethod.Post, path, Credential($"name-{number}", $"{number}"))).Status, Is.EqualTo(201));

        await RefuseAsync(path, Credential("name-20", "20"), 403, "Directory_QuotaExceeded");
        await SendAsync(HttpMethod.Delete, path + "/name-0");
        await RefuseAsync(path, Credential("name-1", "other"), 409, "Request_MultipleObjectsWithSameKeyValue");
        await RefuseAsync(path, Credential("other", "1"), 409, "Request_MultipleObjectsWithSameKeyValue");
    }

    [TestCase("subject", "")]
    [TestCase("name", "-a")]
    [TestCase("name", "with blanks")]
    public async Task A_credential_that_is_not_whole_is_refused(string property, string value)
    {
        var credential = Credential("name", "1");
        credential[property] = value;

        await RefuseAsync(await CredentialsPathAsync(), credential, 400, "Request_BadRequest");
    }

    [Test]
    public async Task A_credential_has_exactly_one_audience()
    {
        var credential = Credential("name", "1");
        credential["audiences"] = new JsonArray(Audience, "api://Other");

        await RefuseAsync(await CredentialsPathAsync(), credential, 400, "Request_BadRequest");
    }

    [Test]
    public async Task An_owner_is_added_once()
    {
        var (_, application) = await UpsertAsync("one");
        var owner = new JsonObject { ["@odata.id"] = "https://graph.microsoft.com/v1.0/directoryObjects/77777777-2222-3333-4444-555555555555" };
        var path = $"/applications/{application!["id"]}/owners/$ref";

        Assert.That((await SendAsync(HttpMethod.Post, path, owner)).Status, Is.EqualTo(204));
        await RefuseAsync(path, owner, 400, "Request_BadRequest");
    }

    [Test]
    public async Task Who_owns_an_application_may_change_it_and_nobody_else_without_a_role()
    {
        SignIn(1, DirectoryRole.None);
        var (_, application) = await UpsertAsync("mine");
        var change = new JsonObject { ["displayName"] = "y" };
        Assert.That((await SendAsync(HttpMethod.Patch, $"/applications/{application!["id"]}", change)).Status, Is.EqualTo(204));

        SignIn(2, DirectoryRole.None);
        var (status, refusal) = await SendAsync(HttpMethod.Patch, $"/applications/{application["id"]}", change);
        Assert.That((status, (string?)refusal!["error"]!["code"]), Is.EqualTo((403, "Authorization_RequestDenied")));
        SignIn(2, DirectoryRole.ApplicationAdministrator);
        Assert.That((await SendAsync(HttpMethod.Patch, $"/applications/{application["id"]}", change)).Status, Is.EqualTo(204));
    }

    [Test]
    public async Task An_application_with_OwnedBy_changes_its_own_and_adds_no_owner()
    {
        var (_, foreign) = await UpsertAsync("foreign");
        _client.DefaultRequestHeaders.Authorization = new("Bearer", _host.Engineers.ApplicationToken("88888888-2222-3333-4444-555555555555", "Application.ReadWrite.OwnedBy"));
        var (_, own) = await UpsertAsync("own");
        var change = new JsonObject { ["displayName"] = "y" };

        Assert.That((await SendAsync(HttpMethod.Patch, $"/applications/{own!["id"]}", change)).Status, Is.EqualTo(204));
        Assert.That((await SendAsync(HttpMethod.Patch, $"/applications/{foreign!["id"]}", change)).Status, Is.EqualTo(403));
        await RefuseAsync($"/applications/{own["id"]}/owners/$ref", new() { ["@odata.id"] = "x/77777777-2222-3333-4444-555555555555" }, 403, "Authorization_RequestDenied");
    }

    [TestCase(DirectoryRole.ApplicationAdministrator, 403)]
    [TestCase(DirectoryRole.PrivilegedRoleAdministrator, 201)]
    [TestCase(DirectoryRole.GlobalAdministrator, 201)]
    public async Task Graphs_permissions_are_granted_by_few_and_once(DirectoryRole role, int expected)
    {
        var (clientId, _) = _host.Directory.AddApplication("x");
        var graph = (await SendAsync(HttpMethod.Get, "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')")).Body!;
        var principal = _host.Directory.PrincipalIdOf(clientId);
        var grant = new JsonObject { ["principalId"] = principal, ["resourceId"] = (string?)graph["id"], ["appRoleId"] = (string?)graph["appRoles"]![0]!["id"] };
        SignIn(0, role);

        Assert.That((await SendAsync(HttpMethod.Post, $"/servicePrincipals/{principal}/appRoleAssignments", grant)).Status, Is.EqualTo(expected));
        if (expected == 201) await RefuseAsync($"/servicePrincipals/{principal}/appRoleAssignments", grant, 400, "Request_BadRequest");
    }

    [Test]
    public async Task A_service_principal_needs_an_application_that_is_known_and_is_made_once()
    {
        await RefuseAsync("/servicePrincipals", new() { ["appId"] = Guid.NewGuid().ToString() }, 400, "Request_BadRequest");
        _host.Directory.Lag = 1;
        var (_, application) = await UpsertAsync("one");
        var body = new JsonObject { ["appId"] = (string?)application!["appId"] };

        await RefuseAsync("/servicePrincipals", body, 400, "Request_BadRequest");
        Assert.That((await SendAsync(HttpMethod.Post, "/servicePrincipals", body)).Status, Is.EqualTo(201));
        await RefuseAsync("/servicePrincipals", body, 409, "Request_MultipleObjectsWithSameKeyValue");
    }

    [Test]
    public async Task What_is_deleted_is_kept_until_it_is_purged()
    {
        var (_, application) = await UpsertAsync("one");

        Assert.That((await SendAsync(HttpMethod.Delete, $"/applications/{application!["id"]}")).Status, Is.EqualTo(204));
        Assert.That((await SendAsync(HttpMethod.Get, $"/applications/{application["id"]}")).Status, Is.EqualTo(404));
        var kept = (await SendAsync(HttpMethod.Get, "/directory/deletedItems/microsoft.graph.application")).Body!["value"]!.AsArray();
        Assert.That(kept.Select(one => (string?)one!["id"]), Is.EqualTo([(string?)application["id"]]));
        Assert.That((await SendAsync(HttpMethod.Delete, $"/directory/deletedItems/{application["id"]}")).Status, Is.EqualTo(204));
        Assert.That((await SendAsync(HttpMethod.Delete, $"/directory/deletedItems/{application["id"]}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Applications_are_found_by_a_tag()
    {
        await UpsertAsync("one");
        await UpsertAsync("two", "wanted");

        var found = (await SendAsync(HttpMethod.Get, "/applications?$filter=tags/any(t:t eq 'wanted')&$select=uniqueName")).Body!["value"]!.AsArray();

        Assert.That(found.Select(one => one!.ToJsonString()), Is.EqualTo(["{\"uniqueName\":\"two\"}"]));
    }

    private void SignIn(int person, DirectoryRole role) =>
        _client.DefaultRequestHeaders.Authorization = new("Bearer", _host.Engineers.Token((string)_host.Tenant.Users[person]["id"]!, role));

    private async Task<string> CredentialsPathAsync() => $"/applications/{(await UpsertAsync("one")).Application!["id"]}/federatedIdentityCredentials";

    private async Task<(int Status, JsonObject? Application)> UpsertAsync(string uniqueName, string tag = "x") =>
        await SendAsync(HttpMethod.Patch, $"/applications(uniqueName='{uniqueName}')", new() { ["displayName"] = uniqueName, ["tags"] = new JsonArray(tag) }, "create-if-missing");

    private async Task RefuseAsync(string path, JsonObject body, int status, string code)
    {
        var (answered, refusal) = await SendAsync(HttpMethod.Post, path, body);
        Assert.That((answered, (string?)refusal!["error"]!["code"]), Is.EqualTo((status, code)));
    }

    private async Task<(int Status, JsonObject? Body)> SendAsync(HttpMethod method, string path, JsonObject? body = null, string? prefer = null)
    {
        using var request = new HttpRequestMessage(method, "/v1.0" + path);
        if (body is not null) request.Content = JsonContent.Create(body.DeepClone());
        if (prefer is not null) request.Headers.Add("Prefer", prefer);
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : (JsonObject)JsonNode.Parse(text)!);
    }

    private static JsonObject Credential(string name, string subject) => new() { ["name"] = name, ["issuer"] = Issuer, ["subject"] = subject, ["audiences"] = new JsonArray(Audience) };
}
