using System.Text;
using Psoxy.Core.Rules;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Rules;

/// <summary>Our two extensions of the language: <c>treatments</c> and the root's <c>pathParameterSchemas</c>.</summary>
public sealed class TreatmentTests
{
    private const string People = """
        endpoints:
        - pathTemplate: /people
          transforms:
          - !<redact> {jsonPaths: [$.first]}
          - !<treatment> {name: person}
          - {method: treatment, name: link, when: noGroups}
          - !<redact> {jsonPaths: [$.last]}
        - pathTemplate: /others
          transforms:
          - !<treatment> {name: person}
        treatments:
          person:
          - !<pseudonymize> {jsonPaths: [$..mail]}
          - !<redact> {jsonPaths: [$..name], when: "!noOriginals"}
          link:
          - !<sealPagingLink> {jsonPaths: [$.next]}
        """;

    [TestCase("", "$.first $..mail $..name $.last")]
    [TestCase("noGroups", "$.first $..mail $..name $.next $.last")]
    [TestCase("noOriginals", "$.first $..mail $.last")]
    public void A_use_stands_for_the_treatments_transforms_in_its_place(string flags, string expected)
    {
        var endpoint = Loads.Rules(People, flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Endpoints[0];

        Assert.That(string.Join(' ', endpoint.Transforms.Select(transform => transform.JsonPaths.Single().Text)), Is.EqualTo(expected));
    }

    [Test]
    public void Endpoints_share_the_transforms_of_a_treatment()
    {
        var rules = Loads.Rules(People);

        Assert.That(rules.Endpoints[1].Transforms[0], Is.SameAs(rules.Endpoints[0].Transforms[1]));
    }

    [Test]
    public void A_treatment_treats()
    {
        const string input = "{\"mail\":\"bob@contoso.com\",\"name\":\"Bob\",\"kept\":1}";

        var output = Sanitizing.Output(Loads.Rules(People).Endpoints[1], input);

        Assert.That(input, Does.Contain("bob").And.Contain("Bob"));
        Assert.That(output, Does.Not.Contain("bob").IgnoreCase.And.Contain("\"kept\":1").And.Contain("t~"));
    }

    [TestCase("transforms: [!<treatment> {name: usr}]", "rules.yaml:2:55: /a: unknown treatment 'usr'; did you mean 'user'?\nrules.yaml:4:3: no endpoint uses the treatment 'user'")]
    [TestCase("transforms: [!<treatment> {}, !<treatment> {name: user}]", "rules.yaml:2:35: /a: the use of a treatment needs 'name'")]
    [TestCase("transforms: [!<treatment> {name: [user]}, !<treatment> {name: user}]", "rules.yaml:2:55: /a: expected 'name' to be text, found a list")]
    [TestCase("transforms: [!<treatment> {name: user, jsonPaths: [$.a]}]", "rules.yaml:2:61: /a: unknown key 'jsonPaths' in the use of a treatment; expected one of name, method, when")]
    [TestCase("transforms: [!<treatment> {name: user, when: sometimes}]", "rules.yaml:2:67: /a: unknown flag 'sometimes' in 'when'; expected one of noGroups, noOriginals, pseudonymizeAppIds, or one with '!' before it")]
    [TestCase("transforms: [!<treatment> {name: user, method: redact}]", "rules.yaml:2:69: /a: 'method: redact' contradicts the tag '!<treatment>'")]
    [TestCase("transforms: [!<treatmnt> {name: user}]", "rules.yaml:2:35: /a: unknown transform 'treatmnt'; did you mean 'treatment'?\nrules.yaml:4:3: no endpoint uses the treatment 'user'")]
    [TestCase("transforms: []", "rules.yaml:4:3: no endpoint uses the treatment 'user'")]
    public void A_wrong_use_is_refused(string rest, string expected) => Assert.That(
        string.Join('\n', Loads.Errors($"endpoints:\n- {{pathTemplate: /a, {rest}}}\ntreatments:\n  user: [!<redact> {{jsonPaths: [$.a]}}]\n")),
        Is.EqualTo(expected));

    [TestCase("user: []", "rules.yaml:3:21: the treatment 'user' is empty; expected at least one transform")]
    [TestCase("user: {}", "rules.yaml:3:21: expected the treatment 'user' to be a list, found a map")]
    [TestCase("user: [!<redcat> {jsonPaths: [$.a]}]", "rules.yaml:3:22: unknown transform 'redcat'; did you mean 'redact'?")]
    [TestCase("user: [!<redact> {jsonPaths: [a]}]", "rules.yaml:3:45: an item of 'jsonPaths' 'a' is not a JSON path that rules may use: expected '$' at the beginning, found 'a' at character 1")]
    [TestCase("user: [!<treatment> {name: user}]", "rules.yaml:3:22: the treatment 'user' may not use a treatment; only endpoints do")]
    [TestCase("user: [{method: treatment, name: other}]", "rules.yaml:3:22: the treatment 'user' may not use a treatment; only endpoints do")]
    [TestCase("user: [!<redact> {jsonPaths: [$.a]}], user: [!<redact> {jsonPaths: [$.b]}]", "rules.yaml:3:53: the key 'user' stands in 'treatments' twice")]
    public void A_wrong_treatment_is_refused_once_however_often_it_is_used(string treatments, string expected) => Assert.That(
        string.Join('\n', Loads.Errors($"endpoints:\n- {{pathTemplate: /a, transforms: [!<treatment> {{name: user}}, !<treatment> {{name: user}}]}}\ntreatments: {{ {treatments} }}\n")),
        Is.EqualTo(expected));

    [Test]
    public void Without_treatments_a_use_says_so() => Assert.That(
        Loads.EndpointErrors("transforms: [!<treatment> {name: user}]"),
        Is.EqualTo(new[] { "rules.yaml:3:36: /a: unknown treatment 'user'; the file has no 'treatments'" }));

    [Test]
    public void A_use_that_only_another_variant_has_is_a_use() =>
        Assert.That(Loads.Rules(People, "pseudonymizeAppIds").Endpoints[0].Transforms.OfType<SealPagingLink>(), Is.Empty);

    [Test]
    public void Too_many_treatments_are_refused() => Assert.That(
        Loads.Errors("endpoints: []\ntreatments:\n" + string.Concat(Enumerable.Range(0, 1001).Select(at => $"  t{at}: [!<redact> {{jsonPaths: [$.a]}}]\n"))),
        Is.EqualTo(new[] { "rules.yaml:3:3: 1001 treatments; 1000 at most" }));

    [Test]
    public void Treatments_that_multiply_are_given_up()
    {
        var yaml = new StringBuilder("endpoints:\n- pathTemplate: /a\n  transforms:\n");
        for (var at = 0; at < 10_000; at++) yaml.Append("  - !<treatment> {name: t}\n");
        yaml.Append("treatments:\n  t:\n  - !<redact>\n    jsonPaths: [").AppendJoin(',', Enumerable.Repeat("$.a", 10_000)).Append("]\n");

        Assert.That(Loads.Errors(yaml.ToString())[0], Is.EqualTo("rules.yaml:14:5: /a: the transforms of all endpoints have more than 100000 JSON paths, treatments expanded"));
    }

    private const string Things = """
        endpoints:
        - pathTemplate: /users/{userId}/things/{thingId}
        - pathTemplate: /people/{userId}
          pathParameterSchemas: {userId: {pattern: 'own'}}
        - pathTemplate: /guests/{userId}
          pathParameterSchemas: {userId: {pattern: 'own', when: noGroups}}
        - pathRegex: /users/[a-z]+
        pathParameterSchemas:
          userId: {pattern: 'all', when: "!noOriginals"}
        """;

    [TestCase("", "/users/{userId}/things/{thingId}", true)]
    [TestCase("", "/people/{userId}", false)]
    [TestCase("", "/guests/{userId}", true)]
    [TestCase("noGroups", "/guests/{userId}", false)]
    public void A_path_parameter_without_a_schema_of_its_own_has_the_files(string flags, string name, bool isDefault)
    {
        var endpoint = Loads.Rules(Things, flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Endpoints.Single(endpoint => endpoint.Name == name);

        Assert.That(endpoint.PathParameterSchemas.Keys, Is.EqualTo(new[] { "userId" }));
        Assert.That(endpoint.PathParameterSchemas["userId"].Pattern!.IsMatch("all"), Is.EqualTo(isDefault));
        Assert.That(endpoint.PathParameterSchemas["userId"].Pattern!.IsMatch("own"), Is.EqualTo(!isDefault));
    }

    [Test]
    public void A_default_that_the_variant_leaves_out_is_none() =>
        Assert.That(Loads.Rules(Things, "noOriginals").Endpoints[0].PathParameterSchemas, Is.Empty);

    [TestCase("pathParameterSchemas: {userID: {pattern: a}}", "rules.yaml:2:24: 'pathParameterSchemas' names 'userID', which no path template has")]
    [TestCase("pathParameterSchemas: {id: {pattern: '('}}", "rules.yaml:2:38: expected 'pattern' to be a regex: a '(' is not closed (at character 2 of the regex)")]
    [TestCase("pathParameterSchemas: [id]", "rules.yaml:2:23: expected 'pathParameterSchemas' to be a map, found a list")]
    [TestCase("pathParameterSchemas: {id: {type: string}, id: {type: number}}", "rules.yaml:2:44: the key 'id' stands in 'pathParameterSchemas' twice")]
    public void A_wrong_default_is_refused(string root, string expected) =>
        Assert.That(string.Join('\n', Loads.Errors($"endpoints: [{{pathTemplate: '/{{id}}'}}]\n{root}\n")), Is.EqualTo(expected));
}
