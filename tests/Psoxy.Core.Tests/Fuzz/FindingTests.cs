using System.Text;
using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize.Values;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Fuzz;

/// <summary>What the fuzzer found, said once more so that a person can read it.</summary>
public sealed class FindingTests
{
    private static readonly RequestGate Gate = new(TestRules.Load(
        """
        endpoints:
          - pathTemplate: /x
            allowedQueryParams: [$expand, $search]
            responseSchema: {type: object, properties: {value: {type: array, items: {type: object, properties: {id: {type: string}, members: {type: array, items: {type: object, properties: {id: {type: string}}}}}}}}}
        """));

    [TestCase("$expand=members($select=subject)", GateReason.HiddenProperty, TestName = "Parentheses that close are read")]
    [TestCase("$expand=members($select=subject", GateReason.ODataNotUnderstood, TestName = "Parentheses that do not close are not passed over")]
    [TestCase("$expand=members($search=%22it's%20subject:x%22)", GateReason.ODataNotUnderstood, TestName = "A quote that only Graph reads as text hides nothing")]
    [TestCase("$expand=members($select=id)", GateReason.Allowed, TestName = "What is understood and visible may be expanded")]
    [TestCase("$search=%22id:a%22", GateReason.Allowed, TestName = "One word may be searched in a visible property")]
    [TestCase("$search=%22id:a%22%20AND%20%22id:b%22", GateReason.Allowed, TestName = "Several phrases may be searched, each in its property")]
    [TestCase("$search=%22subject:a%22", GateReason.HiddenProperty, TestName = "A hidden property may not be searched")]
    [TestCase("$search=%22id:a%20subject:b%22", GateReason.HiddenProperty, TestName = "A phrase may not name a second property")]
    [TestCase("$search=%22id:a%20OR%20b%22", GateReason.HiddenProperty, TestName = "A second word of a phrase would look everywhere")]
    [TestCase("$search=%22id:%22", GateReason.HiddenProperty, TestName = "A phrase without a word is none")]
    public void An_option_is_judged_by_all_of_its_text(string query, GateReason reason) => Assert.That(Gate.Decide("GET", "/x", query).Reason, Is.EqualTo(reason));

    [TestCase("$alice=1", GateReason.QueryParameterNotAllowed, "query parameter")]
    [TestCase("$alice=1&$Alice=2", GateReason.DuplicateQueryOption, "query parameter")]
    [TestCase("$filter=1", GateReason.QueryParameterNotAllowed, "$filter")]
    public void A_detail_is_never_a_callers_text(string query, GateReason reason, string detail)
    {
        var decision = Gate.Decide("GET", "/x", query);

        Assert.That((decision.Reason, decision.Detail), Is.EqualTo((reason, detail)));
    }

    [TestCase("$expand&&$search=", "$expand=&$search=")]
    [TestCase("&$expand", "$expand=")]
    [TestCase("$expand&", "$expand=")]
    public void An_empty_pair_does_not_make_up_for_a_missing_sign(string raw, string canonical) => Assert.That(Gate.Decide("GET", "/x", raw).Request!.Query, Is.EqualTo(canonical));

    [TestCase(" ")]
    [TestCase("\n")]
    [TestCase("=")]
    public void A_token_has_one_spelling(string odd)
    {
        var token = Sanitizing.Pseudonymizer.Tokenize("alice@contoso.com");
        Assert.That(Sanitizing.Pseudonymizer.TryReverse(token, out var original), Is.True);
        Assert.That(original, Is.EqualTo("alice@contoso.com"));

        Assert.That(Sanitizing.Pseudonymizer.TryReverse(token[..^3] + odd + token[^3..], out original), Is.False);
        Assert.That(Sanitizing.Pseudonymizer.TryReverse(token + odd, out original), Is.False);
        Assert.That(original, Is.Empty);
    }

    [Test]
    public void An_original_makes_no_escape_with_the_text_before_it()
    {
        var gate = new RequestGate(TestRules.Load("endpoints:\n  - pathRegex: '^/x/.*$'\n"));
        var token = Sanitizing.Pseudonymizer.Tokenize("Fusers");
        var harmless = gate.Decide("GET", "/x/a" + token, "").Request!;
        var escape = gate.Decide("GET", "/x/%252" + token, "");

        Assert.That(ReverseTokens.TryReverse(harmless, Sanitizing.Pseudonymizer, out var target), Is.True);
        Assert.That(target, Is.EqualTo("/x/aFusers"));
        Assert.That(escape.IsAllowed, Is.True, "'%2p' is no escape yet");
        Assert.That(ReverseTokens.TryReverse(escape.Request!, Sanitizing.Pseudonymizer, out _), Is.False);
    }

    [Test]
    public void An_error_is_one_line_whatever_the_file_holds()
    {
        var load = RulesLoader.Load(Encoding.UTF8.GetBytes("endpoints:\n  - pathTemplate: /x\n    transforms:\n      - {jsonPaths: [\"\\0\\n\\e\\P\"], method: redact}"), "rules.yaml");

        Assert.That(load.Errors.Single().ToString(), Does.StartWith("rules.yaml:4:").And.Contain("\\u0000").And.Match(@"\A[^\p{Cc}\u2028\u2029]*\z"));
    }

    [TestCase("https://graph.microsoft.com/v1.0/users(')")]
    [TestCase("https://graph.microsoft.com/v1.0/users/(')/x?a=true")]
    public void A_quote_that_opens_and_closes_at_once_holds_nothing(string link) => Assert.That(PagingLinks.Seal(link, Sanitizing.Pseudonymizer).Text, Is.EqualTo(link));

    [TestCase("/users/o''brien@contoso.com", "o''brien@contoso.com")]
    [TestCase("/users('o''brien@contoso.com')", "o'brien@contoso.com")]
    public void Quotes_are_doubled_only_inside_of_quotes(string path, string original)
    {
        var text = PagingLinks.Seal("https://graph.microsoft.com/v1.0" + path, Sanitizing.Pseudonymizer).Text!;

        Assert.That(text, Does.Not.Contain("brien"));
        Assert.That(TokenPattern.TryFind(text, 0, out var start, out var length), Is.True);
        Assert.That(Sanitizing.Pseudonymizer.TryReverse(text.AsSpan(start, length), out var back), Is.True);
        Assert.That(back, Is.EqualTo(original));
    }

    [TestCase("alice@contoso.com (x)", true)]
    [TestCase("alice@contoso.com (x", false)]
    [TestCase("alice@contoso.com (x\\", false)]
    [TestCase("alice@contoso.com ((((((((((((((((()", false)]
    [TestCase("alice@contoso.com ((((((((((((((((( ) ,Bob@Smith", false)]
    public void A_comment_that_does_not_close_makes_a_text_no_address(string text, bool isAddress)
    {
        Assert.That(EmailAddress.TryParse(text, out _), Is.EqualTo(isAddress));
        Assert.That(AddressList.TryParse(text, out _), Is.EqualTo(isAddress));
    }
}
