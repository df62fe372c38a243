using Psoxy.Core.Gate;

namespace Psoxy.Core.Tests.Gate;

/// <summary>What the log can tell of a path that no endpoint has.</summary>
public sealed class NearestEndpointTests
{
    private const string Id = RequestGateTests.Id;

    [TestCase("/v1.0/users/" + Id + "/mailFolders/Inbox/messages", "/v1.0/users/{userId}/mailFolders/SentItems/messages", 5)]
    [TestCase("/v1.0/users/" + Id + "/messages", "/v1.0/users/{userId}/messages/{messageId}", 5)]
    [TestCase("/v1.0/users/" + Id + "/messages/AAA/attachments", "/v1.0/users/{userId}/messages/{messageId}", 6)]
    [TestCase("/v1.0/groups/" + Id + "/owners", "/v1.0/groups/{groupId}/members", 4)]
    [TestCase("/beta/users/" + Id, "/v1.0/users/{userId}", 1)]
    [TestCase("/v1.0/me", "/v1.0/users", 2)]
    public void Names_the_rule_and_the_first_segment_that_does_not_fit(string path, string endpoint, int differsAt)
    {
        var rules = TestRules.Connector("outlook-mail");
        var decision = new RequestGate(rules).Decide("GET", path, "");
        Assert.That(decision.Reason, Is.EqualTo(GateReason.NoEndpoint));

        var nearest = NearestEndpoint.Of(rules, decision.Request!)!;

        Assert.That((nearest.Endpoint.Name, nearest.DiffersAt), Is.EqualTo((endpoint, differsAt)));
    }

    [Test]
    public void There_is_none_where_nothing_fits()
    {
        var rules = TestRules.Connector("outlook-mail");

        Assert.That(NearestEndpoint.Of(rules, new RequestGate(rules).Decide("GET", "/a/b/c/d", "").Request!), Is.Null);
    }
}
