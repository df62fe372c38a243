using System.Text;
using System.Text.Json.Nodes;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Core.Tests.Laws;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Connectors;

/// <summary>What is particular to Teams: ids that hold other ids, people who have no account, and links that let one in.</summary>
public sealed class TeamsTests
{
    private const string Ines = "00000001-5fad-4d73-a9f5-000000000007";
    private const string Yuki = "00000001-5fad-4d73-a9f5-000000000009";
    private const string OneOnOne = $"19:{Ines}_{Yuki}@unq.gbl.spaces";
    private const string Link = "https://teams.example/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Oid%22%3a%22" + Ines + "%22%7d";
    private const string Chats = "/v1.0/users/{userId}/chats";
    private const string ChatMessages = "/v1.0/chats/{chatId}/messages";
    private const string Records = "/v1.0/communications/callRecords";
    private const string Meetings = "/v1.0/users/{userId}/onlineMeetings";
    private const string Reports = Meetings + "/{meetingId}/attendanceReports";
    private const string Dates = "(fromDateTime={startDate},toDateTime={endDate})";
    private const string MeetingOptions = "$top,$select,$skiptoken,$orderBy,$count,$filter,$expand,$format,$search,$skip";

    [TestCase("/v1.0/users", "$top,$select,$skiptoken,$orderBy,$count,$filter")]
    [TestCase("/v1.0/users/{userId}", "$top,$select,$skiptoken,$orderBy,$count,$filter")]
    [TestCase("/v1.0/teams", "$select,$top,$skiptoken,$filter,$count")]
    [TestCase("/v1.0/teams/{teamId}/allChannels", "$select,$filter,$skiptoken")]
    [TestCase(Chats, "$select,$top,$skiptoken,$filter,$orderby,$expand")]
    [TestCase("/v1.0/teams/{teamId}/channels/{channelId}/messages", "$select,$top,$skiptoken,$expand")]
    [TestCase("/v1.0/teams/{teamId}/channels/{channelId}/messages/delta", "$select,$top,$skiptoken,$expand,$deltatoken,$filter")]
    [TestCase(ChatMessages, "$select,$top,$skiptoken,$filter,$orderby,$count,$expand,$skip")]
    [TestCase("/v1.0/communications/calls/{callId}", "$select,$top,$expand")]
    [TestCase(Records, "$select,$expand,$filter,$skip,$skiptoken")]
    [TestCase(Records + "/{callRecordId}", "$select,$expand,$filter")]
    [TestCase(Records + "/getDirectRoutingCalls" + Dates, "$skip")]
    [TestCase(Records + "/getPstnCalls" + Dates, "$skip")]
    [TestCase(Meetings, MeetingOptions)]
    [TestCase(Reports, MeetingOptions)]
    [TestCase(Reports + "/{reportId}", MeetingOptions)]
    public void Allows_the_listed_query_parameters(string endpoint, string names) =>
        Assert.That(Find(endpoint).QueryParameters, Is.EquivalentTo(names.ToLowerInvariant().Split(',')));

    [Test]
    public void Has_sixteen_endpoints_each_with_a_schema_for_all_that_comes_in_and_goes_out()
    {
        Assert.That(Rules().Endpoints, Has.Length.EqualTo(16));
        foreach (var endpoint in Rules().Endpoints)
        {
            Assert.That(endpoint.ResponseSchema, Is.Not.Null, endpoint.Name);
            Assert.That(endpoint.Methods, Is.EqualTo(new[] { "GET", "HEAD" }), endpoint.Name);
            var parameters = ((PathTemplate)endpoint.Path).Segments.SelectMany(segment => segment.Parts).OfType<TemplateParameter>().Select(parameter => parameter.Name);
            Assert.That(endpoint.PathParameterSchemas.Keys, Is.EquivalentTo(parameters), endpoint.Name);
            if (PropertyVisibility.IsCollection(endpoint.ResponseSchema!)) Assert.That(endpoint.Transforms.OfType<SealPagingLink>().Count(), Is.EqualTo(1), endpoint.Name);
        }
    }

    [TestCase("4:+48225550108", "")]
    [TestCase("+48 22 555-0108", "")]
    [TestCase("48225550108", "")]
    [TestCase("tel:+48225550108", "")]
    [TestCase(Ines, Ines)]
    [TestCase("", "")]
    public void A_phone_number_is_no_id_and_an_accounts_is(string id, string left) => Assert.That(IdOf(Sanitized(ChatMessages, From(id))), Is.EqualTo(left));

    [TestCase("linnea.haddad@fabrikam.example")]
    [TestCase("live:linnea.haddad")]
    [TestCase("8:teamsvisitor:linnea")]
    [TestCase(Ines + "-linnea")]
    [TestCase("linnea\n" + Ines)]
    [TestCase(Ines + "\n")]
    public void Whoever_has_no_account_has_a_token(string id)
    {
        var left = IdOf(Sanitized(ChatMessages, From(id)))!;

        Assert.That(Sanitizing.Pseudonymizer.TryReverse(left, out var original), Is.True, left);
        Assert.That(original, Is.EqualTo(id));
    }

    [Test]
    public void With_pseudonymous_ids_a_chat_can_still_be_asked_for()
    {
        var chat = Sanitized(Chats, $$"""{"value":[{"id":"{{OneOnOne}}"}]}""", "pseudonymizeAppIds")["value"]![0]!["id"]!.ToString();

        Assert.That(chat, Does.StartWith("p~"));
        Assert.That(Reversed($"/v1.0/chats/{chat}/messages", "$top=50", "pseudonymizeAppIds"), Is.EqualTo($"/v1.0/chats/{OneOnOne}/messages?$top=50"));
    }

    [Test]
    public void With_pseudonymous_ids_so_can_a_meetings_reports()
    {
        const string id = "MSowMDAwMDAwMS01ZmFkLTRkNzMtYTlmNS0wMDAwMDAwMDAwMDcqMCoqMTk6bWVldGluZ19ZbVZs";
        var meeting = Sanitized(Meetings, $$"""{"value":[{"id":"{{id}}"}]}""", "pseudonymizeAppIds")["value"]![0]!["id"]!.ToString();
        var user = Sanitizing.Pseudonymizer.Tokenize(Ines);

        Assert.That(Convert.ToBase64String(Encoding.UTF8.GetBytes($"1*{Ines}*")), Is.EqualTo(id[..52]), "it holds the organiser's id");
        Assert.That(Reversed($"/v1.0/users/{user}/onlineMeetings/{meeting}/attendanceReports", "", "pseudonymizeAppIds"), Is.EqualTo($"/v1.0/users/{Ines}/onlineMeetings/{id}/attendanceReports"));
    }

    [TestCase("joinWebUrl")]
    [TestCase("JoinWebUrl")]
    public void A_meeting_is_found_by_the_token_of_its_link(string name)
    {
        var token = Sanitized(Records, $$"""{"value":[{"joinWebUrl":"{{Link}}"}]}""")["value"]![0]!["joinWebUrl"]!.ToString();

        Assert.That(Reversed($"/v1.0/users/{Ines}/onlineMeetings", $"$filter={name}%20eq%20'{token}'"), Is.EqualTo($"/v1.0/users/{Ines}/onlineMeetings?$filter={name}%20eq%20'{CanonicalEncoding.Encode(Link)}'"));
        Assert.That(Sanitized(Meetings, $$"""{"value":[{"joinWebUrl":"{{Link}}"}]}""")["value"]![0]!["joinWebUrl"]!.ToString(), Is.EqualTo(token), "and joined by it");
        Assert.That(Sanitized(Chats, $$$"""{"value":[{"onlineMeetingInfo":{"joinWebUrl":"{{{Link}}}"}}]}""")["value"]![0]!["onlineMeetingInfo"]!["joinWebUrl"]!.ToString(), Is.EqualTo(token));
    }

    [Test]
    public void A_phone_calls_id_can_be_asked_for()
    {
        var call = Sanitized(Records + "/getPstnCalls" + Dates, $$"""{"value":[{"callId":"{{Yuki}}"}]}""")["value"]![0]!["callId"]!.ToString();

        Assert.That(Reversed($"/v1.0/communications/calls/{call}", ""), Is.EqualTo($"/v1.0/communications/calls/{Yuki}"));
    }

    [TestCase(OneOnOne, true)]
    [TestCase("19:561082c0f3f847a58069deb8eb300807@thread.v2", true)]
    [TestCase("19:meeting_x@thread.v2", true)]
    [TestCase("19:4a95f7d8db4c4e7fae857bcebe0623e6@thread.tacv2", false)]
    [TestCase("00000002-5fad-4d73-a9f5-000000000003", false)]
    public void With_pseudonymous_ids_whoever_mentions_all_of_a_chat_does_not_tell_its_id(string id, bool hidden)
    {
        var left = Sanitized(ChatMessages, $$$$"""{"value":[{"mentions":[{"mentioned":{"conversation":{"id":"{{{{id}}}}"}}}]}]}""", "pseudonymizeAppIds")["value"]![0]!["mentions"]![0]!["mentioned"]!["conversation"]!["id"]!.ToString();

        Assert.That(left, hidden ? Is.EqualTo(Sanitizing.Pseudonymizer.Tokenize(id)) : Is.EqualTo(id));
    }

    [TestCase("/v1.0/chats/19:a_b@unq.gbl.spaces/messages?$top=50&$skiptoken=x")]
    [TestCase("/v1.0/chats/19%3aa_b%40unq.gbl.spaces/messages?$top=50&$skiptoken=x")]
    [TestCase($"/v1.0/users/{Ines}/chats?$expand=members&$skiptoken=x")]
    [TestCase($"/v1.0/users/{Ines}/onlineMeetings/MSowMDAwMDAwMS01Zg==/attendanceReports?$skiptoken=x")]
    [TestCase("/v1.0/users/ines.achterberg@contoso.example/onlineMeetings/MSowMDAwMDAwMS01Zg%3D%3D/attendanceReports?$skiptoken=x")]
    [TestCase("/v1.0/users/ines.achterberg%40contoso.example/chats?$skiptoken=x")]
    public void With_pseudonymous_ids_no_id_is_left_in_a_link_and_the_link_leads_on(string target)
    {
        const string host = "https://graph.example";
        foreach (var endpoint in Rules("pseudonymizeAppIds").Endpoints.Where(endpoint => endpoint.Transforms.OfType<Tokenize>().Any(transform => transform.Regex is not null && transform.JsonPaths[0].Text.Contains("Link", StringComparison.Ordinal))))
        {
            var link = JsonNode.Parse(Sanitizing.Run(endpoint, Encoding.UTF8.GetBytes($$"""{"@odata.nextLink":"{{host + target}}"}""")).Output)!["@odata.nextLink"]!.ToString();
            var parts = link[host.Length..].Split('?');

            Assert.That(link, Does.Not.Contain(Ines).And.Not.Contain("a_b").And.Not.Contain("MSow").And.Not.Contain("achterberg"), endpoint.Name);
            Assert.That(Uri.UnescapeDataString(Reversed(parts[0], parts[1], "pseudonymizeAppIds")), Is.EqualTo(Uri.UnescapeDataString(target)), endpoint.Name);
        }
    }

    [Test]
    public void With_pseudonymous_ids_no_users_id_is_left_in_any_example()
    {
        var cases = ConnectorCase.Cases.Value.Where(each => each.Connector.Id == "msft-teams" && each.Variant.Name == "pseudonymizeAppIds").ToList();
        foreach (var example in cases)
            Assert.That(example.Sanitize(example.Original), Does.Not.Contain("00000001-5fad").And.Not.Contain("MSow").And.Not.Contain("thread.v2"), example.ToString());

        Assert.That(cases.Count(example => Encoding.UTF8.GetString(example.Original).Contains("00000001-5fad", StringComparison.Ordinal)), Is.GreaterThan(11));
    }

    [Test]
    public void No_link_that_leads_out_of_Graph_is_left_in_any_example()
    {
        var cases = ConnectorCase.Cases.Value.Where(each => each.Connector.Id == "msft-teams").ToList();
        foreach (var example in cases)
            Assert.That(example.Sanitize(example.Original).Replace("https://graph.microsoft.com/", "", StringComparison.Ordinal), Does.Not.Contain("://"), example.ToString());

        Assert.That(cases.Count(example => Encoding.UTF8.GetString(example.Original).Contains("https://teams.microsoft.com/", StringComparison.Ordinal)), Is.GreaterThan(13));
    }

    [Test]
    public void The_permissions_are_the_eight_it_needs() => Assert.That(
        ConnectorCatalog.Find("msft-teams")!.Permissions.Select(permission => permission.Name),
        Is.EquivalentTo(new[]
        {
            "User.Read.All", "Team.ReadBasic.All", "Channel.ReadBasic.All", "Chat.Read.All", "ChannelMessage.Read.All", "CallRecords.Read.All", "OnlineMeetings.Read.All",
            "OnlineMeetingArtifact.Read.All",
        }));

    private static string From(string id) => new JsonObject
    {
        ["value"] = new JsonArray(new JsonObject { ["from"] = new JsonObject { ["user"] = new JsonObject { ["id"] = id } } }),
    }.ToJsonString();

    private static string? IdOf(JsonNode page) => page["value"]![0]!["from"]!["user"]!["id"]?.ToString();

    private static JsonNode Sanitized(string endpoint, string response, string flags = "") =>
        JsonNode.Parse(Sanitizing.Run(Find(endpoint, flags), Encoding.UTF8.GetBytes(response)).Output)!;

    private static string Reversed(string path, string query, string flags = "")
    {
        var decision = new RequestGate(Rules(flags)).Decide("GET", path, query);
        Assert.That(decision.Reason, Is.EqualTo(GateReason.Allowed), $"{path}: {decision.Detail}");
        Assert.That(ReverseTokens.TryReverse(decision.Request!, Sanitizing.Pseudonymizer, out var target), Is.True, path);
        return target!;
    }

    private static Endpoint Find(string name, string flags = "") => Rules(flags).Endpoints.Single(endpoint => endpoint.Name == name);

    private static RuleSet Rules(string flags = "") => TestRules.Connector("msft-teams", [.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
}
