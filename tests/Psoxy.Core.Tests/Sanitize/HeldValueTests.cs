using System.Buffers;
using System.Text;
using Psoxy.Core.Sanitize;

namespace Psoxy.Core.Tests.Sanitize;

/// <summary>Rules that must see a value whole hold that value, not the document.</summary>
public sealed class HeldValueTests
{
    private const string Filtered = "transforms:\n  - !<redact>\n    jsonPaths: [\"$.value[*].links[?(@.kind == 'File')].url\"]";
    private const string Augmented = "augments:\n  - !<textDigest>\n    jsonPaths: [\"$.value[*].body.content\"]\ntransforms:\n  - !<redact>\n    jsonPaths: [\"$..content\"]";
    private const string Alternatives = """
        responseSchema:
          type: object
          properties:
            value:
              type: array
              items:
                anyOf:
                  - if: {properties: {kind: {const: File}}}
                    then: {type: object, properties: {size: {type: integer}}}
                  - {type: object, properties: {kind: {type: string}}}
        """;

    [TestCase(Filtered, """{"links":[{"kind":"File","url":"secret"},{"kind":"Web","url":"open"}]}""", """{"links":[{"kind":"File"},{"kind":"Web","url":"open"}]}""")]
    [TestCase(Augmented, """{"body":{"content":"secret words"}}""", """{"body":{"+content:textDigest":{"length":12,"word_count":2}}}""")]
    [TestCase(Alternatives, """{"kind":"File","size":1,"name":"secret"}""", """{"size":1}""")]
    public void Items_leave_before_the_list_has_ended(string rules, string item, string expected)
    {
        Assert.That(item, Does.Contain("secret"));
        var output = new ArrayBufferWriter<byte>();
        using var sanitizer = new JsonSanitizer(SanitizerPlan.Compile(TestRules.Endpoint(rules)), Sanitizing.Pseudonymizer, output);

        sanitizer.Write(Bytes("{\"value\":[" + item + ","));
        Assert.That(Encoding.UTF8.GetString(output.WrittenSpan), Is.EqualTo("{\"value\":[" + expected));

        sanitizer.Write(Bytes(item + "]}"));
        Assert.That(sanitizer.Complete(), Is.EqualTo(SanitizeStatus.Complete));
        Assert.That(Encoding.UTF8.GetString(output.WrittenSpan), Is.EqualTo("{\"value\":[" + expected + "," + expected + "]}"));
    }

    // Nobody knows which of two values of one name a reader takes.
    [TestCase("@.k == 'x'", """{"k":"x","k":"y","a":1}""", true)]
    [TestCase("@.k != 'x'", """{"k":"x","k":"y","a":1}""", true)]
    [TestCase("!(@.k == 'x')", """{"k":"y","k":"x","a":1}""", true)]
    [TestCase("!(@.k != 'x')", """{"k":"y","k":"x","a":1}""", true)]
    [TestCase("!(@.k =~ /x/)", """{"k":"y","k":"x","a":1}""", true)]
    [TestCase("@.k == 'x' && @.k != 'x'", """{"k":"y","k":"x","a":1}""", true)]
    [TestCase("@.k != 'x'", """{"k":"x","k":"x","a":1}""", false)]
    [TestCase("!(@.k == 'x')", """{"k":"x","k":"x","a":1}""", false)]
    [TestCase("!(@.k)", """{"k":"x","k":"y","a":1}""", false)]
    [TestCase("@.k[*] != 'x'", """{"k":["x","y"],"a":1}""", false)]
    public void A_filter_chooses_what_it_would_with_either_of_two_values_of_one_name(string filter, string json, bool isChosen)
    {
        var endpoint = TestRules.Endpoint($"transforms:\n  - !<redact>\n    jsonPaths: [\"$[?({filter})].a\"]");

        Assert.That(Sanitizing.Output(endpoint, json), isChosen ? Does.Not.Contain("\"a\"") : Is.EqualTo(json));
    }

    [TestCase(Filtered, """{"links":[{"kind":"Web","url":"open"}]}""")]
    [TestCase(Augmented, """{"body":{"content":"words"}}""")]
    [TestCase(Alternatives, """{"kind":"x"}""")]
    public void The_bound_is_on_what_is_held_not_on_the_document(string rules, string item)
    {
        var document = Encoding.UTF8.GetBytes("{\"value\":[" + string.Join(',', Enumerable.Repeat(item, 1000)) + "]}");
        var limits = new SanitizerLimits { MaxBufferedBytes = 200 };

        Assert.That(Sanitizing.Run(TestRules.Endpoint(rules), document, 50, limits: limits).Status, Is.EqualTo(SanitizeStatus.Complete));
    }

    [Test]
    public void A_held_value_of_more_than_the_bound_is_given_up()
    {
        var document = Encoding.UTF8.GetBytes("{\"value\":[{\"links\":[{\"kind\":\"" + new string('x', 150) + "\",\"url\":\"" + new string('x', 150) + "\"}]}]}");

        foreach (var chunk in (int[])[1, 50, int.MaxValue])
        {
            var result = Sanitizing.Run(TestRules.Endpoint(Filtered), document, chunk, limits: new SanitizerLimits { MaxBufferedBytes = 200 });
            Assert.That(result.Status, Is.EqualTo(SanitizeStatus.TooLarge));
            Assert.That(result.Output, Does.Not.Contain("xxx"));
        }
    }

    [Test]
    public void A_condition_on_the_document_holds_the_document()
    {
        var endpoint = TestRules.Endpoint("transforms:\n  - !<redact>\n    jsonPaths: [\"$..a\"]\n    applyOnlyWhen: \"$.value[?(@.secretive == true)]\"");

        Assert.That(Sanitizing.Output(endpoint, """{"value":[{"a":1},{"a":2,"secretive":true}]}"""), Is.EqualTo("""{"value":[{},{"secretive":true}]}"""));
        Assert.That(Sanitizing.Output(endpoint, """{"value":[{"a":1},{"a":2}]}"""), Is.EqualTo("""{"value":[{"a":1},{"a":2}]}"""));
    }

    [Test]
    public void A_condition_is_judged_once_for_all_of_a_transforms_paths()
    {
        var endpoint = TestRules.Endpoint("transforms:\n  - !<redact>\n    jsonPaths: [\"$.kind\", \"$.a\"]\n    applyOnlyWhen: \"$.kind\"");

        Assert.That(Sanitizing.Output(endpoint, """{"kind":1,"a":2,"b":3}"""), Is.EqualTo("""{"b":3}"""));
    }

    [TestCase("""{"value":[{"+x":1},{"body":{"content":"a"}}]}""", SanitizeStatus.Complete, """{"value":[{"+x":1},{"body":{}}]}""")]
    [TestCase("""{"value":[{"body":{"content":"a","\u002bx":1}}]}""", SanitizeStatus.Complete, """{"value":[{"body":{"\u002bx":1}}]}""")]
    [TestCase("""{"value":[{"body":{"content":"a"}},{"+x":1}]}""", SanitizeStatus.Forged, null)]
    [TestCase("""{"value":[{"body":{"content":"a"}},{"content":{"deep":{"+x":1}}}]}""", SanitizeStatus.Forged, null)]
    [TestCase("""{"value":[{"body":{"content":"a"}},{"\u002Bx":1}]}""", SanitizeStatus.Forged, null)]
    [TestCase("""{"value":[{"body":{"content":"a"}},{"x+":1,"y":"+"}]}""", SanitizeStatus.Complete, """{"value":[{"body":{"+content:textDigest":{"length":1,"word_count":1}}},{"x+":1,"y":"+"}]}""")]
    public void A_source_with_plus_names_of_its_own_gets_no_augments(string input, SanitizeStatus status, string? output)
    {
        foreach (var chunk in (int[])[1, 7, int.MaxValue])
        {
            var result = Sanitizing.Run(TestRules.Endpoint(Augmented), Encoding.UTF8.GetBytes(input), chunk);
            Assert.That(result.Status, Is.EqualTo(status), $"in chunks of {chunk}");
            if (output is not null) Assert.That(result.Output, Is.EqualTo(output));
        }
    }

    [Test]
    public void Each_line_of_ndjson_is_judged_for_itself()
    {
        var input = """{"value":[{"body":{"content":"a"}}]}""" + "\n" + """{"value":[{"+x":1},{"body":{"content":"a"}}]}""";

        var result = Sanitizing.Run(TestRules.Endpoint(Augmented), Encoding.UTF8.GetBytes(input), ndjson: true);

        Assert.That(result.Status, Is.EqualTo(SanitizeStatus.Complete));
        Assert.That(result.Output, Is.EqualTo("""{"value":[{"body":{"+content:textDigest":{"length":1,"word_count":1}}}]}""" + "\n" + """{"value":[{"+x":1},{"body":{}}]}""" + "\n"));
    }

    [TestCase("$.value[*].a")]
    [TestCase("$.value[?(@.a)].a")]
    public void Values_that_take_too_long_are_null_and_too_many_of_them_end_the_response(string path)
    {
        var endpoint = TestRules.Endpoint($"transforms:\n  - !<redactRegexMatches>\n    jsonPaths: [\"{path}\"]\n    redactions: ['^(([a-z])+.)+[A-Z]([a-z])+$']");
        var slow = "{\"a\":\"" + new string('a', 40) + "\"}";

        var few = Sanitizing.Run(endpoint, Encoding.UTF8.GetBytes($"{{\"value\":[{slow},{slow}]}}"));
        var many = Sanitizing.Run(endpoint, Encoding.UTF8.GetBytes("{\"value\":[" + string.Join(',', Enumerable.Repeat(slow, 1000)) + "]}"));

        Assert.That((few.Status, few.Output), Is.EqualTo((SanitizeStatus.Complete, """{"value":[{"a":null},{"a":null}]}""")));
        Assert.That(many.Status, Is.EqualTo(SanitizeStatus.Timeout));
        Assert.That(many.Output, Does.Not.Contain("aaa"));
    }

    [Test]
    public void A_long_list_that_is_held_takes_no_longer_for_what_is_removed_from_it()
    {
        // One by one the removals would take 200,000 squared.
        var input = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat("{\"kind\":1}", 200_000)) + ",2]");
        var endpoint = TestRules.Endpoint("transforms:\n  - !<redact>\n    jsonPaths: [\"$[?(@.kind == 1)]\", \"$[5]\"]");

        Assert.That(Sanitizing.Run(endpoint, input).Output, Is.EqualTo("[2]"));
    }

    [Test]
    public void A_token_that_comes_in_many_pieces_is_not_read_again_for_each()
    {
        // 8 MiB in pieces of 1 KiB: read anew for each piece it would be 32 GiB of reading.
        var input = Encoding.UTF8.GetBytes("{\"a\":\"" + new string('x', 8 << 20) + "\",\"b\":1}");

        Assert.That(Sanitizing.Run(TestRules.Endpoint("transforms:\n  - !<redact>\n    jsonPaths: [$.a]"), input, 1024).Output, Is.EqualTo("{\"b\":1}"));
    }

    private static ReadOnlySequence<byte> Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
