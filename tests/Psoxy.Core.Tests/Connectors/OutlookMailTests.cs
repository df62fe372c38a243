using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Connectors;

public sealed class OutlookMailTests
{
    private const string User =
        "@odata.context @odata.type @removed accountEnabled businessPhones city companyName country createdDateTime deletedDateTime department employeeHireDate employeeId " +
        "employeeType hireDate id identities imAddresses isResourceAccount mail mailboxSettings manager officeLocation onPremisesDistinguishedName onPremisesImmutableId " +
        "onPremisesSamAccountName onPremisesSyncEnabled onPremisesUserPrincipalName otherMails preferredLanguage proxyAddresses state usageLocation userPrincipalName userType";

    private const string Group =
        "@odata.context @odata.type @removed classification createdDateTime deletedDateTime displayName expirationDateTime groupTypes id mail mailEnabled " +
        "onPremisesSyncEnabled proxyAddresses renewedDateTime securityEnabled visibility";

    private const string Message =
        "@odata.type @removed bccRecipients ccRecipients changeKey conversationId conversationIndex createdDateTime flag from hasAttachments id importance " +
        "inferenceClassification isDeliveryReceiptRequested isDraft isRead isReadReceiptRequested lastModifiedDateTime parentFolderId receivedDateTime replyTo sender sentDateTime toRecipients";

    private const string Mailbox =
        "archiveFolder automaticRepliesSetting dateFormat delegateMeetingMessageDeliveryOptions language timeFormat timeZone userPurpose workingHours";

    private static readonly string[] Endpoints =
    [
        "/v1.0/users", "/v1.0/users/{userId}", "/v1.0/groups", "/v1.0/groups/{groupId}", "/v1.0/groups/{groupId}/members", "/v1.0/groups/{groupId}/members/microsoft.graph.user",
        "/v1.0/users/{userId}/mailboxSettings", "/v1.0/users/{userId}/messages/{messageId}",
        "/v1.0/users/{userId}/mailFolders/SentItems/messages", "/v1.0/users/{userId}/mailFolders/SentItems/messages/{messageId}",
        "/v1.0/users/{userId}/mailFolders('SentItems')/messages", "/v1.0/users/{userId}/mailFolders('SentItems')/messages/{messageId}",
    ];

    [Test]
    public void Has_the_endpoints_of_the_connector_and_no_other() => Assert.That(Rules().Endpoints.Select(endpoint => endpoint.Name), Is.EquivalentTo(Endpoints));

    [Test]
    public void Has_no_group_endpoints_in_the_variant_without() => Assert.That(
        Rules("noGroups").Endpoints.Select(endpoint => endpoint.Name),
        Is.EquivalentTo(Endpoints.Where(name => !name.Contains("groups", StringComparison.Ordinal))));

    // What stays is listed here once more, so that a property cannot come in unseen.
    [TestCase("/v1.0/users", User)]
    [TestCase("/v1.0/users/{userId}", User)]
    [TestCase("/v1.0/groups", Group)]
    [TestCase("/v1.0/groups/{groupId}", Group)]
    [TestCase("/v1.0/groups/{groupId}/members", User)]
    [TestCase("/v1.0/groups/{groupId}/members/microsoft.graph.user", User)]
    [TestCase("/v1.0/users/{userId}/mailboxSettings", Mailbox)]
    [TestCase("/v1.0/users/{userId}/messages/{messageId}", Message)]
    [TestCase("/v1.0/users/{userId}/mailFolders/SentItems/messages", Message)]
    [TestCase("/v1.0/users/{userId}/mailFolders('SentItems')/messages/{messageId}", Message)]
    public void Keeps_the_listed_properties_only(string endpoint, string expected)
    {
        var schema = Find(Rules(), endpoint).ResponseSchema!;
        var entity = schema.Properties.TryGetValue("value", out var value) ? value.Items! : schema;

        Assert.That(string.Join(' ', entity.Properties.Keys.Order(StringComparer.Ordinal)), Is.EqualTo(string.Join(' ', expected.Split(' ').Order(StringComparer.Ordinal))));
    }

    [Test]
    public void Of_a_sender_or_recipient_only_the_address_is_read()
    {
        var message = Find(Rules(), "/v1.0/users/{userId}/messages/{messageId}").ResponseSchema!;

        foreach (var name in (string[])["from", "sender"]) Assert.That(Address(message.Properties[name]), Is.EqualTo(new[] { "address" }));
        foreach (var name in (string[])["toRecipients", "ccRecipients", "bccRecipients", "replyTo"])
            Assert.That(Address(message.Properties[name].Items!), Is.EqualTo(new[] { "address" }));
    }

    [TestCase("$top,$select,$skiptoken,$orderBy,$count,$filter", "/v1.0/users")]
    [TestCase("$top,$select,$skiptoken,$orderBy,$count,$filter", "/v1.0/users/{userId}")]
    [TestCase("$top,$select,$skiptoken,$orderBy,$count,$filter", "/v1.0/groups")]
    [TestCase("$top,$select,$skiptoken,$orderBy,$count", "/v1.0/groups/{groupId}/members")]
    [TestCase("$top,$select,$skiptoken,$orderBy,$count", "/v1.0/groups/{groupId}/members/microsoft.graph.user")]
    [TestCase("$select", "/v1.0/users/{userId}/messages/{messageId}")]
    [TestCase("$top,$select,$skiptoken,$orderBy,$count,$filter,$skip", "/v1.0/users/{userId}/mailFolders/SentItems/messages")]
    [TestCase("$top,$select,$skiptoken,$orderBy,$count,$filter,$skip", "/v1.0/users/{userId}/mailFolders('SentItems')/messages/{messageId}")]
    public void Allows_the_listed_query_parameters(string names, string endpoint) =>
        Assert.That(Find(Rules(), endpoint).QueryParameters, Is.EquivalentTo(names.ToLowerInvariant().Split(',')));

    [Test]
    public void Every_endpoint_lists_what_it_allows_and_what_it_returns()
    {
        foreach (var endpoint in Rules().Endpoints)
        {
            Assert.That(endpoint.QueryParameters, Is.Not.Null, endpoint.Name);
            Assert.That(endpoint.ResponseSchema, Is.Not.Null, endpoint.Name);
            Assert.That(endpoint.Methods, Is.EqualTo(new[] { "GET", "HEAD" }), endpoint.Name);
            var parameters = ((PathTemplate)endpoint.Path).Segments.SelectMany(segment => segment.Parts).OfType<TemplateParameter>().Select(parameter => parameter.Name);
            Assert.That(endpoint.PathParameterSchemas.Keys, Is.EquivalentTo(parameters), endpoint.Name);
        }
    }

    [Test]
    public void Every_page_has_its_links_sealed()
    {
        foreach (var endpoint in Rules().Endpoints.Where(endpoint => endpoint.ResponseSchema!.Properties.ContainsKey("@odata.nextLink")))
        {
            var links = endpoint.Transforms.OfType<SealPagingLink>().Single().JsonPaths.Select(path => path.Text);
            Assert.That(links, Is.EquivalentTo(new[] { "$['@odata.nextLink']", "$['@odata.prevLink']", "$['@odata.deltaLink']" }), endpoint.Name);
        }
    }

    [TestCase("", true)]
    [TestCase("noOriginals", false)]
    public void A_groups_address_is_shown_unless_the_variant_says_no(string flags, bool original) => Assert.That(
        Find(Rules(flags), "/v1.0/groups").Transforms.OfType<Pseudonymize>().Single().IncludeOriginal, Is.EqualTo(original));

    [Test]
    public void With_pseudonymous_ids_no_user_id_is_left_in_the_clear()
    {
        foreach (var endpoint in Rules("pseudonymizeAppIds").Endpoints)
        {
            Assert.That(endpoint.ResponseSchema!.Properties.Keys, Does.Not.Contain("@odata.context"), endpoint.Name);
            var users = endpoint.Name.EndsWith("/users", StringComparison.Ordinal) || endpoint.Name.EndsWith("/{userId}", StringComparison.Ordinal);
            var members = endpoint.Name.Contains("/members", StringComparison.Ordinal);
            Assert.That(endpoint.Transforms.OfType<Tokenize>().Any(transform => transform.JsonPaths.Any(path => path.Text == "$..id")), Is.EqualTo(users), endpoint.Name);
            Assert.That(endpoint.Transforms.OfType<Pseudonymize>().Any(transform => transform.JsonPaths.Any(path => path.Text == "$..id")), Is.EqualTo(members), endpoint.Name);
            if (endpoint.PathParameterSchemas.TryGetValue("userId", out var userId))
                Assert.That(userId.AnyOf.Single().ReversiblePseudonym, Is.True, endpoint.Name);
        }
    }

    [Test]
    public void With_pseudonymous_ids_the_user_in_a_paging_link_is_found_in_every_spelling()
    {
        var regex = Find(Rules("pseudonymizeAppIds"), "/v1.0/users/{userId}/mailFolders/SentItems/messages").Transforms.OfType<Tokenize>().Single().Regex!;
        const string id = "00000001-5fad-4d73-a9f5-000000000007";

        foreach (var path in (string[])[$"users/{id}/mailFolders", $"users('{id}')/mailFolders", $"users(%27{id}%27)/mailFolders"])
            Assert.That(regex.Match($"https://graph.example/v1.0/{path}('SentItems')/messages?$skip=10").Groups[1].Value, Is.EqualTo(id));
    }

    [Test]
    public void Smoke_requests_pass_the_gate()
    {
        var gate = new RequestGate(Rules());
        var requests = Connector().SmokeRequests;

        Assert.That(requests, Is.Not.Empty);
        foreach (var request in requests)
        {
            var parts = request.Split('?', 2);
            Assert.That(gate.Decide("GET", parts[0], parts.ElementAtOrDefault(1) ?? "").Reason, Is.EqualTo(GateReason.Allowed), request);
        }
    }

    [Test]
    public void The_permissions_are_the_four_it_needs() => Assert.That(
        Connector().Permissions.Select(permission => permission.Name),
        Is.EquivalentTo(new[] { "Mail.ReadBasic.All", "MailboxSettings.Read", "Group.Read.All", "User.Read.All" }));

    private static IEnumerable<string> Address(ResponseSchema recipient)
    {
        Assert.That(recipient.Properties.Keys, Is.EqualTo(new[] { "emailAddress" }));
        return recipient.Properties["emailAddress"].Properties.Keys;
    }

    private static Connector Connector() => ConnectorCatalog.Find("outlook-mail")!;

    private static Endpoint Find(RuleSet rules, string name) => rules.Endpoints.Single(endpoint => endpoint.Name == name);

    private static RuleSet Rules(string flags = "") =>
        RulesLoader.Load(Connector().RulesYaml, "rules.yaml", new RulesOptions { Flags = [.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)] }).Rules!;
}
