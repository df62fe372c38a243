namespace Psoxy.Core.Tests.Sanitize.Values;

/// <summary>Values and regexes between which a name could slip through; on the streaming way and on the way over a document.</summary>
public sealed class HostileValueTests
{
    private const string DocumentWay = "- !<redact>\n    jsonPaths: [\"$.none[?(@.never == 'x')]\"]\n  ";

    // What Java's split leaves out is left out, groups or none.
    [TestCase("filterTokenByRegex", "delimiter: '\\s*<([^>]*)>\\s*'\n    filters: ['.*']", "call <Alice> now", "call now", "Alice", TestName = "A_delimiters_group_is_no_token")]
    [TestCase("filterTokenByRegex", "delimiter: '(;)|(,)'\n    filters: ['.*']", "a;b,c", "a b c", ";", TestName = "Delimiters_with_groups_are_no_tokens")]
    [TestCase("pseudonymizeRegexMatches", "regex: 'id=(\\d+)|[A-Z][a-z]+'", "id=7 Alice", "id=t~", "Alice", TestName = "A_match_without_group_1_becomes_a_pseudonym_as_a_whole")]
    [TestCase("pseudonymizeRegexMatches", "regex: '(?=(Al|li))[A-Za-z]'", "Ali", "null", "Al", TestName = "Groups_that_overlap_drop_the_value")]
    [TestCase("tokenize", "regex: 'id/(\\d+)|.*'", "Alice Smith", "null", "Alice", TestName = "A_whole_match_without_group_1_drops_the_value")]
    [TestCase("textDigest", "isJsonEscaped: true\n    jsonPathToProcessWhenEscaped: $..text", "{\"text\":{\"name\":\"Alice\"}}", "{\"text\":null}", "Alice", TestName = "An_object_where_a_text_should_be_digested_is_dropped")]
    [TestCase("textDigest", "isJsonEscaped: true\n    jsonPathToProcessWhenEscaped: $..text", "{\"text\":[\"Alice\"]}", "{\"text\":null}", "Alice", TestName = "An_array_where_a_text_should_be_digested_is_dropped")]
    [TestCase("textDigest", "isJsonEscaped: true\n    jsonPathToProcessWhenEscaped: $..text", "{\"text\":4915112345,\"n\":null}", "{\"text\":null,\"n\":null}", "4915112345", TestName = "A_number_where_a_text_should_be_digested_is_dropped")]
    public void Nothing_slips_through(string method, string options, string value, string expected, string canary)
    {
        var input = "{\"a\":" + System.Text.Json.JsonSerializer.Serialize(value) + "}";
        Assert.That(value, Does.Contain(canary));
        foreach (var way in (string[])["", DocumentWay])
        {
            var output = Sanitizing.Output(TestRules.Endpoint($"transforms:\n  {way}- !<{method}>\n    jsonPaths: [$..a]\n    {options}"), input);
            using var json = System.Text.Json.JsonDocument.Parse(output);

            Assert.That(output, Does.Not.Contain(canary));
            Assert.That(json.RootElement.GetProperty("a").GetString() ?? "null", Does.StartWith(expected));
        }
    }

    // A dot is one UTF-16 unit, so that a rule can cut a character beyond FFFF in two. What is left is no text.
    [TestCase("redactRegexMatches", "redactions: ['^.']")]
    [TestCase("redactExceptSubstringsMatchingRegexes", "exceptions: ['^.']")]
    [TestCase("pseudonymizeRegexMatches", "regex: '^.'")]
    [TestCase("tokenize", "regex: '(.).*'")]
    public void Half_a_character_drops_the_value(string method, string options)
    {
        foreach (var way in (string[])["", DocumentWay])
        {
            var endpoint = TestRules.Endpoint($"transforms:\n  {way}- !<{method}>\n    jsonPaths: [$..a]\n    {options}");

            Assert.That(Sanitizing.Output(endpoint, "{\"a\":\"\U0001F600 Alice\",\"b\":1}"), Is.EqualTo("{\"a\":null,\"b\":1}"));
        }
    }

    [Test]
    public void A_header_and_a_field_give_one_person_one_pseudonym()
    {
        const string address = "\"A B\"@Contoso.com";
        var field = TestRules.Endpoint("transforms:\n  - !<pseudonymize>\n    jsonPaths: [$.a]");
        var header = TestRules.Endpoint("transforms:\n  - !<pseudonymizeEmailHeader>\n    jsonPaths: [$.a]");
        var input = "{\"a\":" + System.Text.Json.JsonSerializer.Serialize(address) + "}";

        Assert.That(Sanitizing.Output(header, input), Is.EqualTo(Sanitizing.Output(field, input)).And.Contain("@Contoso.com"));
    }
}
