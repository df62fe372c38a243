using System.Net;
using System.Text.Json.Nodes;
using static Psoxy.Emulator.Tests.Graph.TenantFixture;

namespace Psoxy.Emulator.Tests.Graph;

/// <summary>OData's options, as each workload takes them.</summary>
public sealed class QueryTests
{
    private const string Records = "/v1.0/communications/callRecords";
    private const string Team = "/v1.0/teams/00000002-5fad-4d73-a9f5-000000000000";

    [TestCase("/v1.0/users?$top=7", 25, 4)]
    [TestCase("/v1.0/users?$top=25", 25, 1)]
    [TestCase("/v1.0/users?$top=4&$orderby=displayName%20desc", 25, 7)]
    [TestCase("/v1.0/groups?$top=4", 6, 2)]
    [TestCase("/v1.0/groups/00000002-5fad-4d73-a9f5-000000000000/members?$top=3", 11, 4)]
    [TestCase("/v1.0/groups/00000002-5fad-4d73-a9f5-000000000000/members/microsoft.graph.user?$top=3", 9, 3)]
    [TestCase("/v1.0/users/{person}/events?$top=3", 8, 3)]
    [TestCase("/v1.0/users/{person}/calendarView?startDateTime=2026-03-01&endDateTime=2026-05-01&$top=5", 22, 5)]
    [TestCase("/v1.0/users/{person}/mailFolders/SentItems/messages", 12, 2)]
    [TestCase("/v1.0/teams?$top=3", 4, 2)]
    [TestCase("/v1.0/users/{person}/chats?$top=2", 7, 4)]
    [TestCase(Team + "/channels/19:000000000000a1b2c3d4e5f6a7b8c9d0@thread.tacv2/messages", 41, 3)]
    [TestCase(Team + "/channels/19:000000000000a1b2c3d4e5f6a7b8c9d0@thread.tacv2/messages/delta", 42, 3)]
    [TestCase("/v1.0/chats/19:groupchat000001@thread.v2/messages?$top=11", 42, 4)]
    [TestCase(Records, 130, 3)]
    [TestCase(Records + "/getPstnCalls(fromDateTime=2026-01-01,toDateTime=2026-03-31)", 1335, 2)]
    [TestCase(Records + "/getDirectRoutingCalls(toDateTime=2026-03-31,fromDateTime=2026-01-01)", 1335, 2)]
    [TestCase("/v1.0/users/{person}/onlineMeetings?$top=2", 5, 3)]
    [TestCase("/v1.0/drives/b!persondrive000001aBcDeFgHiJkLmNoPqRsTuVwXyZ/root/delta?$top=4", 11, 3)]
    [TestCase("/v1.0/drives/b!persondrive000001aBcDeFgHiJkLmNoPqRsTuVwXyZ/activities", 22, 2)]
    [TestCase("/beta/copilot/users/{person}/interactionHistory/getAllEnterpriseInteractions?$top=4", 14, 4)]
    public async Task Pages_end_with_every_row_once(string template, int rows, int pages)
    {
        var all = await AllAsync(Fill(template));

        Assert.That(all.Rows.Select(row => (string)row["id"]!).ToList(), Has.Count.EqualTo(rows).And.Unique);
        Assert.That(all.Pages, Is.EqualTo(pages));
    }

    [TestCase("/v1.0/users?$top=2&$select=id,mail&$filter=accountEnabled%20eq%20true", "$skiptoken=")]
    [TestCase("/v1.0/users/{person}/events?$top=2&$select=subject", "$skip=2")]
    [TestCase("/v1.0/users/{person}/chats?$top=2&$expand=members", "$skiptoken=")]
    [TestCase("/beta/copilot/users/{person}/interactionHistory/getAllEnterpriseInteractions?$top=2", "$skiptoken=")]
    public async Task The_next_link_repeats_the_request_and_adds_a_mark(string template, string mark)
    {
        var target = Fill(template);

        Assert.That((string?)(await GetAsync(target))["@odata.nextLink"], Does.StartWith(Host.GraphAddress.ToString().TrimEnd('/') + target + "&" + mark));
    }

    [TestCase("/v1.0/users?$filter=userType%20eq%20'Guest'", 2)]
    [TestCase("/v1.0/users?$filter=accountEnabled%20eq%20false%20or%20userType%20eq%20'Guest'", 4)]
    [TestCase("/v1.0/users?$filter=startswith(department,'Res')", 13)]
    [TestCase("/v1.0/users?$filter=department%20in%20('Sales','None')", 12)]
    [TestCase("/v1.0/users?$filter=otherMails/any(m:startswith(m,'private'))", 9)]
    [TestCase("/v1.0/users?$filter=assignedLicenses/any()", 25)]
    [TestCase("/v1.0/groups?$filter=groupTypes/any(t:t%20eq%20'Unified')", 4)]
    [TestCase("/v1.0/users/{person}/events?$filter=start/dateTime%20ge%20'2026-03-03'", 4)]
    [TestCase("/v1.0/users/{person}/events?$filter=isCancelled%20eq%20true", 1)]
    [TestCase("/v1.0/users/{person}/mailFolders/SentItems/messages?$top=50&$filter=sentDateTime%20ge%202026-03-10T00:00:00Z", 6)]
    [TestCase("/v1.0/users/{person}/chats?$filter=chatType%20eq%20'oneOnOne'", 2)]
    [TestCase(Records + "?$filter=startDateTime%20ge%202026-03-02T09:00:00Z%20and%20startDateTime%20lt%202026-03-02T14:00:00Z", 3)]
    [TestCase(Records + "?$filter=participants_v2/any(p:p/id%20eq%20'{person}')", 6)]
    [TestCase("/v1.0/users/{person}/onlineMeetings?$filter=isBroadcast%20eq%20true", 1)]
    [TestCase("/beta/copilot/users/{person}/interactionHistory/getAllEnterpriseInteractions?$filter=appClass%20eq%20'IPM.SkypeTeams.Message.Copilot.Word'", 4)]
    public async Task Filters_are_evaluated(string template, int rows) => Assert.That((await GetAsync(Fill(template)))["value"]!.AsArray(), Has.Count.EqualTo(rows));

    [TestCase("/v1.0/users?$count=true&$filter=mail%20ne%20null", 22)]
    [TestCase("/v1.0/users?$count=true&$filter=not%20startswith(department,'Res')", 12)]
    [TestCase("/v1.0/users?$count=true&$filter=endswith(userPrincipalName,'3@contoso-emulated.example')", 3)]
    [TestCase("/v1.0/users?$count=true&$filter=otherMails/$count%20eq%200", 16)]
    [TestCase("/v1.0/users?$count=true&$orderby=createdDateTime", 25)]
    [TestCase("/v1.0/users?$count=true&$filter=accountEnabled%20eq%20true&$orderby=displayName", 23)]
    [TestCase("/v1.0/users?$count=true&$search=\"displayName:Ada\"", 3)]
    [TestCase("/v1.0/groups?$count=true&$search=\"displayName:List\"%20AND%20\"description:Kanarie\"", 6)]
    public async Task The_directory_takes_advanced_queries_only_when_they_are_asked_for_as_such(string target, int count)
    {
        var (status, refused) = await SendAsync(target);
        var body = await GetAsync(target, eventual: true);

        Assert.That((status, Code(refused)), Is.EqualTo((HttpStatusCode.BadRequest, "Request_UnsupportedQuery")));
        Assert.That(((int)body["@odata.count"]!, body["value"]!.AsArray().Count), Is.EqualTo((count, count)));
    }

    [TestCase("/v1.0/users?$filter=contains(displayName,'Kanarie')", "Request_UnsupportedQuery")]
    [TestCase("/v1.0/users?$filter=frobnicate(displayName,'x')", "Request_UnsupportedQuery")]
    [TestCase("/v1.0/users?$top=0", "Request_UnsupportedQuery")]
    [TestCase("/v1.0/users?$top=1000", "Request_UnsupportedQuery")]
    [TestCase("/v1.0/users?$expand=nonsense", "Request_UnsupportedQuery")]
    [TestCase("/v1.0/users/{person}/events?$filter=(((", "ErrorInvalidUrlQueryFilter")]
    [TestCase("/v1.0/users/{person}/mailFolders/SentItems/messages?$expand=nonsense", "ErrorInvalidUrlQueryFilter")]
    [TestCase("/v1.0/users/{person}/mailFolders/SentItems/messages?$skip=x", "ErrorInvalidUrlQuery")]
    [TestCase("/v1.0/users/{person}/chats?$top=51", "BadRequest")]
    [TestCase("/v1.0/users/{person}/chats?$skiptoken=x", "BadRequest")]
    [TestCase("/v1.0/users/{person}/chats?$search=x", "BadRequest")]
    [TestCase(Records + "?$filter=type%20eq%20'groupCall'", "BadRequest")]
    [TestCase(Records + "?$filter=startDateTime%20ne%202026-03-02T09:00:00Z", "BadRequest")]
    [TestCase(Records + "?$expand=sessions", "BadRequest")]
    [TestCase(Records + "?$top=5", "BadRequest")]
    [TestCase(Records + "/getPstnCalls(fromDateTime=2026-01-01,toDateTime=2026-04-30)", "BadRequest")]
    [TestCase(Records + "/getPstnCalls(fromDateTime=yesterday,toDateTime=2026-04-30)", "BadRequest")]
    [TestCase("/beta/copilot/users/{person}/interactionHistory/getAllEnterpriseInteractions?$filter=body/content%20eq%20'x'", "BadRequest")]
    [TestCase("/v1.0/drives/b!persondrive000001aBcDeFgHiJkLmNoPqRsTuVwXyZ/root/delta?$top=x", "invalidRequest")]
    public async Task What_a_workload_does_not_take_is_refused_in_its_words(string template, string code)
    {
        var (status, body) = await SendAsync(Fill(template));

        Assert.That((status, Code(body)), Is.EqualTo((HttpStatusCode.BadRequest, code)));
        Assert.That(Canaries.FindIn(body.ToJsonString()), Is.Not.Null, "an error's text may tell as much as an answer's");
    }

    [Test]
    public async Task Orders_follow_each_property_in_turn()
    {
        var rows = (await GetAsync("/v1.0/users?$count=true&$orderby=department%20desc,employeeId", eventual: true))["value"]!.AsArray().Select(row => ((string)row!["department"]!, (string)row["employeeId"]!)).ToList();

        Assert.That(rows, Is.EqualTo(rows.OrderByDescending(row => row.Item1, StringComparer.Ordinal).ThenBy(row => row.Item2, StringComparer.Ordinal)).AsCollection);
    }

    [TestCase("/v1.0/users/{person}/events?$select=subject,start", new[] { "@odata.etag", "id", "subject", "start" })]
    [TestCase("/v1.0/users?$select=displayName", new[] { "displayName" })]
    [TestCase("/v1.0/users/{person}/chats?$select=topic&$expand=members($select=displayName)", new[] { "id", "topic", "members" })]
    public async Task Select_leaves_the_rest_out_but_for_annotations_expansions_and_ids_outside_the_directory(string template, string[] names) =>
        Assert.That((await GetAsync(Fill(template)))["value"]![0]!.AsObject().Select(property => property.Key), Is.EquivalentTo(names));

    [Test]
    public async Task Expansions_take_options_of_their_own()
    {
        var record = await GetAsync(Records + "/00000014-5fad-4d73-a9f5-000000000005?$select=id,type&$expand=sessions($top=1;$select=caller;$expand=segments($select=media))");

        var session = record["sessions"]!.AsArray().Single()!.AsObject();
        Assert.That(record.Select(property => property.Key), Is.EquivalentTo(["@odata.context", "id", "type", "sessions"]));
        Assert.That(session.Select(property => property.Key), Is.EquivalentTo(["id", "caller", "segments"]));
        Assert.That(session["segments"]![0]!.AsObject().Select(property => property.Key), Is.EquivalentTo(["id", "media"]));
    }

    [TestCase("/v1.0/users/{person}", "manager")]
    [TestCase("/v1.0/users/{person}", "directReports")]
    [TestCase("/v1.0/users/{person}", "memberOf")]
    [TestCase("/v1.0/groups/00000002-5fad-4d73-a9f5-000000000000", "members")]
    [TestCase("/v1.0/groups/00000002-5fad-4d73-a9f5-000000000000", "owners")]
    [TestCase("/v1.0/users/{person}/messages/AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZi000100000000AAA=", "attachments")]
    [TestCase("/v1.0/users/{person}/events/AAMkAGevent000001000000000000", "attachments")]
    [TestCase("/v1.0/users/{person}/events/AAMkAGevent000001000000000004", "exceptionOccurrences")]
    [TestCase("/v1.0/communications/calls/00000006-5fad-4d73-a9f5-000000000001", "participants")]
    public async Task What_leads_elsewhere_is_there_only_when_it_is_expanded(string template, string navigation)
    {
        var (without, with) = (await GetAsync(Fill(template)), await GetAsync(Fill(template) + "?$expand=" + navigation));

        Assert.That(without.ContainsKey(navigation), Is.False);
        Assert.That(with[navigation] is JsonArray ? with[navigation]![0] : with[navigation], Is.Not.Null);
        Assert.That(Canaries.FindIn(with[navigation]!.ToJsonString()), Is.Not.Null);
    }

    [Test]
    public async Task The_count_is_on_the_first_page_only()
    {
        var first = await GetAsync("/v1.0/users?$count=true&$top=5", eventual: true);
        var second = await GetAsync((string)first["@odata.nextLink"]!, eventual: true);

        Assert.That((int)first["@odata.count"]!, Is.EqualTo(25));
        Assert.That(second.ContainsKey("@odata.count"), Is.False);
    }

    [TestCase("/v1.0/users('{person}')", "/v1.0/users/{person}")]
    [TestCase("/v1.0/users/{person}/mailFolders('SentItems')/messages", "/v1.0/users/{person}/mailFolders/sentitems/messages")]
    [TestCase("/v1.0/teams('00000002-5fad-4d73-a9f5-000000000000')/allChannels", Team + "/allChannels")]
    [TestCase(Records + "/microsoft.graph.callRecords.getPstnCalls(fromDateTime=2026-03-02,toDateTime=2026-03-03)", Records + "/getPstnCalls(fromDateTime=2026-03-02,toDateTime=2026-03-03)")]
    [TestCase("/v1.0/copilot/users/{person}/interactionHistory/microsoft.graph.getAllEnterpriseInteractions()", "/v1.0/copilot/users/{person}/interactionHistory/getAllEnterpriseInteractions")]
    public async Task Another_spelling_is_the_same_resource(string one, string other)
    {
        var (first, second) = (await GetAsync(Fill(one)), await GetAsync(Fill(other)));
        foreach (var body in (JsonObject[])[first, second]) foreach (var annotation in (string[])["@odata.context", "@odata.nextLink"]) body.Remove(annotation);

        Assert.That(first.ToJsonString(), Is.EqualTo(second.ToJsonString()));
    }

    private static string Fill(string template) => template.Replace("{person}", Person, StringComparison.Ordinal);
}
