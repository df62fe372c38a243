using System.Text.Json;

namespace Psoxy.Core.Tests.Sanitize;

/// <summary>Each transform on each kind of value, on the streaming way and on the way over a document: they must agree.</summary>
public sealed class TransformTests
{
    private const string Alice = "t~_0UTLTcAWlr01ytd2FdRyq6nvly3PDCmY9eal8_rB_A@contoso.com";
    private const string AliceReversible = "p~_0UTLTcAWlr01ytd2FdRyq6nvly3PDCmY9eal8_rB_Ddln3jYdSDd40ovX_OGuWteDgWmeNH82hyfv0xKyQ_Eg@contoso.com";

    // Never true for these inputs, but a filter, so that the document way is taken.
    private const string DocumentWay = "- !<redact>\n    jsonPaths: [\"$.none[?(@.never == 'x')]\"]\n  ";

    [TestCase("redact", "", "{\"a\":1,\"b\":{\"a\":[2]},\"c\":3}", "{\"b\":{},\"c\":3}")]
    [TestCase("redact", "", "{\"a\":null}", "{}")]
    [TestCase("redact", "", "[{\"a\":1},{\"x\":1}]", "[{},{\"x\":1}]")]
    [TestCase("pseudonymize", "", "{\"a\":\"alice@contoso.com\"}", "{\"a\":\"" + Alice + "\"}")]
    [TestCase("pseudonymize", "", "{\"a\":\"\\u0061lice@contoso.com\"}", "{\"a\":\"" + Alice + "\"}")]
    [TestCase("pseudonymize", "", "{\"\\u0061\":\"alice@contoso.com\"}", "{\"\\u0061\":\"" + Alice + "\"}")]
    [TestCase("pseudonymize", "", "{\"a\":1234}", "{\"a\":\"t~Szvtive3YS6MHiX2O6JElvWxay30Tvstt848skt-lvc\"}")]
    [TestCase("pseudonymize", "", "{\"a\":\"  \",\"b\":1}", "{\"a\":null,\"b\":1}")]
    [TestCase("pseudonymize", "", "{\"a\":null}", "{\"a\":null}")]
    [TestCase("pseudonymize", "", "{\"a\":true}", "{\"a\":null}")]
    [TestCase("pseudonymize", "", "{\"a\":{\"mail\":\"x\"},\"b\":1}", "{\"b\":1}")]
    [TestCase("pseudonymize", "", "{\"a\":[\"x\"],\"b\":1}", "{\"b\":1}")]
    [TestCase("pseudonymize", "", "{\"a\":\"alice@contoso.com\",\"a\":\"alice@contoso.com\"}", "{\"a\":\"" + Alice + "\",\"a\":\"" + Alice + "\"}")]
    [TestCase("pseudonymize", "includeReversible: true", "{\"a\":\"alice@contoso.com\"}", "{\"a\":\"" + AliceReversible + "\"}")]
    [TestCase("pseudonymize", "encoding: JSON", "{\"a\":\"E-1234\"}", "{\"a\":\"{\\\"hash\\\":\\\"OieBSD9uRGXygiiiMbizPUoD-yWyp8r8T6zAwFOJg6c\\\"}\"}")]
    [TestCase("pseudonymize", "encoding: URL_SAFE_HASH_ONLY", "{\"a\":\"E-1234\"}", "{\"a\":\"OieBSD9uRGXygiiiMbizPUoD-yWyp8r8T6zAwFOJg6c\"}")]
    [TestCase("pseudonymizeRegexMatches", "regex: '(?i)^smtp:(.*)$'", "{\"a\":\"SMTP:alice@contoso.com\"}", "{\"a\":\"SMTP:" + Alice + "\"}")]
    [TestCase("pseudonymizeRegexMatches", "regex: '(?i)^smtp:(.*)$'", "{\"a\":\"x500:alice\"}", "{\"a\":null}")]
    [TestCase("pseudonymizeEmailHeader", "", "{\"a\":\"Alice <alice@contoso.com>, \\\"B, C\\\" <alice@contoso.com>\"}", "{\"a\":\"" + Alice + "," + Alice + "\"}")]
    [TestCase("pseudonymizeEmailHeader", "", "{\"a\":\"not a list\"}", "{\"a\":null}")]
    [TestCase("pseudonymizeEmailHeader", "", "{\"a\":\" \"}", "{\"a\":\"\"}")]
    [TestCase("tokenize", "", "{\"a\":\"E-1234\"}", "{\"a\":\"p~OieBSD9uRGXygiiiMbizPUoD-yWyp8r8T6zAwFOJg6e8NAStFblxVkE8bs_6p5HH\"}")]
    [TestCase("tokenize", "regex: 'x(.*)y'", "{\"a\":\"nothing\"}", "{\"a\":\"nothing\"}")]
    [TestCase("tokenize", "regex: 'x/([^/]*)/y.*'", "{\"a\":\"x/E-1234/y/E-1234\"}", "{\"a\":\"x/p~OieBSD9uRGXygiiiMbizPUoD-yWyp8r8T6zAwFOJg6e8NAStFblxVkE8bs_6p5HH/y/p~OieBSD9uRGXygiiiMbizPUoD-yWyp8r8T6zAwFOJg6e8NAStFblxVkE8bs_6p5HH\"}")]
    [TestCase("redactRegexMatches", "redactions: ['(?i)pwd=[^&]*']", "{\"a\":\"https://x/?PWD=s3cret&z=1\"}", "{\"a\":\"https://x/?&z=1\"}")]
    [TestCase("redactExceptSubstringsMatchingRegexes", "exceptions: ['[a-z]+', '[0-9]+']", "{\"a\":\"ab 12345 c\"}", "{\"a\":\"12345\"}")]
    [TestCase("redactExceptPhrases", "allowedPhrases: ['Prep:', '1:1', 'call']", "{\"a\":\"CALL and prep for Bob, 1:1\"}", "{\"a\":\"prep,1:1,CALL\"}")]
    [TestCase("redactExceptPhrases", "allowedPhrases: [call]", "{\"a\":\"recall Bob\"}", "{\"a\":\"\"}")]
    [TestCase("filterTokenByRegex", "filters: ['https://[^.]+\\.zoom\\.us/.*']", "{\"a\":\"come to https://acme.zoom.us/123 now\"}", "{\"a\":\"https://acme.zoom.us/123\"}")]
    [TestCase("filterTokenByRegex", "filters: ['x']", "{\"a\":\"a b\"}", "{\"a\":null}")]
    [TestCase("textDigest", "", "{\"a\":\"This is a test\"}", "{\"a\":\"{\\\"length\\\":14,\\\"word_count\\\":4}\"}")]
    [TestCase("hashIp", "", "{\"a\":\"10.0.0.1\"}", "{\"a\":\"t~3BU4goNN07w3ofq8v5ig2enxSWj9xnAnPOThel4mHTk\"}")]
    [TestCase("hashIp", "", "{\"a\":\"::ffff:192.0.2.128\"}", "{\"a\":\"t~SUZ6xYqAE2gCw90EnrhS7ait6lh2xPKj2-SSQVm8o9A\"}")]
    [TestCase("hashIp", "", "{\"a\":\"2001:0db8::1\"}", "{\"a\":\"t~njBikXo6n6-7z6JEg8zs_E89aJQ0lje1vW3O9EkS__8\"}")]
    [TestCase("hashIp", "", "{\"a\":\"010.0.0.1\"}", "{\"a\":null}")]
    [TestCase("hashIp", "", "{\"a\":\"not an ip\"}", "{\"a\":null}")]
    [TestCase("encryptIp", "", "{\"a\":\"10.0.0.1\"}", "{\"a\":\"p~3BU4goNN07w3ofq8v5ig2enxSWj9xnAnPOThel4mHTmrZBJVaY3CjxNEDJYfGEk_\"}")]
    [TestCase("redactRegexMatches", "redactions: ['x']", "{\"a\":5,\"b\":{\"a\":{}}}", "{\"a\":null,\"b\":{\"a\":null}}")]
    public void Does_what_the_language_says(string method, string options, string input, string expected)
    {
        var transform = $"- !<{method}>\n    jsonPaths: [$..a]\n    {options}";

        Assert.That(Sanitizing.Output(TestRules.Endpoint("transforms:\n  " + transform), input), Is.EqualTo(expected), "streaming");
        Assert.That(Sanitizing.Output(TestRules.Endpoint("transforms:\n  " + DocumentWay + transform), input), Is.EqualTo(expected), "on a document");
    }

    [TestCase("$.a[*]", "{\"a\":[1,{\"b\":2}],\"b\":3}", "{\"a\":[],\"b\":3}")]
    [TestCase("$.a.*", "{\"a\":{\"x\":1,\"y\":[2]},\"b\":3}", "{\"a\":{},\"b\":3}")]
    [TestCase("$.a.b", "{\"a\":[{\"b\":1}]}", "{\"a\":[{\"b\":1}]}")]
    [TestCase("$..a.b", "{\"a\":{\"a\":{\"b\":1,\"c\":2},\"b\":3}}", "{\"a\":{\"a\":{\"c\":2}}}")]
    [TestCase("$['a','c']", "{\"a\":1,\"b\":2,\"c\":3}", "{\"b\":2}")]
    [TestCase("$.['a']", "{\"a\":1,\"b\":2}", "{\"b\":2}")]
    [TestCase("$.a[1]", "{\"a\":[1,2,3]}", "{\"a\":[1,3]}")]
    [TestCase("$.a[-1]", "{\"a\":[1,2,3]}", "{\"a\":[1,2]}")]
    [TestCase("$..[?(@.t == 'File')].n", "{\"l\":[{\"t\":\"File\",\"n\":1},{\"t\":\"Web\",\"n\":2},{\"n\":3}]}", "{\"l\":[{\"t\":\"File\"},{\"t\":\"Web\",\"n\":2},{\"n\":3}]}")]
    [TestCase("$.l[?(@.t != 'bot')].n", "{\"l\":[{\"t\":\"bot\",\"n\":1},{\"n\":2}]}", "{\"l\":[{\"t\":\"bot\",\"n\":1},{}]}")]
    [TestCase("$.l[?(@.t =~ /^f.*/i && !(@.k))]", "{\"l\":[{\"t\":\"File\"},{\"t\":\"file\",\"k\":null},{\"t\":\"x\"}]}", "{\"l\":[{\"t\":\"file\",\"k\":null},{\"t\":\"x\"}]}")]
    [TestCase("$..*", "{\"a\":1}", "{}")]
    public void Paths_match_as_Jayways_do(string path, string input, string expected) =>
        Assert.That(Sanitizing.Output(TestRules.Endpoint($"transforms:\n  - !<redact>\n    jsonPaths: [\"{path}\"]"), input), Is.EqualTo(expected));

    [Test]
    public void Later_transforms_see_what_earlier_ones_left()
    {
        var endpoint = TestRules.Endpoint("""
            transforms:
              - !<redactRegexMatches>
                jsonPaths: [$.a]
                redactions: ['^x:']
              - !<pseudonymize>
                jsonPaths: [$..a]
            """);

        Assert.That(Sanitizing.Output(endpoint, "{\"a\":\"x:alice@contoso.com\"}"), Is.EqualTo("{\"a\":\"" + Alice + "\"}"));
    }

    [TestCase("[{\"data\":{\"type\":\"User\",\"id\":1}}]", "[{\"data\":{\"type\":\"User\"}}]")]
    [TestCase("[{\"data\":{\"type\":\"App\",\"id\":1}}]", "[{\"data\":{\"type\":\"App\",\"id\":1}}]")]
    public void ApplyOnlyWhen_asks_the_whole_document(string input, string expected)
    {
        var endpoint = TestRules.Endpoint("""
            transforms:
              - !<redact>
                jsonPaths: [$..id]
                applyOnlyWhen: "$[?(@.data.type == 'User')]"
            """);

        Assert.That(Sanitizing.Output(endpoint, input), Is.EqualTo(expected));
    }

    [Test]
    public void Augments_add_a_digest_beside_the_text()
    {
        var endpoint = TestRules.Endpoint("""
            augments:
              - !<textDigest>
                jsonPaths: [$.body.content]
            responseSchema: {type: object, properties: {body: {type: object, properties: {kind: {type: string}}}}}
            """);

        Assert.That(
            Sanitizing.Output(endpoint, "{\"body\":{\"content\":\"two words\",\"kind\":\"text\"}}"),
            Is.EqualTo("{\"body\":{\"+content:textDigest\":{\"length\":9,\"word_count\":2},\"kind\":\"text\"}}"));
        Assert.That(
            Sanitizing.Output(endpoint, "{\"body\":{\"+content:textDigest\":\"forged\",\"content\":\"x\",\"kind\":\"text\"}}"),
            Is.EqualTo("{\"body\":{\"kind\":\"text\"}}"),
            "a source cannot pass its text off as ours");
    }

    [TestCase("", """{"a":{"text":"{\"length\":5,\"word_count\":1}","title":"Alice"},"n":[1,{"text":null}]}""", Description = "as in the original")]
    [TestCase("innerSchema: {type: object, properties: {a: {type: object, properties: {text: {type: string}}}}}", """{"a":{"text":"{\"length\":5,\"word_count\":1}"}}""")]
    [TestCase("innerSchema: {type: array}", "null")]
    public void Of_JSON_in_a_text_stays_what_the_inner_schema_lists(string schema, string left)
    {
        var endpoint = TestRules.Endpoint($"augments:\n  - !<textDigest>\n    jsonPaths: [$.t]\n    innerJsonPath: $..text\n    {schema}\nresponseSchema: {{type: object}}");
        var input = JsonSerializer.Serialize(new { t = """{"a":{"text":"Alice","title":"Alice"},"n":[1,{"text":7}]}""" });

        Assert.That(JsonDocument.Parse(Sanitizing.Output(endpoint, input)).RootElement.GetProperty("+t:textDigest").GetString(), Is.EqualTo(left));
    }
}
