using System.Collections.Immutable;
using System.Text;
using Psoxy.Core.Connectors;
using Psoxy.Core.Rules;
using Psoxy.Gcp.Health;

namespace Psoxy.Gcp.Tests.Health;

public sealed class RoleReviewTests
{
    private static IEnumerable<TestCaseData> Variants =>
        ConnectorCatalog.All.SelectMany(connector => connector.Variants.Select(variant => new TestCaseData(connector.Id, variant.Name)));

    [TestCaseSource(nameof(Variants))]
    public void The_connectors_own_permissions_are_enough_and_without_one_of_them_it_is_missing(string id, string variant)
    {
        var connector = ConnectorCatalog.Find(id)!;
        var rules = RulesLoader.Load(connector.RulesYaml, id, new RulesOptions { Flags = connector.Variants.Single(each => each.Name == variant).Flags }).Rules!;
        ImmutableArray<string> all = [.. connector.Permissions.Select(permission => permission.Name)];

        var review = RoleReview.Of(connector, rules, all);
        var nothing = RoleReview.Of(connector, rules, []);

        Assert.That(review.Missing, Is.Empty);
        Assert.That(review.Excess, Is.EqualTo(rules.Endpoints.Any(endpoint => endpoint.Name == "/v1.0/groups") || !all.Contains("Group.Read.All") ? (string[])[] : ["Group.Read.All"]));
        Assert.That(nothing.Missing, Is.EquivalentTo(all.Except(review.Excess)));
    }

    [Test]
    public void Custom_rules_with_endpoints_of_their_own_may_need_any_permission()
    {
        var connector = ConnectorCatalog.Find("outlook-mail")!;
        var rules = RulesLoader.Load(Encoding.UTF8.GetBytes("endpoints: [{pathTemplate: /v1.0/users/delta}]"), "RULES", new RulesOptions()).Rules!;

        Assert.That(RoleReview.Of(connector, rules, ["Other.Read"]).Missing, Has.Length.EqualTo(4));
        Assert.That(RoleReview.Of(connector, rules, ["Other.Read"]).Excess, Is.EqualTo(["Other.Read"]));
        Assert.That(RoleReview.Of(connector, null, []).Missing, Has.Length.EqualTo(4), "invalid rules tell nothing");
    }

    [Test]
    public void Custom_rules_with_fewer_endpoints_need_fewer_permissions()
    {
        var connector = ConnectorCatalog.Find("outlook-mail")!;
        var rules = RulesLoader.Load(Encoding.UTF8.GetBytes("endpoints: [{pathTemplate: /v1.0/users}]"), "RULES", new RulesOptions()).Rules!;

        Assert.That(RoleReview.Of(connector, rules, ["User.Read.All", "Mail.ReadBasic.All"]), Has.Property("Missing").Empty.And.Property("Excess").EqualTo((string[])["Mail.ReadBasic.All"]));
    }

    [TestCase("user.read.all")]
    [TestCase("User.ReadWrite.All")]
    public void Names_are_compared_to_the_letter(string granted)
    {
        var connector = ConnectorCatalog.Find("msft-copilot")!;
        Assert.That(RoleReview.Of(connector, null, [granted]), Has.Property("Missing").Contains("User.Read.All").And.Property("Excess").EqualTo((string[])[granted]));
    }
}
