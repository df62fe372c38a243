using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using static Psoxy.Emulator.Tests.Graph.TenantFixture;

namespace Psoxy.Emulator.Tests.Graph;

/// <summary>What a permission gives, and what more than a permission is needed.</summary>
public sealed class PermissionTests
{
    private static readonly string[] Content = ["body", "bodyPreview", "uniqueBody", "extensions", "singleValueExtendedProperties", "internetMessageHeaders"];

    [TestCase("Mail.ReadBasic.All", false)]
    [TestCase("Mail.Read", true)]
    public async Task Basic_reading_of_mail_gives_no_content(string role, bool hasContent)
    {
        await using var emulator = await EmulatorHost.StartAsync(new EmulatorOptions { FullMessages = false });
        using var client = emulator.CreateGraphClient([role]);
        var target = $"/v1.0/users/{Person}/mailFolders/SentItems/messages";

        var (_, page) = await SendAsync(target, client);
        var (expanded, _) = await SendAsync(target + "?$expand=attachments", client);

        var message = page["value"]![0]!.AsObject();
        Assert.That(Content.Where(message.ContainsKey), Is.EqualTo(hasContent ? Content : []));
        Assert.That((string?)message["subject"], Does.Contain("Kanarie"), "the subject is not content to Graph");
        Assert.That(expanded, Is.EqualTo(hasContent ? HttpStatusCode.OK : HttpStatusCode.Forbidden));
    }

    [TestCase("onlineMeetings")]
    [TestCase("onlineMeetings/any/attendanceReports")]
    [TestCase("onlineMeetings/any/attendanceReports/any")]
    public async Task Meetings_want_an_application_access_policy_besides_the_role(string path)
    {
        await using var emulator = await EmulatorHost.StartAsync(new EmulatorOptions { HasApplicationAccessPolicy = false });
        using var client = emulator.CreateGraphClient();

        var (status, body) = await SendAsync($"/v1.0/users/{Person}/{path}", client);

        Assert.That((status, Code(body)), Is.EqualTo((HttpStatusCode.Forbidden, "Forbidden")));
        Assert.That((string?)body["error"]!["message"], Does.StartWith("No application access policy found for this app"));
    }

    [Test]
    public async Task Who_may_read_groups_only_sees_that_members_are_there_and_no_more()
    {
        using var client = Host.CreateGraphClient(["Group.Read.All"]);

        var (_, body) = await SendAsync("/v1.0/groups/00000002-5fad-4d73-a9f5-000000000000/members/microsoft.graph.user", client);

        var member = body["value"]![0]!.AsObject();
        Assert.That(member.Where(property => property.Value is not null).Select(property => property.Key), Is.EquivalentTo(["@odata.type", "id"]));
        Assert.That(member.ContainsKey("displayName"), Is.True, "it is null, not absent");
    }

    [TestCase("msft-entra-id", "msft-entra-id")]
    [TestCase("azure-ad", "msft-entra-id")]
    [TestCase("outlook-cal", "outlook-cal")]
    [TestCase("outlook-mail", "outlook-mail")]
    [TestCase("msft-teams", "msft-teams")]
    [TestCase("msft-onedrive", "msft-onedrive")]
    [TestCase("msft-copilot", "msft-copilot")]
    public async Task Each_connector_has_an_application_whose_token_carries_its_own_roles(string source, string connectorId)
    {
        var environment = Host.FunctionEnvironment(source, "Any");
        using var google = new HttpClient { BaseAddress = new("http://" + environment["GCE_METADATA_HOST"]) };
        google.DefaultRequestHeaders.Add("Metadata-Flavor", "Google");
        var assertion = await google.GetStringAsync("/computeMetadata/v1/instance/service-accounts/default/identity?audience=api://AzureADTokenExchange");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = environment["CLIENT_ID"],
            ["scope"] = "https://graph.microsoft.com/.default",
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = assertion,
        });

        using var response = await Client.PostAsync($"https://{environment["LOGIN_HOST"]}/{environment["TENANT_ID"]}/oauth2/v2.0/token", form);

        var token = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["access_token"]!;
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;
        var application = Host.Applications.Single(one => one.ConnectorId == connectorId);
        Assert.That((string?)claims["appid"], Is.EqualTo(application.ClientId));
        Assert.That(claims["roles"]!.AsArray().Select(role => (string)role!), Is.EquivalentTo(application.Roles));
        Assert.That(Host.Applications.Select(one => one.ClientId), Is.Unique);
    }
}
