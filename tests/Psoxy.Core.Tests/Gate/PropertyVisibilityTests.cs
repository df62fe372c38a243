using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Gate;

/// <summary>What is told of a property without a response at hand.</summary>
public sealed class PropertyVisibilityTests
{
    private const string Schema = """
        responseSchema:
          type: object
          properties:
            value:
              type: array
              items: {type: object, properties: {id: {type: string}, from: {type: object, properties: {id: {type: string}}}, tags: {type: array, items: {type: string}}}}
        """;

    // A list's [*] picks elements. It takes no name, so what an element holds deeper inside is another path.
    [TestCase("$.value[*].id", "value/id", PropertyTreatment.Pseudonymized)]
    [TestCase("$.value[*].id", "value/from/id", PropertyTreatment.Kept)]
    [TestCase("$.value[*].*", "value/from/id", PropertyTreatment.Dropped)]
    [TestCase("$.value[*].*", "value/from", PropertyTreatment.Pseudonymized)]
    [TestCase("$.value[*][*]", "value/id", PropertyTreatment.Pseudonymized)]
    [TestCase("$.value[*].*.id", "value/from/id", PropertyTreatment.Pseudonymized)]
    [TestCase("$.value[0].*.id", "value/from/id", PropertyTreatment.Pseudonymized)]
    [TestCase("$.value[*].*.id", "value/id", PropertyTreatment.Kept)]
    [TestCase("$..*", "value/from/id", PropertyTreatment.Dropped)]
    [TestCase("$..[*].id", "value/from/id", PropertyTreatment.Pseudonymized)]
    [TestCase("$.value", "value/id", PropertyTreatment.Dropped)]
    [TestCase("$.value[*]", "value/id", PropertyTreatment.Dropped)]
    [TestCase("$.value[*]..id", "value/from/id", PropertyTreatment.Pseudonymized)]
    [TestCase("$.value..[*].id", "value/from/id", PropertyTreatment.Pseudonymized)]
    [TestCase("$.*[*].id", "value/id", PropertyTreatment.Pseudonymized)]
    [TestCase("$[*][*].id", "value/id", PropertyTreatment.Pseudonymized)]
    [TestCase("$.value[*].tags[*]", "value/tags", PropertyTreatment.Pseudonymized)]
    [TestCase("$.value[?(@.id)].id", "value/from/id", PropertyTreatment.Kept)]
    public void A_wildcard_over_a_list_takes_no_name(string jsonPath, string path, PropertyTreatment expected) => Assert.That(
        PropertyVisibility.At(Endpoint(Schema, jsonPath), [.. path.Split('/')]), Is.EqualTo(expected));

    [TestCase("$[*]", "value/id", PropertyTreatment.Dropped)]
    [TestCase("$[0]", "value/id", PropertyTreatment.Kept)]
    public void The_root_is_an_object_where_the_schema_says_so(string jsonPath, string path, PropertyTreatment expected) => Assert.That(
        PropertyVisibility.At(Endpoint(Schema, jsonPath), [.. path.Split('/')]), Is.EqualTo(expected));

    [TestCase("$[0]", "value/id", PropertyTreatment.Dropped)]
    public void Without_a_schema_the_root_may_be_a_list(string jsonPath, string path, PropertyTreatment expected) => Assert.That(
        PropertyVisibility.At(Endpoint("", jsonPath), [.. path.Split('/')]), Is.EqualTo(expected));

    [Test]
    public void A_list_of_itself_ends() => Assert.That(
        PropertyVisibility.At(Endpoint("responseSchema: {type: array, items: {$ref: '#'}}", "$[*].id"), ["id"]), Is.EqualTo(PropertyTreatment.Dropped));

    // Without a schema, or where alternatives differ, it may be either: the stricter is told.
    [TestCase("$.value[*].id", "value/from/id", PropertyTreatment.Pseudonymized)]
    [TestCase("$.value[*].id", "value/id", PropertyTreatment.Pseudonymized)]
    public void Without_a_schema_a_wildcard_may_take_one(string jsonPath, string path, PropertyTreatment expected) => Assert.That(
        PropertyVisibility.At(Endpoint("", jsonPath), [.. path.Split('/')]), Is.EqualTo(expected));

    private static Endpoint Endpoint(string schema, string jsonPath) =>
        TestRules.Endpoint($"{schema}\ntransforms:\n  - !<pseudonymize>\n    jsonPaths: [\"{jsonPath}\"]");
}
