using System.Reflection;
using System.Text.RegularExpressions;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Tests.Health;

/// <summary>docs/runbook.md, held to the code: whoever is woken at night finds what the function says.</summary>
public sealed partial class RunbookTests
{
    private static readonly string Repository = typeof(RunbookTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository, "docs", "runbook.md"));

    [Test]
    public void Every_error_has_a_row_with_its_status()
    {
        foreach (var error in Enum.GetValues<ProxyError>().Where(error => error is not (ProxyError.None or ProxyError.CallerGone)))
        {
            var (status, name) = error.Http();
            Assert.That(Page, Has.Some.Match($@"^\| `{name}`.* {status} \|"), $"{error}");
        }
    }

    [Test]
    public void Every_row_is_of_an_error_that_there_is()
    {
        var names = Enum.GetValues<ProxyError>().Select(error => error.Http().Name).ToHashSet();

        Assert.That(Page.Select(line => Code().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct(), Is.SubsetOf(names).And.Not.Empty);
    }

    [Test]
    public void Every_health_check_has_a_row_and_every_row_a_check()
    {
        var source = File.ReadAllText(Path.Combine(Repository, "functions", "Psoxy.Gcp", "Health", "HealthCheck.cs"));
        var checks = CheckName().Matches(source).Select(match => match.Groups[1].Value).Distinct().Append("GET /v1.0/…").ToList();
        Assert.That(checks, Has.Count.GreaterThanOrEqualTo(8));

        var rows = Page.SkipWhile(line => line != "## Health checks").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);

        Assert.That(rows, Is.EquivalentTo(checks));
    }

    [Test]
    public void Every_alert_that_is_suggested_has_a_row()
    {
        var alerts = File.ReadAllLines(Path.Combine(Repository, "docs", "observability.md")).SkipWhile(line => line != "| alert on | because |").Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1].Trim()).ToList();
        Assert.That(alerts, Is.Not.Empty);

        foreach (var alert in alerts) Assert.That(Page, Has.Some.StartsWith("| " + string.Join(' ', alert.Split(' ').Take(2))), alert);
    }

    [GeneratedRegex("^\\| `([A-Z_]{4,})`")]
    private static partial Regex Code();

    [GeneratedRegex("(?:new|Of)\\(\"([a-zA-Z]+)\", ")]
    private static partial Regex CheckName();
}
