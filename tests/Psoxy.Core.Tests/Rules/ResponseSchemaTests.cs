using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Rules;

public sealed class ResponseSchemaTests
{
    [TestCase("{type: object}", SchemaType.Object)]
    [TestCase("{properties: {}}", SchemaType.Object)]
    [TestCase("{type: array}", SchemaType.Array)]
    [TestCase("{items: {}}", SchemaType.Array)]
    [TestCase("{type: string, format: date-time}", SchemaType.String)]
    [TestCase("{type: integer}", SchemaType.Integer)]
    [TestCase("{type: number}", SchemaType.Number)]
    [TestCase("{type: boolean}", SchemaType.Boolean)]
    [TestCase("{}", SchemaType.Unspecified)]
    [TestCase("{$schema: x, title: t, description: d, required: [a], additionalProperties: true}", SchemaType.Unspecified)]
    public void Types_are_read(string schema, SchemaType expected) => Assert.That(Schema(schema).Type, Is.EqualTo(expected));

    [Test]
    public void A_schema_may_refer_to_itself()
    {
        var schema = Schema("{type: object, properties: {children: {type: array, items: {$ref: '#'}}}}");

        Assert.That(schema.Properties["children"].Items, Is.SameAs(schema));
    }

    [Test]
    public void A_definition_of_the_file_may_refer_to_others_and_to_itself()
    {
        const string yaml = """
            endpoints:
            - pathTemplate: /a
              responseSchema: {$ref: '#/definitions/User'}
            - pathTemplate: /b
              responseSchema: {type: object, properties: {value: {type: array, items: {$ref: '#/definitions/User'}}}}
            definitions:
              User: {type: object, properties: {manager: {$ref: '#/definitions/User'}, box: {$ref: '#/definitions/Box'}}}
              Box: {type: object, properties: {owner: {$ref: '#/definitions/User'}}}
            """;
        var rules = Loads.Rules(yaml);
        var user = rules.Endpoints[0].ResponseSchema!;

        Assert.That(user.Properties["manager"], Is.SameAs(user));
        Assert.That(user.Properties["box"].Properties["owner"], Is.SameAs(user));
        Assert.That(rules.Endpoints[1].ResponseSchema!.Properties["value"].Items, Is.SameAs(user), "made once for all endpoints");
    }

    [Test]
    public void A_definition_of_the_schema_itself_comes_before_one_of_the_file()
    {
        const string yaml = """
            endpoints:
            - pathTemplate: /a
              responseSchema: {definitions: {X: {type: integer}}, type: object, properties: {x: {$ref: '#/definitions/X'}, y: {$ref: '#/definitions/Y'}}}
            - pathTemplate: /b
              responseSchema: {$ref: '#/definitions/Y'}
            definitions:
              X: {type: string}
              Y: {type: object, properties: {x: {$ref: '#/definitions/X'}}}
            """;
        var rules = Loads.Rules(yaml);

        Assert.That(rules.Endpoints[0].ResponseSchema!.Properties["x"].Type, Is.EqualTo(SchemaType.Integer));
        Assert.That(rules.Endpoints[0].ResponseSchema!.Properties["y"].Properties["x"].Type, Is.EqualTo(SchemaType.Integer));
        Assert.That(rules.Endpoints[1].ResponseSchema!.Properties["x"].Type, Is.EqualTo(SchemaType.String));
    }

    [Test]
    public void In_a_definition_the_root_is_that_of_the_endpoint_that_uses_it()
    {
        const string yaml = """
            endpoints:
            - pathTemplate: /a
              responseSchema: {type: object, properties: {x: {$ref: '#/definitions/X'}}}
            - pathTemplate: /b
              responseSchema: {type: object, properties: {y: {$ref: '#/definitions/X'}}}
            definitions:
              X: {type: array, items: {$ref: '#'}}
            """;
        var rules = Loads.Rules(yaml);

        foreach (var (endpoint, property) in rules.Endpoints.Zip(["x", "y"]))
            Assert.That(endpoint.ResponseSchema!.Properties[property].Items, Is.SameAs(endpoint.ResponseSchema));
    }

    [TestCase("if", "then", "else", "const")]
    [TestCase("_if", "_then", "_else", "constant")]
    public void Conditions_are_read_in_both_spellings(string @if, string then, string @else, string @const)
    {
        var schema = Schema($"{{anyOf: [{{{@if}: {{properties: {{t: {{{@const}: '#x'}}, n: {{{@const}: 5}}, b: {{{@const}: true}}, s: {{{@const}: '5'}}}}}}, {then}: {{type: string}}, {@else}: {{type: integer}}}}, {{type: boolean}}]}}");

        var conditional = schema.AnyOf[0];
        Assert.That(conditional.Condition!.Constants, Is.EquivalentTo(new Dictionary<string, string> { ["t"] = "\"#x\"", ["n"] = "5", ["b"] = "true", ["s"] = "\"5\"" }));
        Assert.That((conditional.Then.Type, conditional.Else!.Type), Is.EqualTo((SchemaType.String, SchemaType.Integer)));
        Assert.That(schema.AnyOf[1], Is.EqualTo(new SchemaAlternative(null, schema.AnyOf[1].Then, null)));
        Assert.That(schema.AnyOf[1].Then.Type, Is.EqualTo(SchemaType.Boolean));
    }

    [Test]
    public void An_if_may_stand_alone()
    {
        var schema = Schema("{type: object, if: {properties: {t: {const: x}}}, then: {properties: {a: {}}}}");

        Assert.That(schema.AnyOf.Single().Condition!.Constants["t"], Is.EqualTo("\"x\""));
        Assert.That(schema.AnyOf.Single().Then.Properties.Keys, Is.EqualTo(new[] { "a" }));
        Assert.That(schema.AnyOf.Single().Else, Is.Null);
    }

    [Test]
    public void Constants_among_the_properties_choose_the_alternative()
    {
        const string yaml = """
            endpoints:
            - pathTemplate: /a
              responseSchema:
                anyOf:
                - {$ref: '#/definitions/Cat'}
                - {$ref: '#/definitions/Dog'}
                - {type: string}
            definitions:
              Cat: {type: object, properties: {kind: {type: string, constant: cat}, lives: {type: integer}}}
              Dog: {properties: {kind: {type: string, const: dog}}}
            """;
        var alternatives = Loads.Rules(yaml).Endpoints[0].ResponseSchema!.AnyOf;

        Assert.That(alternatives.Select(alternative => alternative.Condition?.Constants["kind"]), Is.EqualTo(new[] { "\"cat\"", "\"dog\"", null }));
        Assert.That(alternatives[0].Then.AnyOf.Single().Then.Properties.Keys, Is.EquivalentTo(new[] { "kind", "lives" }));
        Assert.That(alternatives[1].Then.AnyOf.Single().Then.Type, Is.EqualTo(SchemaType.Object));
    }

    [Test]
    public void An_alternative_that_is_a_reference_has_the_condition_of_what_it_refers_to()
    {
        var schema = Schema("{definitions: {A: {if: {properties: {t: {const: 1}}}, then: {type: string}}}, anyOf: [{$ref: '#/definitions/A'}, {}]}");

        Assert.That(schema.AnyOf[0].Condition!.Constants["t"], Is.EqualTo("1"));
        Assert.That(schema.AnyOf[0].Then.Type, Is.EqualTo(SchemaType.String));
    }

    private static ResponseSchema Schema(string schema) => Loads.Endpoint("responseSchema: " + schema).ResponseSchema!;
}
