using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Sanitize.Values;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Gate;

/// <summary>Requests as an attacker and as honest clients write them, with the reason for each refusal.</summary>
public sealed class RequestGateTests
{
    internal const string Id = "48d31887-5fad-4d73-a9f5-3c356e68a038";
    internal const string Token = "p~_0UTLTcAWlr01ytd2FdRyq6nvly3PDCmY9eal8_rB_Ddln3jYdSDd40ovX_OGuWteDgWmeNH82hyfv0xKyQ_Eg";
    private static readonly RequestGate Mail = new(TestRules.Connector("outlook-mail"));
    private static readonly RequestGate Open = new(TestRules.Load(File.ReadAllText(Corpus("open.yaml"))));

    [TestCaseSource(nameof(Rows), ["Evasions.txt"])]
    public void Refuses(string reason, string method, string target) => AssertRefuses(Mail, reason, method, target);

    [TestCaseSource(nameof(Rows), ["OpenEvasions.txt"])]
    public void Refuses_under_loose_rules(string reason, string method, string target) => AssertRefuses(Open, reason, method, target);

    [TestCaseSource(nameof(Rows), ["Legitimate.txt"])]
    public void Allows(string endpoint, string method, string target) => AssertAllows(Mail, endpoint, method, target);

    [TestCaseSource(nameof(Rows), ["OpenLegitimate.txt"])]
    public void Allows_under_loose_rules(string endpoint, string method, string target) => AssertAllows(Open, endpoint, method, target);

    [TestCase("/v1.0/users('48d31887-5fad-4d73-a9f5-3c356e68a038')", "/v1.0/users/48d31887-5fad-4d73-a9f5-3c356e68a038")]
    [TestCase("/v1.0/users('o''neill@contoso.example')/mailboxSettings", "/v1.0/users/o'neill@contoso.example/mailboxSettings")]
    public void A_key_in_parentheses_is_sent_on_as_a_segment(string path, string sent) =>
        Assert.That(new RequestGate(TestRules.Connector("outlook-mail")).Decide("GET", path, "").Request!.PathAndQuery, Is.EqualTo(sent));

    [Test]
    public void The_default_decision_refuses()
    {
        Assert.That(default(Decision).IsAllowed, Is.False);
        Assert.That(default(Decision).Reason, Is.EqualTo(GateReason.Undecided));
    }

    [Test]
    public void A_rule_without_methods_allows_reading_only()
    {
        var gate = new RequestGate(TestRules.Load("endpoints:\n  - pathTemplate: /x\n"));

        Assert.That(gate.Decide("GET", "/x", "").IsAllowed && gate.Decide("HEAD", "/x", "").IsAllowed, Is.True);
        Assert.That(gate.Decide("POST", "/x", "").Reason, Is.EqualTo(GateReason.MethodNotAllowed));
        Assert.That(gate.Decide("get", "/x", "").Reason, Is.EqualTo(GateReason.MethodNotAllowed));
    }

    [Test]
    public void The_most_literal_template_wins_then_file_order()
    {
        var gate = new RequestGate(TestRules.Load("endpoints:\n  - pathTemplate: /a/{b}\n  - pathTemplate: /a/b\n  - pathTemplate: /{a}/b\n"));

        Assert.That(gate.Decide("GET", "/a/b", "").Endpoint!.Name, Is.EqualTo("/a/b"));
        Assert.That(gate.Decide("GET", "/a/c", "").Endpoint!.Name, Is.EqualTo("/a/{b}"));
        Assert.That(gate.Decide("GET", "/c/b", "").Endpoint!.Name, Is.EqualTo("/{a}/b"));
    }

    [TestCase("{anyOf: [{$ref: '#'}, {anyOf: [{$ref: '#'}]}]}")]
    [TestCase("{type: array, items: {$ref: '#'}}")]
    public void A_schema_that_leads_back_to_itself_hides_everything(string schema)
    {
        var gate = new RequestGate(TestRules.Load($"endpoints:\n  - pathTemplate: /x\n    responseSchema: {schema}\n"));

        Assert.That(gate.Decide("GET", "/x", "$select=id").Reason, Is.EqualTo(GateReason.HiddenProperty));
    }

    [Test]
    public void Alternatives_at_every_level_do_not_multiply()
    {
        const string condition = "{if: {properties: {k: {const: x}}}, then: {$ref: '#/definitions/A'}}";
        var gate = new RequestGate(TestRules.Load(
            "endpoints:\n  - pathTemplate: /x\n    responseSchema: {$ref: '#/definitions/A'}\ndefinitions:\n"
            + $"  A: {{type: object, properties: {{a: {{anyOf: [{condition}, {{$ref: '#/definitions/B'}}]}}}}}}\n"
            + $"  B: {{type: object, properties: {{a: {{anyOf: [{condition}, {{$ref: '#/definitions/B'}}]}}}}}}\n"));
        var deep = string.Join('/', Enumerable.Repeat("a", 16));

        Assert.That(gate.Decide("GET", "/x", $"$expand={deep}($expand={deep}($expand={deep}($select={deep})))").Reason, Is.EqualTo(GateReason.Allowed));
    }

    [Test]
    public void Schemas_of_both_spellings_of_an_option_hold()
    {
        var gate = new RequestGate(TestRules.Load("endpoints:\n  - pathTemplate: /x\n    queryParamSchemas: {$top: {type: integer}, top: {enum: ['5']}}\n"));

        Assert.That(gate.Decide("GET", "/x", "$top=5").Reason, Is.EqualTo(GateReason.Allowed));
        Assert.That(gate.Decide("GET", "/x", "top=6").Reason, Is.EqualTo(GateReason.QueryValueNotAllowed));
    }

    [TestCase("1", true)]
    [TestCase("-1.5e%2B3", true)]
    [TestCase("%201", false)]
    [TestCase("Infinity", false)]
    [TestCase("NaN", false)]
    [TestCase("%E2%88%9E", false)]
    [TestCase("01", false)]
    [TestCase("1.", false)]
    public void A_number_is_one_of_JSON(string value, bool allowed)
    {
        var gate = new RequestGate(TestRules.Load("endpoints:\n  - pathTemplate: /x\n    queryParamSchemas: {n: {type: number}}\n"));

        Assert.That(gate.Decide("GET", "/x", "n=" + value).Reason, Is.EqualTo(allowed ? GateReason.Allowed : GateReason.QueryValueNotAllowed));
    }

    [TestCase("a&&b=1", "a=&b=1")]
    [TestCase("&a&b=1", "a=&b=1")]
    [TestCase("a=1&", "a=1")]
    [TestCase("a=1&b", "a=1&b=")]
    [TestCase("a=b=c", "a=b=c")]
    [TestCase("a=1&b=2", "a=1&b=2")]
    [TestCase("%61=%41+%2b", "a=A%20%2B")]
    public void The_canonical_query_has_one_spelling(string raw, string canonical)
    {
        var gate = new RequestGate(TestRules.Load("endpoints:\n  - pathTemplate: /x\n"));

        Assert.That(gate.Decide("GET", "/x", raw).Request!.Query, Is.EqualTo(canonical));
    }

    [TestCase("/f(a=1,b=2)", true)]
    [TestCase("/f(a=1)", false)]
    [TestCase("/f(a=,b=2)", false)]
    [TestCase("/f(a=1,b=2)x", false)]
    public void A_parameter_may_be_part_of_a_segment(string path, bool allowed)
    {
        var gate = new RequestGate(TestRules.Load("endpoints:\n  - pathTemplate: /f(a={a},b={b})\n"));

        Assert.That(gate.Decide("GET", path, "").IsAllowed, Is.EqualTo(allowed));
    }

    [TestCase("/v1.0/users/1?$top=5", true)]
    [TestCase("/V1.0/USERS/1?$top=5", true)]
    [TestCase("/v1.0/users/1?$top=5&x=1", false)]
    [TestCase("/x/v1.0/users/1?$top=5", false)]
    public void A_path_regex_must_match_the_whole(string target, bool allowed)
    {
        var gate = new RequestGate(TestRules.Load("endpoints:\n  - pathRegex: '^/v1.0/users/?[^/]*\\?\\$top=[0-9]+$'\n"));
        var split = target.Split('?');

        Assert.That(gate.Decide("GET", split[0], split[1]).IsAllowed, Is.EqualTo(allowed));
    }

    [TestCaseSource(nameof(Rows), ["Legitimate.txt"])]
    [TestCaseSource(nameof(Rows), ["OpenLegitimate.txt"])]
    public void A_link_that_repeats_the_request_passes_again_and_becomes_the_same_request(string endpoint, string method, string target)
    {
        var token = Sanitizing.Pseudonymizer.Pseudonymize("alice@contoso.com", PseudonymEncoding.UrlSafeToken, includeReversible: true).Split('@')[0];
        foreach (var gate in (RequestGate[])[Mail, Open])
        {
            var first = Decide(gate, method, target.Replace(Token, token, StringComparison.Ordinal));
            if (!first.IsAllowed) continue;
            Assert.That(ReverseTokens.TryReverse(first.Request!, Sanitizing.Pseudonymizer, out var sent), Is.True);

            var link = PagingLinks.Seal("https://graph.microsoft.com" + sent, Sanitizing.Pseudonymizer).Text!["https://graph.microsoft.com".Length..];

            Assert.That(Uri.UnescapeDataString(link), Does.Not.Contain("alice@contoso.com"));
            var next = Decide(gate, method, link);
            Assert.That((next.Reason, next.Endpoint?.Name), Is.EqualTo((GateReason.Allowed, endpoint)), link);
            Assert.That(ReverseTokens.TryReverse(next.Request!, Sanitizing.Pseudonymizer, out var again), Is.True, link);
            Assert.That(again, Is.EqualTo(sent));
        }
    }

    internal static void AssertRefuses(RequestGate gate, string reason, string method, string target)
    {
        var decision = Decide(gate, method, target);

        Assert.That((decision.Outcome, decision.Reason.ToString()), Is.EqualTo((Outcome.Deny, reason)), target);
        Assert.That(decision.Detail ?? "", Does.Match(@"^[$\w ]*$"), "a detail is never a caller's value");
    }

    internal static void AssertAllows(RequestGate gate, string endpoint, string method, string target)
    {
        var decision = Decide(gate, method, target);

        Assert.That((decision.Outcome, decision.Endpoint?.Name), Is.EqualTo((Outcome.Allow, endpoint)), $"{target}: {decision.Reason} {decision.Detail}");
        var again = Decide(gate, method, decision.Request!.PathAndQuery);
        Assert.That(again.Request!.PathAndQuery, Is.EqualTo(decision.Request.PathAndQuery), "canonical is idempotent");
        Assert.That(again.IsAllowed, Is.True, "the gate says the same of the canonical form");
    }

    private static Decision Decide(RequestGate gate, string method, string target)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? gate.Decide(method, target, "") : gate.Decide(method, target.AsSpan(0, question), target.AsSpan(question + 1));
    }

    private static string Corpus(string file) => Path.Combine(TestContext.CurrentContext.TestDirectory, "Gate", "Corpus", file);

    private static IEnumerable<TestCaseData> Rows(string file)
    {
        foreach (var line in File.ReadLines(Corpus(file)))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var parts = line.Split(' ', 3);
            yield return new TestCaseData(parts[0], parts[1], parts[2].Replace("{id}", Id, StringComparison.Ordinal).Replace("{p}", Token, StringComparison.Ordinal));
        }
    }
}
