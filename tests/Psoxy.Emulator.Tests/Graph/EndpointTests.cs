using System.Net;
using Psoxy.Emulator.Entra;
using Psoxy.Emulator.Graph;
using static Psoxy.Emulator.Tests.Graph.TenantFixture;

namespace Psoxy.Emulator.Tests.Graph;

/// <summary>Every endpoint of every connector: it answers, it holds canaries, and it wants its permission.</summary>
public sealed class EndpointTests
{
    [TestCaseSource(typeof(TenantFixture), nameof(Samples))]
    public async Task Answers_the_connectors_own_application_with_what_must_not_leave(GraphSample sample)
    {
        using var client = Host.CreateGraphClient(Application(sample.ConnectorId).Roles);

        var (status, body) = await SendAsync(sample.Target, client);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        Assert.That(Canaries.FindIn(body.ToJsonString()), Is.Not.Null, "an endpoint without canary proves nothing");
        Assert.That((string?)body["@odata.context"], Does.StartWith(Host.GraphAddress.ToString()));
        if (body["value"] is { } rows) Assert.That(rows.AsArray(), Is.Not.Empty);
    }

    [TestCaseSource(typeof(TenantFixture), nameof(Samples))]
    public async Task Refuses_an_application_without_the_permission_in_the_words_of_its_workload(GraphSample sample)
    {
        using var client = Host.CreateGraphClient(["Reports.Read.All"]);

        var (status, body) = await SendAsync(sample.Target, client);

        var code = sample.Target.Split('?')[0] switch
        {
            var path when path.Contains("/drives", StringComparison.Ordinal) => "accessDenied",
            var path when path.Contains("/communications/", StringComparison.Ordinal) || path.Contains("/copilot/", StringComparison.Ordinal) || path.Contains("onlineMeetings", StringComparison.Ordinal) => "Forbidden",
            var path when path.Contains("/chats", StringComparison.Ordinal) || path.StartsWith("/v1.0/teams", StringComparison.Ordinal) => "Forbidden",
            var path when path.Contains("essages", StringComparison.Ordinal) || path.Contains("alendar", StringComparison.Ordinal) || path.Contains("/events", StringComparison.Ordinal) || path.Contains("mailboxSettings", StringComparison.Ordinal) => "ErrorAccessDenied",
            _ => "Authorization_RequestDenied",
        };
        Assert.That((status, Code(body)), Is.EqualTo((HttpStatusCode.Forbidden, code)));
    }

    [Test]
    public void Each_connectors_permissions_are_all_asked_for_by_one_of_its_endpoints()
    {
        var server = new GraphServer(new Tenant(new EmulatorOptions()), new Psoxy.Emulator.Entra.Directory.TenantDirectory(), null!, new EmulatorOptions());
        foreach (var application in Host.Applications)
        {
            var asked = Samples.Where(sample => sample.ConnectorId == application.ConnectorId)
                .Select(sample => server.Table.Find(sample.Target.Split('?')[0].Split('/', 3)[2]).Route.AnyOf.First(application.Roles.Contains))
                .Distinct();
            Assert.That(application.Roles.Except(asked), Is.EqualTo(application.ConnectorId == "msft-entra-id" ? ["MailboxSettings.Read"] : Array.Empty<string>()), application.ConnectorId);
        }
    }

    [TestCase("/v1.0/users/{person}/mailFolders/Inbox/messages")]
    [TestCase("/v1.0/users/{person}/messages")]
    [TestCase("/beta/users")]
    [TestCase("/v1.0/users('{person}')/messages")]
    [TestCase("/v1.0/users/{person}/calendars")]
    public async Task More_is_there_than_the_proxy_lets_through(string template)
    {
        var body = await GetAsync(template.Replace("{person}", Person, StringComparison.Ordinal));

        Assert.That(Canaries.FindIn(body.ToJsonString()), Is.Not.Null, "else a refusal would refuse nothing");
    }

    [TestCase("/v1.0/users/nobody/mailboxSettings", "ErrorInvalidUser")]
    [TestCase("/v1.0/users/{mailless}/mailboxSettings", "MailboxNotEnabledForRESTAPI")]
    [TestCase("/v1.0/users/{mailless}/events", "MailboxNotEnabledForRESTAPI")]
    [TestCase("/v1.0/users/{person}/messages/AAA", "ErrorItemNotFound")]
    [TestCase("/v1.0/users/{person}/events/AAA", "ErrorItemNotFound")]
    [TestCase("/v1.0/users/{person}/calendars/AAA/events", "ErrorItemNotFound")]
    [TestCase("/v1.0/groups/00000002-5fad-4d73-a9f5-0000000000ff", "Request_ResourceNotFound")]
    [TestCase("/v1.0/teams/00000002-5fad-4d73-a9f5-000000000001/allChannels", "NotFound")]
    [TestCase("/v1.0/chats/19:none@thread.v2/messages", "NotFound")]
    [TestCase("/v1.0/communications/callRecords/nothing", "NotFound")]
    [TestCase("/v1.0/users/{person}/onlineMeetings/none/attendanceReports", "NotFound")]
    [TestCase("/v1.0/drives/none/root/delta", "itemNotFound")]
    [TestCase("/v1.0/users/{guest}/drives", "ResourceNotFound")]
    [TestCase("/beta/copilot/users/nobody/interactionHistory/getAllEnterpriseInteractions", "NotFound")]
    public async Task What_is_not_there_is_said_in_the_words_of_its_workload(string template, string code)
    {
        var users = Host.Tenant.Users;
        var target = template.Replace("{person}", Person, StringComparison.Ordinal).Replace("{mailless}", (string)users[6]["id"]!, StringComparison.Ordinal).Replace("{guest}", (string)users[8]["id"]!, StringComparison.Ordinal);

        var (status, body) = await SendAsync(target);

        Assert.That((status, Code(body)), Is.EqualTo((HttpStatusCode.NotFound, code)));
    }

    [Test]
    public async Task Many_requests_at_once_find_the_same_though_nothing_is_made_yet()
    {
        await using var emulator = await EmulatorHost.StartAsync();
        using var client = emulator.CreateGraphClient();
        foreach (var sample in Samples.Where(sample => sample.ConnectorId is "outlook-cal" or "outlook-mail" or "msft-onedrive"))
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.GetStringAsync(sample.Target)));
            Assert.That(answers, Is.All.EqualTo(answers[0]), sample.Target);
        }
    }

    private static readonly string[] Odd =
    [
        "$top=-1", "$top=99999999999", "$skip=99999999", "$skip=-1", "$skiptoken=%00", "$skiptoken=cGFnZXw5OTk5OTk5OTk5OQ", "$filter=", "$filter='", "$filter=a/any(x:", "$filter=id%20in%20()", "$filter=startswith(id,null)",
        "$filter=id%20eq%20id", "$orderby=%20", "$orderby=a%20b%20c", "$orderby=value/x/y%20desc", "$select=,,", "$select=*", "$expand=", "$expand=a(", "$expand=members($filter=()", "$expand=sessions($expand=segments($expand=x))", "$search=\"", "$search=\":\"",
        "$count=maybe", "token=ZGVsdGF8MHw5OTk5fDB8MA", "token=", "$deltatoken=ZGVsdGF8MHwxfDF8OTk5", "startDateTime=0001-01-01&endDateTime=0001-01-02", "startDateTime=9999-12-30&endDateTime=9999-12-31T23:59:59Z", "$format=xml", "top=3", "=", "&&", "%",
    ];

    [TestCaseSource(typeof(TenantFixture), nameof(Samples))]
    public async Task Odd_options_are_answered_or_refused_but_never_a_fault(GraphSample sample)
    {
        var path = sample.Target.Split('?')[0];
        foreach (var option in Odd)
        {
            using var response = await Client.GetAsync(new Uri(Host.GraphAddress.ToString().TrimEnd('/') + path + "?" + option, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
            Assert.That((int)response.StatusCode, Is.LessThan(500), option);
        }
    }

    private static ConnectorApplication Application(string connectorId) => Host.Applications.Single(application => application.ConnectorId == connectorId);
}
