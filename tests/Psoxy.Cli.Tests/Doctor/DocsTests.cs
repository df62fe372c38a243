using Psoxy.Cli.Doctor;

namespace Psoxy.Cli.Tests.Doctor;

public sealed class DocsTests
{
    [Test]
    public void The_table_of_checks_is_true()
    {
        var page = File.ReadAllLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "docs", "doctor.md"));
        var rows = page.SkipWhile(line => line != "## Checks").Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split(" | ")).ToList();
        IEnumerable<Check> checks = [.. CheckCatalog.OfDeployment, .. CheckCatalog.OfConnector];

        Assert.That(rows.Select(row => $"{row[0]} | {row[1]}"), Is.EqualTo(checks.Select(check => $"| `{check.Name}` | {check.Looks}")), "docs/doctor.md: names, order, and what each looks at");
    }
}
