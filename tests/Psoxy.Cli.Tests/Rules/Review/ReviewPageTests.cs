using System.Net;
using System.Text.RegularExpressions;
using Psoxy.Classification;
using Psoxy.Cli.Rules.Review;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Cli.Tests.Rules.Review;

/// <summary>What the page says, read as text.</summary>
public sealed partial class ReviewPageTests
{
    private static IEnumerable<TestCaseData> Endpoints() =>
        from connector in ConnectorCatalog.All
        from endpoint in connector.Endpoints
        select new TestCaseData(connector.Id, endpoint.Path).SetArgDisplayNames(connector.Id, endpoint.Path);

    [TestCaseSource(nameof(Endpoints))]
    public void Every_request_is_there_with_every_property_of_its_answer(string connector, string path)
    {
        var section = Section(ReviewPages.Html, connector);
        Holds(section, $"<code>{WebUtility.HtmlEncode(path)}</code>");

        // The classification is walked anew, and the treatment is taken from the rules: what the page says must be neither's alone.
        var declared = ConnectorCatalog.Find(connector)!.Endpoints.Single(endpoint => endpoint.Path == path);
        var answer = Answer().Matches(section).Select(match => match.Value).Single(each => WebUtility.HtmlDecode(Find().Match(each).Groups[1].Value).Split(' ').Contains(path));
        var rules = RulesLoader.Load(ConnectorCatalog.Find(connector)!.RulesYaml, connector, new RulesOptions()).Rules!.Endpoints.Single(endpoint => endpoint.Name == path);
        var rows = Row().Matches(answer).Select(row => row.Value).ToList();
        var missing =
            from walked in EntityWalk.Over(GraphClassification.Read(), connector, declared, [])
            from property in walked.Properties
            let treatment = Words.Of(PropertyVisibility.At(rules, declared.IsCollection ? property.Path.Insert(0, "value") : property.Path))
            where !rows.Any(row => row.Contains($"<b>{treatment}</b>", StringComparison.Ordinal)
                && row.Contains($"<code>{property.Property.Name}<", StringComparison.Ordinal)
                && WebUtility.HtmlDecode(row).Contains(property.Judgement.Reason, StringComparison.Ordinal))
            select $"{string.Join('.', property.Path)}: {treatment}, {property.Judgement.Reason}";
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void The_counts_are_those_of_the_documents_and_nothing_is_unclassified()
    {
        foreach (var connector in ReviewPages.Connectors)
        {
            var numbers = Words.Treatments.Select(connector.Facts.Count).Prepend(connector.Endpoints.Length).Append(0);
            Holds(ReviewPages.Html, string.Concat(numbers.Select(number => $"<td class=\"n\">{number}</td>")));
            Assert.That(connector.Unclassified, Is.Empty, connector.Connector.Id);
            Assert.That(connector.Disagreements, Is.Empty, connector.Connector.Id);
        }

        Assert.That(ReviewPages.Html.Contains("Do not sign this off", StringComparison.Ordinal), Is.False);
    }

    [Test]
    public void Permissions_rules_and_differences_are_told()
    {
        foreach (var connector in ReviewPages.Connectors)
        {
            var section = WebUtility.HtmlDecode(Section(ReviewPages.Html, connector.Connector.Id));
            Holds(ReviewPages.Html, $"<code class=\"sha\">{connector.Sha1}</code>");
            foreach (var part in connector.Connector.Permissions.SelectMany(role => (string[])[role.Name, role.Reason, role.Withheld])) Holds(section, part);
            Holds(section, "Differences from the original Psoxy");
            foreach (var difference in connector.Facts.Differences.Where(each => each.Ours > each.Theirs)) Holds(section, difference.Property.Beyond!);
        }
    }

    [Test]
    public void An_example_shows_both_sides_and_names_what_happens_to_each_line()
    {
        var examples = ReviewPages.Connectors.SelectMany(connector => connector.Endpoints).ToList();
        Assert.That(examples.Where(endpoint => endpoint.Example.IsEmpty).Select(endpoint => endpoint.Declared.Path), Is.Empty, "every request has an example");

        var lines = examples.SelectMany(endpoint => endpoint.Example).ToList();
        Assert.That(lines.Select(line => line.Fate).Distinct(), Is.SupersetOf((string[])["", "dropped", "pseudonym", "reduced"]));
        Assert.That(lines.Where(line => line.Fate.Length == 0).All(line => line.Before.Length > 0 && line.After.Length > 0), "a line without a word is on both sides");
        Assert.That(lines.Where(line => line.Fate == "pseudonym").Select(line => line.After), Is.All.Match("[tp]~|hash"));
        Assert.That(DroppedName().IsMatch(ReviewPages.Html));
    }

    [Test]
    public void The_page_loads_nothing_and_its_policy_would_not_let_it()
    {
        var html = ReviewPages.Html;
        var tags = Tag().Matches(html).Select(tag => tag.Value).ToList();
        Assert.That(tags.SelectMany(tag => Reference().Matches(tag)).Select(reference => reference.Groups[1].Value), Is.All.StartsWith("#"));
        Assert.That(tags.Where(tag => tag.Contains(" style=", StringComparison.Ordinal) || Handler().IsMatch(tag)), Is.Empty);
        Assert.That(Sheet().Match(html).Value, Does.Contain("prefers-color-scheme").And.Not.Contain("url(").And.Not.Contain("@import"));
        Assert.That(html[..2000], Does.Contain("content=\"default-src &#39;none&#39;; style-src &#39;sha256-").And.Not.Contain("unsafe-"));
        Assert.That(html.Length, Is.LessThan(3_000_000));
    }

    [Test]
    public void A_hostile_name_is_text_wherever_it_stands()
    {
        const string Hostile = "\"'><script>alert(1)</script>&\u202E<img src=x onerror=alert(2)>";
        var connector = ConnectorCatalog.Find("outlook-mail")!;
        var hostile = connector with
        {
            DisplayName = Hostile,
            Description = Hostile,
            Permissions = [.. connector.Permissions.Select(role => new RequiredRole(Hostile, Hostile, Hostile))],
            Endpoints = [.. connector.Endpoints.Select(endpoint => endpoint with { Permission = Hostile, Request = Hostile })],
            Variants = [.. connector.Variants, new ConnectorVariant(Hostile, [])],
        };

        using var folder = new TemporaryFolder();
        var original = folder["outlook-mail/examples/original"];
        var sanitized = folder["outlook-mail/examples/sanitized/default"];
        Directory.CreateDirectory(original);
        Directory.CreateDirectory(sanitized);
        File.WriteAllText(Path.Combine(original, "user.json"), System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { [Hostile] = Hostile, ["id"] = Hostile }));
        File.WriteAllText(Path.Combine(sanitized, "user.json"), "{\"id\":\"</td><script>alert(3)</script>\"}");
        var html = ReviewPages.Make([hostile], new ExampleReader(folder[""])).Html;

        Holds(html, "&lt;script&gt;alert(1)");
        Holds(html, "&lt;script&gt;alert(3)");
        Assert.That(Script().Count(html), Is.EqualTo(1), "and the only script is ours");
        Assert.That(html.Contains("<img", StringComparison.Ordinal) || html.Contains('\u202E'), Is.False);
    }

    [Test]
    public void What_the_rules_and_the_classification_do_not_agree_on_is_told_loudly()
    {
        var connector = ConnectorCatalog.Find("outlook-mail")!;
        var yaml = System.Text.Encoding.UTF8.GetString(connector.RulesYaml.Span);
        var changed = yaml.Replace("$..displayName, ", "$..displayName, $..city, ", StringComparison.Ordinal).Replace("sentDateTime: ", "novelty: {type: string}\n      sentDateTime: ", StringComparison.Ordinal);

        var (connectors, _, html) = ReviewPages.Make([connector with { RulesYaml = System.Text.Encoding.UTF8.GetBytes(changed) }]);

        Assert.That(connectors[0].Disagreements, Does.Contain("/v1.0/users: value.city: classified as kept, by the rules dropped"));
        Assert.That(connectors[0].Unclassified, Does.Contain("/v1.0/users/{userId}/messages/{messageId}: novelty"));
        Holds(html, "Do not sign this off");
        Holds(html, "outlook-mail: not classified: /v1.0/users/{userId}/messages/{messageId}: novelty");
    }

    [Test]
    public async Task The_command_writes_a_file_of_the_connectors_named()
    {
        using var folder = new TemporaryFolder();

        var run = await CliRun.Of(["rules", "review", "outlook-mail", "azure-ad", "--out", folder["page.html"]]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Ok), run.Error);
        Assert.That(run.Output, Does.Contain("page.html: 2 connectors, 18 requests, unclassified 0"));
        var page = await File.ReadAllTextAsync(folder["page.html"]);
        Assert.That(page, Does.StartWith("<!DOCTYPE html>").And.Contain("Outlook Mail").And.Contain("Microsoft Entra ID").And.Not.Contain("id=\"msft-teams\""));
    }

    [TestCase("rules review nonsense", "there is no connector 'nonsense'")]
    [TestCase("rules review outlook-mail --out /no/such/folder/page.html", "/no/such/folder/page.html cannot be written")]
    public async Task A_mistake_gets_a_sentence(string arguments, string expected)
    {
        var run = await CliRun.Of(arguments.Split(' '));

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((ExitCode.Usage, run.Error)));
        Assert.That(run.Error, Does.Contain(expected));
    }

    // Not Does.Contain: a page of megabytes says nothing in a failure.
    private static void Holds(string html, string part) => Assert.That(html.Contains(part, StringComparison.Ordinal), Is.True, $"not there: {part}");

    private static string Section(string html, string connector)
    {
        var start = html.IndexOf($"<section class=\"connector\" id=\"{connector}\"", StringComparison.Ordinal);
        Assert.That(start, Is.Positive);
        var end = html.IndexOf("<section class=\"connector\"", start + 1, StringComparison.Ordinal);
        return end < 0 ? html[start..] : html[start..end];
    }

    [GeneratedRegex("<article class=\"answer\".*?</article>", RegexOptions.Singleline)]
    private static partial Regex Answer();

    [GeneratedRegex("data-find=\"([^\"]*)\"")]
    private static partial Regex Find();

    [GeneratedRegex("<tr class=\"[kprd]\"[^\n]*")]
    private static partial Regex Row();

    [GeneratedRegex("<[a-z!][^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(" (?:src|href|srcset|action|data|poster)=\"?([^\" >]*)")]
    private static partial Regex Reference();

    [GeneratedRegex("<td>\"displayName\": \"[^<]+<td>dropped<td>")]
    private static partial Regex DroppedName();

    [GeneratedRegex(" on[a-z]+=")]
    private static partial Regex Handler();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Sheet();

    [GeneratedRegex("<script", RegexOptions.IgnoreCase)]
    private static partial Regex Script();
}
