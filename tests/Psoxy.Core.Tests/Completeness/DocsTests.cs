using Psoxy.Classification;
using Psoxy.Classification.Docs;
using Psoxy.Core.Connectors;

namespace Psoxy.Core.Tests.Completeness;

public sealed class DocsTests
{
    private static readonly string Page = ConnectorPage.Write(GraphClassification.Read(), ConnectorCatalog.All);

    [Test]
    public void The_page_of_the_connectors_is_fresh()
    {
        var committed = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "docs", "connectors.md")).ReplaceLineEndings("\n");
        Assert.That(committed == Page, "docs/connectors.md is stale: dotnet run --project tools/Psoxy.Cli -- rules docs --out docs/connectors.md");
    }

    [Test]
    public void Every_link_leads_to_a_heading()
    {
        var headings = Page.Split('\n').Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' ')).ToHashSet();
        var links = System.Text.RegularExpressions.Regex.Matches(Page, @"\[([^\]]+)\]\(#").Select(link => link.Groups[1].Value).Distinct().ToList();

        Assert.That(links, Is.Not.Empty);
        Assert.That(links.Except(headings), Is.Empty);
    }

    [Test]
    public void Every_property_of_a_type_is_there_with_its_reason()
    {
        var user = GraphClassification.Read().Types["user"];
        foreach (var property in user.Properties.Values)
            Assert.That(Page, Does.Contain($"| `{property.Name}` | {property.Usual.Usual.Treatment.ToString().ToLowerInvariant()} | {property.Usual.Usual.Reason}"));
    }
}
