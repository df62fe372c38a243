namespace Psoxy.Core.Tests.Rules;

public sealed class VariantTests
{
    private const string Yaml = """
        endpoints:
        - pathTemplate: /groups
          when: "!noGroups"
        - pathTemplate: /users/{id}
          pathParameterSchemas:
            id:
              anyOf:
              - {format: reversible-pseudonym}
              - {pattern: '[a-z]+', when: "!pseudonymizeAppIds"}
          queryParamSchemas:
            q: {type: string, when: noOriginals}
          augments:
          - !<textDigest> {jsonPaths: [$.t], when: noOriginals}
          transforms:
          - !<redact> {jsonPaths: [$.a], when: pseudonymizeAppIds}
          - !<redact> {jsonPaths: [$.b], when: [pseudonymizeAppIds, "!noOriginals"]}
          - !<redact> {jsonPaths: [$.c]}
          responseSchema:
            type: object
            properties:
              id: {type: string}
              name: {type: string, when: "!noOriginals"}
              ref: {$ref: '#', when: noOriginals}
        """;

    [TestCase("", "/groups /users/{id}", 2, "c", "id name")]
    [TestCase("noGroups", "/users/{id}", 2, "c", "id name")]
    [TestCase("pseudonymizeAppIds", "/groups /users/{id}", 1, "a b c", "id name")]
    [TestCase("pseudonymizeAppIds noOriginals noGroups", "/users/{id}", 1, "a c", "id ref")]
    public void A_loaded_rule_set_has_what_its_variant_has(string flags, string endpoints, int alternatives, string redacted, string properties)
    {
        var rules = Loads.Rules(Yaml, flags.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.That(string.Join(' ', rules.Endpoints.Select(endpoint => endpoint.Name)), Is.EqualTo(endpoints));
        var users = rules.Endpoints[^1];
        Assert.That(users.PathParameterSchemas["id"].AnyOf, Has.Length.EqualTo(alternatives));
        Assert.That(string.Join(' ', users.Transforms.SelectMany(transform => transform.JsonPaths).Select(path => path.Text[2..])), Is.EqualTo(redacted));
        Assert.That(string.Join(' ', users.ResponseSchema!.Properties.Keys.Order(StringComparer.Ordinal)), Is.EqualTo(properties));
        Assert.That(users.Augments.Length, Is.EqualTo(flags.Contains("noOriginals", StringComparison.Ordinal) ? 1 : 0));
        Assert.That(users.QueryParameterSchemas.ContainsKey("q"), Is.EqualTo(flags.Contains("noOriginals", StringComparison.Ordinal)));
    }

    [Test]
    public void What_a_variant_leaves_out_is_checked_all_the_same() => Assert.That(
        Loads.Errors("endpoints:\n- pathTemplate: /a\n  when: noGroups\n  transforms: [!<redact> {jsonPaths: [x]}]"),
        Is.EqualTo(new[] { "rules.yaml:4:39: /a: an item of 'jsonPaths' 'x' is not a JSON path that rules may use: expected '$' at the beginning, found 'x' at character 1" }));
}
