using Psoxy.Core.Connectors;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Connectors;

/// <summary>What is particular to the directory; what holds for every connector is in the laws.</summary>
public sealed class EntraIdTests
{
    private static Connector Connector => ConnectorCatalog.Find("msft-entra-id")!;

    [TestCase("entra-id")]
    [TestCase("Azure-AD")]
    public void Is_found_by_the_names_that_deployments_of_the_original_use(string alias) => Assert.That(ConnectorCatalog.Find(alias), Is.SameAs(Connector));

    [Test]
    public void The_permissions_are_the_three_it_needs() => Assert.That(
        Connector.Permissions.Select(permission => permission.Name),
        Is.EquivalentTo(new[] { "User.Read.All", "Group.Read.All", "MailboxSettings.Read" }));

    [TestCase("$top,$select,$skiptoken,$orderBy,$count,$filter", "/v1.0/users")]
    [TestCase("$top,$select,$skiptoken,$orderBy,$count,$filter", "/v1.0/users/{userId}")]
    [TestCase("$top,$select,$skiptoken,$orderBy,$count,$filter", "/v1.0/groups")]
    [TestCase("$top,$select,$skiptoken,$orderBy,$count,$filter", "/v1.0/groups/{groupId}")]
    [TestCase("$top,$select,$skiptoken,$orderBy,$count", "/v1.0/groups/{groupId}/members")]
    [TestCase("$top,$select,$skiptoken,$orderBy,$count", "/v1.0/groups/{groupId}/members/microsoft.graph.user")]
    public void Allows_the_listed_query_parameters(string names, string endpoint) =>
        Assert.That(Find(endpoint).QueryParameters, Is.EquivalentTo(names.ToLowerInvariant().Split(',')));

    [Test]
    public void Forwards_the_header_that_counting_needs_everywhere() =>
        Assert.That(TestRules.Connector(Connector.Id).Endpoints.Select(endpoint => endpoint.RequestHeaders), Has.All.Contains("ConsistencyLevel"));

    [TestCase("/v1.0/groups", "", true)]
    [TestCase("/v1.0/groups/{groupId}", "", true)]
    [TestCase("/v1.0/groups", "noOriginals", false)]
    [TestCase("/v1.0/groups/{groupId}", "noOriginals pseudonymizeAppIds", false)]
    public void A_groups_address_is_shown_on_its_own_endpoints_unless_the_variant_says_no(string endpoint, string flags, bool original)
    {
        var mail = Find(endpoint, flags).Transforms.OfType<Pseudonymize>().Single();
        Assert.That((mail.JsonPaths.Single().Text, mail.IncludeOriginal), Is.EqualTo(("$..mail", original)));
    }

    [Test]
    public void A_group_in_a_group_shows_no_address_in_any_variant()
    {
        foreach (var variant in Connector.Variants)
            Assert.That(Find("/v1.0/groups/{groupId}/members", string.Join(' ', variant.Flags)).Transforms.OfType<Pseudonymize>(), Has.None.Matches<Pseudonymize>(transform => transform.IncludeOriginal));
    }

    private static Endpoint Find(string name, string flags = "") =>
        TestRules.Connector(Connector.Id, flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Endpoints.Single(endpoint => endpoint.Name == name);
}
