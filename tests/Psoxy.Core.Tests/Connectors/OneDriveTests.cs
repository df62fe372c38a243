using System.Text.Json;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Connectors;

/// <summary>What is particular to files; what holds for every connector is in the laws.</summary>
public sealed class OneDriveTests
{
    private const string Host = "https://graph.microsoft.com";
    private const string Drive = "/v1.0/drives/b!q7Rk2m-XwEi0_Zt5q7Rk2m-XwEi0_Zt5q7Rk2m-XwEi0_Zt5q7Rk2m-XwEi0_Zt5";
    private const string User = "00000001-5fad-4d73-a9f5-000000000007";
    private const string Mark = "NDslMjM0OyUyMzE7MztJbmVzIEFjaHRlcmJlcmc";

    private static Connector Connector => ConnectorCatalog.Find("msft-onedrive")!;

    [Test]
    public void The_permissions_are_the_three_it_needs() => Assert.That(
        Connector.Permissions.Select(permission => permission.Name),
        Is.EquivalentTo(new[] { "Files.Read.All", "User.Read.All", "Group.Read.All" }));

    [TestCase("$top,$select,$skiptoken,$orderBy,$count,$filter", "/v1.0/users")]
    [TestCase("$top,$select,$skiptoken,$orderBy,$count,$filter", "/v1.0/groups")]
    [TestCase("$select,$skiptoken,$top,$orderby,$expand", "/v1.0/users/{userId}/drives")]
    [TestCase("$select,$skiptoken,$top,$orderby,$expand", "/v1.0/groups/{groupId}/drives")]
    [TestCase("token,$select,$expand,$top", "/v1.0/drives/{driveId}/root/delta")]
    [TestCase("token,$select,$expand,$top", "/v1.0/drives/{driveId}/root/delta(token='{token}')")]
    [TestCase("$expand,$skiptoken", "/v1.0/drives/{driveId}/activities")]
    [TestCase("$expand,$skiptoken", "/v1.0/drives/{driveId}/items/{itemId}/activities")]
    public void Allows_the_listed_query_parameters(string names, string endpoint) =>
        Assert.That(Find(endpoint).QueryParameters!.Select(name => name.TrimStart('$')), Is.EquivalentTo(names.ToLowerInvariant().Split(',').Select(name => name.TrimStart('$'))));

    // Each spelling is one that Graph sends, or that follows from what the caller asked.
    [TestCase("", "/v1.0/drives/{driveId}/root/delta", Drive + "/root/delta?token=" + Mark)]
    [TestCase("", "/v1.0/drives/{driveId}/root/delta", Drive + "/root/delta?$top=200&$select=id,size&token=" + Mark)]
    [TestCase("", "/v1.0/drives/{driveId}/root/delta", Drive + "/root/delta?token=3%3B%234%3BInes")]
    [TestCase("", "/v1.0/drives/{driveId}/root/delta(token='{token}')", Drive + "/root/delta(token='" + Mark + "')")]
    [TestCase("", "/v1.0/drives/{driveId}/root/delta(token='{token}')", Drive + "/root/delta(token=%27" + Mark + "%27)?$top=200")]
    [TestCase("", "/v1.0/drives/{driveId}/root/delta(token='{token}')", Drive + "/root/delta(token='" + Mark + "')?token=latest")]
    [TestCase("", "/v1.0/drives/{driveId}/activities", Drive + "/activities?$expand=driveItem&$skiptoken=" + Mark)]
    [TestCase("", "/v1.0/groups/{groupId}/drives", "/v1.0/groups/" + User + "/drives?$skiptoken=" + Mark)]
    [TestCase("", "/v1.0/users/{userId}/drives", "/v1.0/users/ines.achterberg@contoso.example/drives?$skiptoken=" + Mark)]
    [TestCase("pseudonymizeAppIds", "/v1.0/users/{userId}/drives", "/v1.0/users/" + User + "/drives?$skiptoken=" + Mark)]
    [TestCase("pseudonymizeAppIds", "/v1.0/users/{userId}/drives", "/v1.0/users/ines.achterberg@contoso.example/drives?$top=1&$skiptoken=" + Mark)]
    public void A_link_hides_its_mark_and_leads_back(string flags, string name, string target)
    {
        foreach (var link in (string[])["@odata.nextLink", "@odata.deltaLink"])
        {
            var sent = JsonDocument.Parse(Sanitizing.Output(Find(name, flags), $$"""{"{{link}}":"{{Host + target}}","value":[]}""")).RootElement.GetProperty(link).GetString()![Host.Length..];

            Assert.That(sent, Does.Contain("p~").And.Not.Contain(Mark).And.Not.Contain("Ines").And.Not.Contain("ines."));
            if (flags.Length > 0) Assert.That(sent, Does.Not.Contain(User));
            var parts = sent.Split('?', 2);
            var decision = new RequestGate(Rules(flags)).Decide("GET", parts[0], parts.ElementAtOrDefault(1) ?? "");
            Assert.That((decision.Reason, decision.Endpoint?.Name), Is.EqualTo((GateReason.Allowed, name)), decision.Detail);
            Assert.That(ReverseTokens.TryReverse(decision.Request!, Sanitizing.Pseudonymizer, out var forSource), Is.True);
            Assert.That(Uri.UnescapeDataString(forSource!), Is.EqualTo(Uri.UnescapeDataString(target)));
        }
    }

    // Of these spellings nobody knows whether Graph sends them still. The gate takes none of them, and none tells the mark.
    [TestCase("/v1.0/drives('b!q7Rk')/root/microsoft.graph.delta(token='" + Mark + "')")]
    [TestCase(Drive + "/root/delta(token=" + Mark + ")")]
    [TestCase(Drive + "/root/delta(token='3;%234;" + Mark + ";%23')")]
    public void An_odd_link_hides_its_mark_too(string target)
    {
        var sent = Sanitizing.Output(Find("/v1.0/drives/{driveId}/root/delta"), $$"""{"@odata.deltaLink":"{{Host + target}}","value":[]}""");

        Assert.That(sent, Does.Contain("p~").And.Not.Contain(Mark));
    }

    [TestCase("$.value[0].name")]
    [TestCase("$.value[0].driveItem.name")]
    [TestCase("$.value[0].remoteItem.name")]
    [TestCase("$.value[0].driveItem.remoteItem.parentReference.path")]
    [TestCase("$.value[0].parentReference.name")]
    [TestCase("$.value[0].action.rename.oldName")]
    [TestCase("$.value[0].action.delete.name")]
    [TestCase("$.value[0].action.move.from")]
    [TestCase("$.value[0].createdBy.user.displayName")]
    public void A_name_goes_even_from_a_schema_that_somebody_opens(string path)
    {
        foreach (var rules in Rules("").Endpoints.Where(endpoint => endpoint.Name.StartsWith("/v1.0/drives/", StringComparison.Ordinal)))
        {
            var json = path[2..].Split('.').Reverse().Aggregate("\"Severance\"", (inside, name) => name == "value[0]" ? $$"""{"value":[{{inside}}]}""" : $$"""{"{{name}}":{{inside}}}""");
            Assert.That(Sanitizing.Output(rules with { ResponseSchema = null }, json), Does.Not.Contain("Severance"), rules.Name);
        }
    }

    private static Endpoint Find(string name, string flags = "") => Rules(flags).Endpoints.Single(endpoint => endpoint.Name == name);

    private static RuleSet Rules(string flags) => TestRules.Connector(Connector.Id, flags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
