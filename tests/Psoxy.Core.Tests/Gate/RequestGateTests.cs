using Psoxy.Core.Gate;

namespace Psoxy.Core.Tests.Gate;

/// <summary>Requests as an attacker and as honest clients write them, with the reason for each refusal.</summary>
public sealed class RequestGateTests
{
    private const string Id = "48d31887-5fad-4d73-a9f5-3c356e68a038";
    private const string Token = "p~_0UTLTcAWlr01ytd2FdRyq6nvly3PDCmY9eal8_rB_Ddln3jYdSDd40ovX_OGuWteDgWmeNH82hyfv0xKyQ_Eg";
    private static readonly RequestGate Gate = new(TestRules.Connector("outlook-mail"));

    [TestCaseSource(nameof(Rows), ["Evasions.txt"])]
    public void Refuses(string reason, string method, string target)
    {
        var decision = Decide(method, target);

        Assert.That((decision.Outcome, decision.Reason.ToString()), Is.EqualTo((Outcome.Deny, reason)), target);
        Assert.That(decision.Detail ?? "", Does.Match(@"^[$\w ]*$"), "a detail is never a caller's value");
    }

    [TestCaseSource(nameof(Rows), ["Legitimate.txt"])]
    public void Allows(string endpoint, string method, string target)
    {
        var decision = Decide(method, target);

        Assert.That((decision.Outcome, decision.Endpoint?.Name), Is.EqualTo((Outcome.Allow, endpoint)), $"{target}: {decision.Reason} {decision.Detail}");
        var again = Decide(method, decision.Request!.PathAndQuery);
        Assert.That(again.Request!.PathAndQuery, Is.EqualTo(decision.Request.PathAndQuery), "canonical is idempotent");
        Assert.That(again.IsAllowed, Is.True, "the gate says the same of the canonical form");
    }

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

    private static Decision Decide(string method, string target)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? Gate.Decide(method, target, "") : Gate.Decide(method, target.AsSpan(0, question), target.AsSpan(question + 1));
    }

    private static IEnumerable<TestCaseData> Rows(string file)
    {
        foreach (var line in File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Gate", "Corpus", file)))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var parts = line.Split(' ', 3);
            yield return new TestCaseData(parts[0], parts[1], parts[2].Replace("{id}", Id, StringComparison.Ordinal).Replace("{p}", Token, StringComparison.Ordinal));
        }
    }
}
