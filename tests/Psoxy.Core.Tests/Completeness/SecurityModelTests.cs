using System.Text.RegularExpressions;

namespace Psoxy.Core.Tests.Completeness;

/// <summary>Holds docs/security-model.md to what it says of tests.</summary>
[TestFixture]
public sealed partial class SecurityModelTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(TestConnectors.Root, "docs", "security-model.md"));

    [Test]
    public void Every_test_that_is_named_exists_and_runs()
    {
        var named = TestName().Matches(Page).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.That(named, Has.Count.GreaterThan(40), "the names are found");
        Assert.That(named.Except(Tests()), Is.Empty, "no such test, or one that is ignored");
    }

    [Test]
    public void Every_threat_has_a_control_and_a_proof()
    {
        var rows = Page.Split('\n').SkipWhile(line => !line.StartsWith("## Threats", StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| threat ", StringComparison.Ordinal)).ToList();

        Assert.That(rows, Has.Count.GreaterThan(25), "the rows are found");
        Assert.That(rows.Where(row => row.Trim('|').Split(" | ") is not [{ Length: > 5 }, { Length: > 5 }, var proof] || !TestName().IsMatch(proof)), Is.Empty);
    }

    // As the sources have them: tests of other projects are not loaded here.
    private static HashSet<string> Tests() =>
        [.. Directory.EnumerateFiles(Path.Combine(TestConnectors.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => TestsOf(File.ReadAllLines(file)).Select(method => $"{Path.GetFileNameWithoutExtension(file)}.{method}"))];

    private static IEnumerable<string> TestsOf(string[] lines)
    {
        for (var line = 0; line < lines.Length; line++)
        {
            if (Method().Match(lines[line]) is not { Success: true } method) continue;
            var attributes = lines[..line].Reverse().TakeWhile(above => above.StartsWith("    [", StringComparison.Ordinal)).ToList();
            if (attributes.Exists(IsTest) && !attributes.Exists(IsSwitchedOff)) yield return method.Groups[1].Value;
        }
    }

    private static bool IsTest(string attribute) => attribute.Contains("Test", StringComparison.Ordinal) || attribute.Contains("Property", StringComparison.Ordinal);

    private static bool IsSwitchedOff(string attribute) => attribute.Contains("Ignore", StringComparison.Ordinal) || attribute.Contains("Explicit", StringComparison.Ordinal);

    [GeneratedRegex(@"`([A-Z][A-Za-z]+\.[A-Z][A-Za-z0-9_]*)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^    public (?:static )?(?:async )?(?:void|Task) ([A-Za-z0-9_]+)\(")]
    private static partial Regex Method();
}
