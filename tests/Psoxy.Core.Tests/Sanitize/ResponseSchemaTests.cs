namespace Psoxy.Core.Tests.Sanitize;

public sealed class ResponseSchemaTests
{
    private const string DocumentWay = "\ntransforms:\n  - !<redact>\n    jsonPaths: [\"$.none[?(@.never == 'x')]\"]";

    [TestCase("{type: object, properties: {a: {type: string}}}", "{\"a\":\"x\",\"b\":1}", "{\"a\":\"x\"}")]
    [TestCase("{type: object, properties: {a: {type: string}}}", "{\"a\":5}", "{\"a\":null}")]
    [TestCase("{type: object, properties: {a: {type: string}}}", "[1]", "null")]
    [TestCase("{type: object, properties: {a: {type: string}}}", "{\"a\":{\"b\":1}}", "{\"a\":null}")]
    [TestCase("{type: object, properties: {a: {type: string}}}", "{\"a\":null}", "{\"a\":null}")]
    [TestCase("{type: object}", "{\"a\":1}", "{}")]
    [TestCase("{type: array, items: {type: string}}", "[\"a\",5,null,{},\"b\"]", "[\"a\",null,\"b\"]")]
    [TestCase("{type: array}", "[1,2]", "[]")]
    [TestCase("{type: integer}", "123456789012345678901234567890", "123456789012345678901234567890")]
    [TestCase("{type: integer}", "1.50e1", "1.50e1")]
    [TestCase("{type: integer}", "1.5", "null")]
    [TestCase("{type: integer}", "10e-1", "10e-1")]
    [TestCase("{type: integer}", "1e-1", "null")]
    [TestCase("{type: number}", "-0.5E+3", "-0.5E+3")]
    [TestCase("{type: boolean}", "true", "true")]
    [TestCase("{type: boolean}", "\"true\"", "null")]
    [TestCase("{format: date-time}", "\"x\"", "\"x\"")]
    [TestCase("{format: date-time}", "[1]", "null")]
    [TestCase("{type: object, properties: {m: {$ref: '#'}, a: {type: string}}}", "{\"a\":\"1\",\"m\":{\"a\":\"2\",\"b\":3,\"m\":{\"a\":\"4\"}}}", "{\"a\":\"1\",\"m\":{\"a\":\"2\",\"m\":{\"a\":\"4\"}}}")]
    public void Keeps_only_what_it_lists(string schema, string input, string expected)
    {
        Assert.That(Sanitizing.Output(TestRules.Endpoint("responseSchema: " + schema), input), Is.EqualTo(expected), "streaming");
        Assert.That(Sanitizing.Output(TestRules.Endpoint("responseSchema: " + schema + DocumentWay), input), Is.EqualTo(expected), "on a document");
    }

    [TestCase("{\"t\":\"a\",\"x\":1,\"y\":2}", "{\"x\":1}")]
    [TestCase("{\"t\":\"b\",\"x\":1,\"y\":2}", "{\"y\":2}")]
    public void The_first_alternative_that_holds_is_taken(string input, string expected)
    {
        var endpoint = TestRules.Endpoint("""
            responseSchema:
              anyOf:
                - if: {properties: {t: {const: a}}}
                  then: {type: object, properties: {x: {type: integer}}}
                - {type: object, properties: {y: {type: integer}}}
            """);

        Assert.That(Sanitizing.Output(endpoint, input), Is.EqualTo(expected));
    }

    [Test]
    public void An_alternative_that_leads_back_to_itself_keeps_nothing() =>
        Assert.That(Sanitizing.Output(TestRules.Endpoint("responseSchema: {anyOf: [{$ref: '#'}]}"), "{\"a\":1}"), Is.EqualTo("null"));

    [Test]
    public void What_it_does_not_know_is_counted_and_named()
    {
        var report = Sanitizing.Run(TestRules.Endpoint("responseSchema: {type: object, properties: {a: {type: string}}}"), "{\"new\":1,\"alice@x 5\":{\"deep\":2}}"u8).Report;

        Assert.That(report.Dropped, Is.EqualTo(2));
        Assert.That(report.UnknownProperties, Is.EqualTo(["new"]), "a name that may be data is not told");
    }
}
