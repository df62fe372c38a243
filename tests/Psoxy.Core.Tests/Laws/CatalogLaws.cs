using System.Text.RegularExpressions;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Laws;

/// <summary>What the connectors say of themselves: names, permissions, and the requests that a deployment is tried with.</summary>
public sealed class CatalogLaws
{
    // What Graph asks for, as its reference has it, by the end of the path; the first that fits.
    private static readonly (string Path, string Permission)[] Asked =
    [
        (@"/mailboxSettings$", "MailboxSettings.Read"),
        (@"/messages/\{messageId\}$|/mailFolders.*/messages$", "Mail.ReadBasic.All"),
        (@"/events|/calendarView$", "Calendars.Read"),
        (@"/channels/\{[^}]+\}/messages", "ChannelMessage.Read.All"),
        (@"/allChannels$", "Channel.ReadBasic.All"),
        (@"^/v1.0/teams$", "Team.ReadBasic.All"),
        (@"/chats(/\{[^}]+\}/messages)?$", "Chat.Read.All"),
        (@"^/v1.0/communications/", "CallRecords.Read.All"),
        (@"/attendanceReports", "OnlineMeetingArtifact.Read.All"),
        (@"/onlineMeetings$", "OnlineMeetings.Read.All"),
        (@"/drives(/|$)", "Files.Read.All"),
        (@"/interactionHistory/", "AiEnterpriseInteraction.Read.All"),
        (@"^/v1.0/groups", "Group.Read.All"),
        (@"^/v1.0/users(/\{userId\})?$", "User.Read.All"),
    ];

    [TestCaseSource(typeof(ConnectorCatalog), nameof(ConnectorCatalog.All))]
    public void Each_endpoint_has_the_permission_that_Graph_asks_for(Connector connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        Sources.AssertNone(OfPermissions(connector));
    }

    [TestCaseSource(typeof(ConnectorCatalog), nameof(ConnectorCatalog.All))]
    public void The_smoke_requests_pass_in_every_variant_that_has_their_endpoint(Connector connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        Sources.AssertNone(OfSmoke(connector));
    }

    [Test]
    public void No_two_connectors_share_a_name()
    {
        var names = TestConnectors.All.SelectMany(connector => connector.Aliases.Prepend(connector.Id)).Select(name => name.ToUpperInvariant()).ToList();
        Assert.That(names, Is.Unique);
        foreach (var connector in ConnectorCatalog.All)
            foreach (var alias in connector.Aliases) Assert.That(ConnectorCatalog.Find(alias), Is.SameAs(connector), alias);
        Assert.That(ConnectorCatalog.All.Select(connector => connector.FunctionClass), Is.Unique);
        Assert.That(ConnectorCatalog.All.Select(connector => connector.DisplayName), Is.Unique);
    }

    internal static IEnumerable<string> OfPermissions(Connector connector)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in connector.Endpoints)
        {
            var asked = Asked.FirstOrDefault(each => Regex.IsMatch(endpoint.Path, each.Path)).Permission;
            needed.Add(asked ?? "");
            if (asked != endpoint.Permission) yield return $"{endpoint.Path} says {endpoint.Permission}; Graph asks for {asked ?? "what this test does not know"}";
        }

        // A user's mailbox settings come with the user, under a permission of their own; without it Graph leaves them out.
        var settings = ConnectorCase.Of(connector).Any(each => each.Declared.Returns == "user" && PropertyVisibility.Of(each.Endpoint, ["mailboxSettings"]) != PropertyTreatment.Dropped);
        foreach (var permission in connector.Permissions.Select(permission => permission.Name).Where(name => !needed.Contains(name)))
            if (!settings || permission != "MailboxSettings.Read") yield return $"no endpoint needs {permission}";
        foreach (var missing in needed.Except(connector.Permissions.Select(permission => permission.Name))) yield return $"{missing} is not listed";
    }

    internal static IEnumerable<string> OfSmoke(Connector connector)
    {
        var gates = connector.Variants.Select(variant =>
            (variant.Name, Rules: RulesLoader.Load(connector.RulesYaml, connector.Id, new RulesOptions { Flags = variant.Flags }).Rules!)).ToList();
        foreach (var request in connector.SmokeRequests)
        {
            var parts = request.Split('?', 2);
            string? endpoint = null;
            foreach (var (name, rules) in gates)
            {
                var decision = new RequestGate(rules).Decide("GET", parts[0], parts.ElementAtOrDefault(1) ?? "");
                if (name == Connector.DefaultVariant) endpoint = decision.Endpoint?.Name;
                var isThere = rules.Endpoints.Any(each => each.Name == endpoint);
                if (decision.Reason != (isThere ? GateReason.Allowed : GateReason.NoEndpoint)) yield return $"{request} in {name}: {decision.Reason}";
                if (name == Connector.DefaultVariant && !isThere) yield return $"{request} meets no endpoint";
            }
        }

        if (connector.SmokeRequests.IsEmpty) yield return "there is none";
    }
}
