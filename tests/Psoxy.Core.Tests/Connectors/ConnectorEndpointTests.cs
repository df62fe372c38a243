using System.Text.RegularExpressions;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Connectors;

/// <summary>What connector.yaml says of its endpoints is so.</summary>
[TestFixtureSource(typeof(TestConnectors), nameof(TestConnectors.All))]
public sealed class ConnectorEndpointTests(Connector connector)
{
    [Test]
    public void There_is_one_for_each_endpoint_of_the_rules_spelled_alike() =>
        Assert.That(connector.Endpoints.Select(endpoint => endpoint.Path), Is.EqualTo(Rules().Endpoints.Select(endpoint => endpoint.Name)));

    [Test]
    public void Its_folder_is_named_by_its_id() => Assert.That(
        File.ReadAllBytes(Path.Combine(TestConnectors.FolderOf(connector.Id), "rules.yaml")), Is.EqualTo(connector.RulesYaml.ToArray()));

    [Test]
    public void Its_request_passes_the_gate_and_meets_that_endpoint()
    {
        var gate = new RequestGate(Rules());
        foreach (var endpoint in connector.Endpoints)
        {
            var parts = endpoint.Request.Split('?', 2);
            var decision = gate.Decide("GET", parts[0], parts.ElementAtOrDefault(1) ?? "");
            Assert.That(decision.Reason, Is.EqualTo(GateReason.Allowed), endpoint.Request);
            Assert.That(decision.Endpoint!.Name, Is.EqualTo(endpoint.Path), endpoint.Request);
        }
    }

    // The parts of Graph that Exchange's mailboxes answer.
    [Test]
    public void Exactly_those_that_read_a_mailbox_say_so()
    {
        foreach (var endpoint in connector.Endpoints)
        {
            var readsMailbox = Regex.IsMatch(endpoint.Path, @"^/[^/]+/users/\{userId\}/(mailFolders|messages|mailboxSettings|events|calendar)");
            Assert.That(endpoint.Mailbox, Is.EqualTo(readsMailbox ? "userId" : null), endpoint.Path);
        }
    }

    [Test]
    public void Each_has_an_example_of_its_own() => Assert.That(connector.Endpoints.Select(endpoint => endpoint.Example), Is.Unique);

    [Test]
    public void Every_permission_says_why_and_what_it_could_give()
    {
        foreach (var permission in connector.Permissions)
        {
            Assert.That(permission.Reason, Is.Not.Empty, permission.Name);
            Assert.That(permission.Withheld, Is.Not.Empty, permission.Name);
        }
    }

    [Test]
    public void Variants_are_told_apart_by_their_flags()
    {
        Assert.That(connector.Variants[0], Has.Property("Name").EqualTo(Connector.DefaultVariant).And.Property("Flags").Empty);
        Assert.That(connector.Variants.Select(variant => string.Join('+', variant.Flags.Order())), Is.Unique);
    }

    private RuleSet Rules() => RulesLoader.Load(connector.RulesYaml, connector.Id).Rules!;
}
