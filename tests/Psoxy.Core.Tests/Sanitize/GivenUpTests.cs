using System.Text;
using Psoxy.Core.Sanitize;

namespace Psoxy.Core.Tests.Sanitize;

/// <summary>What would make a part look like the whole is a fault, on both ways, however the bytes are cut.</summary>
public sealed class GivenUpTests
{
    private const string Schema = "responseSchema: {type: object, properties: {next: {type: string}, value: {type: array, items: {type: object, properties: {id: {type: string}}}}}}\n";
    private const string Seal = "transforms:\n  - !<sealPagingLink>\n    jsonPaths: [$.next]";
    private const string Held = "transforms:\n  - !<sealPagingLink>\n    jsonPaths: [$.next]\n    applyOnlyWhen: $.value";

    private static readonly string[] Links = [Seal, Schema + Seal, Held];

    [TestCase("\"https://graph.microsoft.com/v1.0/users?$skiptoken=%zz\"")]
    [TestCase("\"http://graph.microsoft.com/v1.0/users?$skiptoken=x\"")]
    [TestCase("\"Alice Smith\"")]
    [TestCase("\"\\ud800\"")]
    [TestCase("\"\"")]
    [TestCase("5")]
    [TestCase("true")]
    [TestCase("{}")]
    [TestCase("[\"https://graph.microsoft.com/v1.0/users?$skiptoken=x\"]")]
    public void A_link_that_cannot_be_kept_is_not_left_out(string link)
    {
        foreach (var rules in Links) AssertFault(rules, $$"""{"value":[{"id":"1"}],"next":{{link}}}""", SanitizeStatus.LinkUnreadable);
    }

    [TestCase("null")]
    [TestCase("\"https://graph.microsoft.com/v1.0/users?$skip=2\"")]
    public void A_link_that_can_be_is(string link)
    {
        foreach (var rules in (string[])[Seal, Held]) Assert.That(Sanitizing.Output(TestRules.Endpoint(rules), $$"""{"value":[],"next":{{link}}}"""), Is.EqualTo($$"""{"value":[],"next":{{link}}}"""));
    }

    private static readonly string[] Plain = ["transforms:\n  - !<redact>\n    jsonPaths: [$.a]", Schema + Seal, "transforms:\n  - !<redact>\n    jsonPaths: [$.a, \"$.b[0]\"]\n    applyOnlyWhen: $.value"];

    [TestCase("""{"error":{"code":"x","message":"Alice"}}""")]
    [TestCase("""{"value":[],"error":"Alice"}""")]
    [TestCase("""{"value":[],"\u0065rror":["Alice"]}""")]
    [TestCase("""{"value":[],"error":5}""")]
    public void An_error_at_the_root_that_no_rule_knows_is_one(string input)
    {
        foreach (var rules in Plain) AssertFault(rules, input, SanitizeStatus.SourceError);
    }

    [Test]
    public void Once_more_in_the_next_response()
    {
        var plan = SanitizerPlan.Compile(TestRules.Endpoint(Schema + Seal));
        foreach (var input in (string[])["""{"value":[],"error":{"a":1}}""", """{"value":[],"error":{"a":1}}"""])
        {
            using var sanitizer = new JsonSanitizer(plan, Sanitizing.Pseudonymizer, new System.Buffers.ArrayBufferWriter<byte>());
            Assert.That(sanitizer.Write(new(Encoding.UTF8.GetBytes(input))), Is.EqualTo(SanitizeStatus.SourceError), "a name that has been met is one still");
        }
    }

    [Test]
    public void Deeper_it_is_a_name_like_any_other() =>
        Assert.That(Sanitizing.Output(TestRules.Endpoint(Plain[0]), """{"value":[{"error":{"code":"x"}}]}"""), Is.EqualTo("""{"value":[{"error":{"code":"x"}}]}"""));

    [Test]
    public void Without_a_value_it_is_dropped() => Assert.That(Sanitizing.Output(TestRules.Endpoint(Plain[0]), """{"error":null,"b":1}"""), Is.EqualTo("""{"b":1}"""));

    [TestCase("transforms:\n  - !<redact>\n    jsonPaths: [$.error.message]", """{"error":{"code":"x"}}""")]
    [TestCase("responseSchema: {type: object, properties: {error: {type: object, properties: {code: {type: string}}}}}", """{"error":{"code":"x"}}""")]
    public void Rules_that_know_it_decide(string rules, string output) =>
        Assert.That(Sanitizing.Output(TestRules.Endpoint(rules), """{"error":{"code":"x","message":"Alice"}}"""), Is.EqualTo(output));

    private static void AssertFault(string rules, string input, SanitizeStatus status)
    {
        foreach (var chunk in (int[])[1, 3, int.MaxValue])
        {
            var result = Sanitizing.Run(TestRules.Endpoint(rules), Encoding.UTF8.GetBytes(input), chunk);
            Assert.That(result.Status, Is.EqualTo(status), $"{rules} in chunks of {chunk}");
            Assert.That(result.Output, Does.Not.Contain("Alice").And.Not.Contain("next\":null"));
        }
    }
}
