using System.Collections.Immutable;
using Psoxy.Core.Connectors;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Connectors;

public sealed class ConnectorCatalogTests
{
    private static IEnumerable<TestCaseData> Variants() =>
        from connector in TestConnectors.All
        from bits in Enumerable.Range(0, 1 << RulesOptions.KnownFlags.Count)
        let flags = RulesOptions.KnownFlags.Order().Where((_, at) => (bits & (1 << at)) != 0).ToImmutableHashSet()
        select new TestCaseData(connector, flags).SetArgDisplayNames(connector.Id, string.Join('+', flags));

    [TestCaseSource(nameof(Variants))]
    public void Rules_load_in_every_variant(Connector connector, ImmutableHashSet<string> flags)
    {
        var load = RulesLoader.Load(connector.RulesYaml, $"connectors/{connector.Id}/rules.yaml", new RulesOptions { Flags = flags });

        Assert.That(load.Errors.Select(error => error.ToString()), Is.Empty);
        Assert.That(load.Rules!.Endpoints, Is.Not.Empty);
    }

    [Test]
    public void Is_found_by_id_in_any_case() => Assert.That(ConnectorCatalog.Find("Outlook-Mail")!.DisplayName, Is.EqualTo("Outlook Mail"));

    [Test]
    public void Knows_no_other() => Assert.That(ConnectorCatalog.Find("outlook"), Is.Null);

    [Test]
    public void Asks_for_reading_only()
    {
        foreach (var permission in TestConnectors.All.SelectMany(connector => connector.Permissions))
        {
            Assert.That(permission.Name, Does.Match(@"\.Read(Basic)?(\.All)?$"));
            Assert.That(permission.Reason, Is.Not.Empty);
        }
    }
}
