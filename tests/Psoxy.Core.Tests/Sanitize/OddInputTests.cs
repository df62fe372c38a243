using System.Text;
using Psoxy.Core.Sanitize;

namespace Psoxy.Core.Tests.Sanitize;

/// <summary>docs/json-handling.md, row by row, on both ways.</summary>
public sealed class OddInputTests
{
    private static readonly string[] Ways = ["- !<redact>\n    jsonPaths: [$..a]", "- !<redact>\n    jsonPaths: [$..a, \"$.none[?(@.never == 'x')]\"]"];

    [TestCase("", SanitizeStatus.Malformed, "")]
    [TestCase("  ", SanitizeStatus.Malformed, "")]
    [TestCase("{\"b\":1", SanitizeStatus.Malformed, null)]
    [TestCase("{\"b\":1}x", SanitizeStatus.Malformed, null)]
    [TestCase("{\"b\":1}{}", SanitizeStatus.Malformed, null)]
    [TestCase("{\"b\":01}", SanitizeStatus.Malformed, null)]
    [TestCase("{\"b\":\"\u0001\"}", SanitizeStatus.Malformed, null)]
    [TestCase("{'b':1}", SanitizeStatus.Malformed, null)]
    [TestCase("{\"b\":1,}", SanitizeStatus.Malformed, null)]
    [TestCase("// c\n1", SanitizeStatus.Malformed, null)]
    [TestCase("NaN", SanitizeStatus.Malformed, null)]
    [TestCase("5", SanitizeStatus.Complete, "5")]
    [TestCase("\"x\"", SanitizeStatus.Complete, "\"x\"")]
    [TestCase("null", SanitizeStatus.Complete, "null")]
    [TestCase("\uFEFF{\"b\":1}", SanitizeStatus.Complete, "{\"b\":1}")]
    [TestCase(" { \"b\" : [ 1 , 2 ] , \"a\" : 3 } \n", SanitizeStatus.Complete, "{\"b\":[1,2]}")]
    [TestCase("{\"b\":1e999999,\"c\":123456789012345678901234567890.10}", SanitizeStatus.Complete, "{\"b\":1e999999,\"c\":123456789012345678901234567890.10}")]
    [TestCase("{\"b\":\"\\ud800\",\"\\udfff\":1}", SanitizeStatus.Complete, "{\"b\":\"\\ud800\",\"\\udfff\":1}")]
    [TestCase("{\"\\u0061\":1,\"b\":\"\\u0061\"}", SanitizeStatus.Complete, "{\"b\":\"\\u0061\"}")]
    public void Has_a_defined_outcome(string input, SanitizeStatus status, string? output)
    {
        foreach (var way in Ways)
        {
            foreach (var chunk in (int[])[1, 3, int.MaxValue])
            {
                var result = Sanitizing.Run(TestRules.Endpoint("transforms:\n  " + way), Encoding.UTF8.GetBytes(input), chunk);
                Assert.That(result.Status, Is.EqualTo(status), $"chunks of {chunk}, {way}");
                if (output is not null) Assert.That(result.Output, Is.EqualTo(output));
            }
        }
    }

    [TestCase(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' })]
    [TestCase(new byte[] { (byte)'"', 0xC0, 0xAF, (byte)'"' })]
    [TestCase(new byte[] { (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' })]
    [TestCase(new byte[] { (byte)'"', 0xE2, 0x82 })]
    public void Invalid_utf8_is_malformed_and_nothing_of_it_is_written(byte[] input)
    {
        foreach (var way in Ways)
        {
            foreach (var chunk in (int[])[1, 2, int.MaxValue])
            {
                var result = Sanitizing.Run(TestRules.Endpoint("transforms:\n  " + way), input, chunk);
                Assert.That(result.Status, Is.EqualTo(SanitizeStatus.Malformed));
                Assert.That(result.Output, Is.Empty);
            }
        }
    }

    [Test]
    public void A_name_with_half_a_pair_is_no_name_of_the_rules()
    {
        var endpoint = TestRules.Endpoint("responseSchema: {type: object, properties: {id: {type: string}, b: {type: string}}}");

        Assert.That(Sanitizing.Output(endpoint, """{"\ud800":"x","b":"y"}"""), Is.EqualTo("""{"b":"y"}"""));
        Assert.That(Sanitizing.Output(TestRules.Endpoint("transforms:\n  - !<redact>\n    jsonPaths: [$..id]"), """{"\ud800":"x"}"""), Is.EqualTo("""{"\ud800":"x"}"""));
    }

    [TestCase(64, SanitizeStatus.Complete)]
    [TestCase(65, SanitizeStatus.TooDeep)]
    public void Depth_has_a_limit(int depth, SanitizeStatus status)
    {
        var input = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        foreach (var way in Ways) Assert.That(Sanitizing.Run(TestRules.Endpoint("transforms:\n  " + way), input).Status, Is.EqualTo(status));
    }

    [Test]
    public void More_than_the_limit_is_given_up()
    {
        var input = Encoding.UTF8.GetBytes("{\"b\":\"" + new string('x', 5000) + "\"}");
        var endpoint = TestRules.Endpoint("transforms:\n  " + Ways[0]);

        Assert.That(Sanitizing.Run(endpoint, input, 100, limits: new SanitizerLimits { MaxInputBytes = 4000 }).Status, Is.EqualTo(SanitizeStatus.TooLarge));
        Assert.That(Sanitizing.Run(endpoint, input, 100, limits: new SanitizerLimits { MaxBufferedBytes = 4000 }).Status, Is.EqualTo(SanitizeStatus.TooLarge));
    }

    [TestCase("{\"a\":1,\"b\":2}\n{\"b\":3}\n\n{\"a\":4}", "{\"b\":2}\n{\"b\":3}\n{}\n")]
    [TestCase("", "")]
    public void Ndjson_is_treated_line_by_line(string input, string expected)
    {
        foreach (var way in Ways)
        {
            var result = Sanitizing.Run(TestRules.Endpoint("transforms:\n  " + way), Encoding.UTF8.GetBytes(input), 3, ndjson: true);
            Assert.That((result.Status, result.Output), Is.EqualTo((SanitizeStatus.Complete, expected)));
        }
    }

    [Test]
    public void Dropped_values_cannot_influence_the_output()
    {
        var endpoint = TestRules.Endpoint("transforms:\n  " + Ways[0]);

        var one = Sanitizing.Output(endpoint, "{\"x\":1,\"a\":\"short\",\"y\":[1,{\"a\":2}]}");
        var other = Sanitizing.Output(endpoint, "{ \"x\":1 , \"a\": {\"long\":[true,null,{\"z\":\"…\"}]} , \"y\":[1, {\"a\":\"\\\"]}\"}] }");

        Assert.That(other, Is.EqualTo(one));
    }
}
