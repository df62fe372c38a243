using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Psoxy.Core.Gate;
using Psoxy.Core.Gate.OData;
using Psoxy.Core.Sanitize.Values;
using Psoxy.Core.Tests.Sanitize;
using Outcome = Psoxy.Core.Gate.Outcome;

namespace Psoxy.Core.Tests.Properties;

/// <summary>Random targets: the gate never fails, and says of a request what it says of its canonical form.</summary>
public sealed class GateProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(Runs).WithReplay(Seed, 1UL);
    private static readonly RequestGate Mail = new(TestRules.Connector("outlook-mail"));
    private static readonly RequestGate Open = new(TestRules.Load(File.ReadAllText(Corpus("open.yaml"))));
    private static readonly List<string> MailTargets = [.. Targets("Legitimate.txt")];
    private static readonly List<string> OpenTargets = [.. Targets("OpenLegitimate.txt")];

    // See SanitizerProperties.
    private static int Runs => int.TryParse(Environment.GetEnvironmentVariable("PSOXY_FUZZ_RUNS"), out var runs) ? runs : 8_000;

    private static ulong Seed => ulong.TryParse(Environment.GetEnvironmentVariable("PSOXY_FUZZ_SEED"), out var seed) ? seed : 20261124UL;

    [Test]
    public void The_canonical_form_is_its_own_and_is_judged_alike() => Prop.ForAll(Seeds(), seed =>
    {
        foreach (var (gate, target) in Cases(seed))
        {
            var decision = Decide(gate, target);

            Assert.That(decision.Outcome == Outcome.Allow, Is.EqualTo(decision.Reason == GateReason.Allowed), target);
            if (decision.Request is not { } request)
            {
                Assert.That(decision.Reason, Is.EqualTo(GateReason.MalformedPath).Or.EqualTo(GateReason.MalformedQuery), target);
                continue;
            }

            var again = Decide(gate, request.PathAndQuery);
            Assert.That(again.Request?.PathAndQuery, Is.EqualTo(request.PathAndQuery), target);
            Assert.That(again.Request!.Segments, Is.EqualTo(request.Segments), target);
            Assert.That(again.Request!.Parameters, Is.EqualTo(request.Parameters), target);
            Assert.That((again.Outcome, again.Reason, again.Endpoint?.Name, again.Detail), Is.EqualTo((decision.Outcome, decision.Reason, decision.Endpoint?.Name, decision.Detail)), target);
        }
    }).Check(Many);

    [Test]
    public void What_is_sent_on_has_one_reading() => Prop.ForAll(Seeds(), seed =>
    {
        foreach (var (gate, target) in Cases(seed))
        {
            var decision = Decide(gate, target);
            if (!decision.IsAllowed) continue;
            var sent = decision.Request!.PathAndQuery;

            // As a reader does that splits first, and as one does that decodes first.
            var uri = new Uri("https://host" + sent);
            Assert.That(uri.PathAndQuery, Is.EqualTo(sent), "a host that normalizes finds nothing to do");
            var path = Uri.UnescapeDataString(decision.Request.Path);
            Assert.That(path.Split('/')[1..], Is.EqualTo(decision.Request.Segments), sent);
            Assert.That(path, Does.Not.Match(@"[\\?#;]|%[0-9A-Fa-f]{2}|\p{Cc}").And.Not.Contain("//").And.Not.Contain("/./").And.Not.Contain("/../"), sent);
            Assert.That(decision.Request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(decision.Request.Parameters.Length), sent);
            Assert.That(decision.Request.Parameters.Select(parameter => parameter.Name.TrimStart('$').ToUpperInvariant()), Is.Unique, sent);
        }
    }).Check(Many);

    [Test]
    public void What_passes_names_no_hidden_property()
    {
        var (passed, refused) = (0, 0);
        Prop.ForAll(Seeds(), seed =>
        {
            var decision = Decide(Open, new RandomTarget(seed).Option());
            if (!decision.IsAllowed)
            {
                refused++;
                return;
            }

            passed++;
            foreach (var (name, value) in decision.Request!.Parameters.Where(parameter => ODataOption.Normalize(parameter.Name).StartsWith('$')))
                Assert.That(Regex.Replace(value, "'([^']|'')*'", "''"), Does.Not.Match(@"(?i)(?<!\w)(displayName|secretNumber|emailAddress/name)(?!\w)"), $"{name}={value}");
        }).Check(Many);

        Assert.That(passed, Is.GreaterThan(refused / 10));
        Assert.That(refused, Is.GreaterThan(passed / 10));
    }

    [Test]
    public void A_link_of_any_shape_is_sealed_or_dropped() => Prop.ForAll(Seeds(), seed =>
    {
        foreach (var (_, target) in Cases(seed))
        {
            var sealed_ = PagingLinks.Seal("https://graph.microsoft.com" + target, Sanitizing.Pseudonymizer);

            Assert.That(sealed_.Action, Is.EqualTo(ValueAction.Replace).Or.EqualTo(ValueAction.Null), target);
            if (sealed_.Action == ValueAction.Replace) Assert.That(sealed_.Text, Does.StartWith("https://graph.microsoft.com"));
        }
    }).Check(Many);

    [Test]
    public void A_detail_is_a_word_of_ODatas_or_of_the_rules() => Prop.ForAll(Seeds(), seed =>
    {
        foreach (var (gate, target) in Cases(seed))
            Assert.That(Decide(gate, target).Detail ?? "", Is.Empty.Or.EqualTo("query parameter").Or.EqualTo("userId").Or.EqualTo("groupId").Or.EqualTo("messageId").Or.Matches(@"^\$[a-z]{3,13}$"), target);
    }).Check(Many);

    [Test]
    public void Random_targets_meet_every_reason()
    {
        var reasons = Enumerable.Range(0, 8_000).SelectMany(Cases).Select(each => Decide(each.Gate, each.Target).Reason).CountBy(reason => reason).ToDictionary();

        Assert.That(reasons[GateReason.Allowed], Is.InRange(2_000, 14_000));
        foreach (var reason in (GateReason[])[
            GateReason.MalformedPath, GateReason.MalformedQuery, GateReason.DuplicateQueryOption, GateReason.NoEndpoint, GateReason.PathParameterNotAllowed,
            GateReason.QueryParameterNotAllowed, GateReason.ODataNotUnderstood, GateReason.HiddenProperty, GateReason.PseudonymRequired])
            Assert.That(reasons.GetValueOrDefault(reason), Is.GreaterThan(20), reason.ToString());
    }

    private static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue).ToArbitrary();

    private static (RequestGate Gate, string Target)[] Cases(int seed) => [(Mail, new RandomTarget(seed).Mutate(MailTargets)), (Open, new RandomTarget(seed).Mutate(OpenTargets))];

    private static Decision Decide(RequestGate gate, string target)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? gate.Decide("GET", target, "") : gate.Decide("GET", target.AsSpan(0, question), target.AsSpan(question + 1));
    }

    private static string Corpus(string file) => Path.Combine(TestContext.CurrentContext.TestDirectory, "Gate", "Corpus", file);

    private static IEnumerable<string> Targets(string file) => File.ReadLines(Corpus(file)).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', 3)[2]
        .Replace("{id}", "48d31887-5fad-4d73-a9f5-3c356e68a038", StringComparison.Ordinal)
        .Replace("{p}", "p~_0UTLTcAWlr01ytd2FdRyq6nvly3PDCmY9eal8_rB_Ddln3jYdSDd40ovX_OGuWteDgWmeNH82hyfv0xKyQ_Eg", StringComparison.Ordinal));
}
