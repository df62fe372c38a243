using System.Text;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize;

namespace Psoxy.Core.Tests.Rules;

/// <summary>No file may hang the loader, exhaust the process or make it throw.</summary>
public sealed class RulesLimitsTests
{
    private const string Redactions = "endpoints:\n- pathTemplate: /a\n  transforms:\n  - !<redactRegexMatches>\n    jsonPaths: [$.a]\n    redactions:\n";

    [Test]
    public void A_billion_laughs_are_refused_at_the_first_anchor()
    {
        const string yaml = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b]\nendpoints: [*c]\n";

        Assert.That(Loads.Errors(yaml), Is.EqualTo(new[] { "rules.yaml:1:4: anchors and aliases are not allowed in a rules file: write the value out" }));
    }

    [Test]
    public void A_file_that_is_too_large_is_not_even_read() =>
        Assert.That(Loads.Errors(new string('x', (1 << 20) + 1)), Is.EqualTo(new[] { "rules.yaml:1:1: the file has 1048577 bytes; 1048576 at most" }));

    [TestCase('[', "rules.yaml:1:66: nested deeper than 64 levels")]
    [TestCase('{', "rules.yaml:1:2: a key that is not plain text")]
    public void A_file_that_is_nested_too_deep_is_given_up(char open, string expected) => Assert.That(Loads.Errors(new string(open, 1 << 20)), Is.EqualTo(new[] { expected }));

    [Test]
    public void A_map_that_is_nested_too_deep_is_given_up() => Assert.That(
        Loads.Errors(string.Concat(Enumerable.Repeat("{a: ", 1000))),
        Is.EqualTo(new[] { "rules.yaml:1:261: nested deeper than 64 levels" }));

    [Test]
    public void A_file_with_too_many_values_is_given_up() =>
        Assert.That(Loads.Errors("[" + string.Concat(Enumerable.Repeat("1,", 200_000)) + "]"), Is.EqualTo(new[] { "rules.yaml:1:200000: more than 100000 values" }));

    [Test]
    public void A_file_with_too_many_endpoints_is_refused() => Assert.That(
        Loads.Errors("endpoints:\n" + string.Concat(Enumerable.Range(0, 501).Select(at => $"- pathTemplate: /a{at}\n"))),
        Is.EqualTo(new[] { "rules.yaml:2:1: 501 endpoints; 500 at most" }));

    [Test]
    public void Five_hundred_endpoints_over_thousands_of_lines_load()
    {
        var yaml = new StringBuilder("endpoints:\n");
        for (var at = 0; at < 500; at++)
            yaml.Append("- pathTemplate: /v1.0/things/{id}/part").Append(at).Append("\n  allowedQueryParams: [$top]\n  transforms:\n  - !<redact>\n    jsonPaths:\n    - $..a\n    - $..b\n  responseSchema:\n    $ref: '#/definitions/T'\n");
        yaml.Append("definitions:\n  T:\n    type: object\n    properties:\n");
        for (var at = 0; at < 2000; at++) yaml.Append("      p").Append(at).Append(": {type: string}\n");

        var rules = Loads.Rules(yaml.ToString());

        Assert.That(rules.Endpoints, Has.Length.EqualTo(500));
        Assert.That(rules.Endpoints.Select(endpoint => endpoint.ResponseSchema).Distinct().Count(), Is.EqualTo(1), "the definition is made once");
        Assert.That(rules.Endpoints[^1].Line, Is.EqualTo(2 + (499 * 9)));
    }

    [Test]
    public void Too_many_regexes_are_refused() => Assert.That(
        Loads.Errors(Redactions + string.Concat(Enumerable.Range(0, 1001).Select(at => $"    - x{at}\n")))[0],
        Is.EqualTo("rules.yaml:1007:7: /a: the regexes of the file are more than 1000, or have more than 1048576 characters together as .NET has them"));

    [Test]
    public void Too_many_regexes_in_paths_are_refused() => Assert.That(
        Loads.Errors("endpoints:\n- pathTemplate: /a\n  transforms:\n" + string.Concat(Enumerable.Repeat("  - !<redact> {jsonPaths: ['$[?(" + string.Join("||", Enumerable.Repeat("@.a=~/b/", 11)) + ")]']}\n", 91)))[0],
        Does.StartWith("rules.yaml:94:28: /a: the regexes of the file are more than 1000"));

    // Each '$' is a look-around of seventy characters to .NET.
    [Test]
    public void Regexes_that_grow_are_refused() => Assert.That(
        Loads.Errors(Redactions + string.Concat(Enumerable.Range(0, 10).Select(at => $"    - {new string('$', 8000)}{at}\n"))),
        Has.Some.Contains("more than 1048576 characters together as .NET has them"));

    [Test]
    public void A_regex_that_stands_in_a_file_a_thousand_times_is_compiled_once()
    {
        var transform = (RedactRegexMatches)Loads.Rules(Redactions + string.Concat(Enumerable.Repeat("    - ab+\n", 5000))).Endpoints.Single().Transforms.Single();

        Assert.That(transform.Redactions.Distinct().Count(), Is.EqualTo(1));
    }

    // Each error's suggestion is compared with every definition's name.
    [Test]
    public void Thousands_of_errors_do_not_take_minutes()
    {
        var yaml = new StringBuilder("definitions: {").AppendJoin(',', Enumerable.Range(0, 50).Select(at => new string('y', 46) + at + ": {}"));
        yaml.Append("}\nendpoints:\n- pathTemplate: /a\n  responseSchema:\n    anyOf:\n");
        for (var at = 0; at < 12_000; at++) yaml.Append("    - {$ref: '#/definitions/").Append('x', 50).Append("'}\n");

        Assert.That(Loads.Errors(yaml.ToString()), Has.Length.EqualTo(201));
    }

    [Test]
    public void Too_many_definitions_are_refused() => Assert.That(
        Loads.Errors("endpoints: []\ndefinitions:\n" + string.Concat(Enumerable.Range(0, 1001).Select(at => $"  D{at}: {{}}\n"))),
        Is.EqualTo(new[] { "rules.yaml:3:3: 1001 definitions; 1000 at most" }));

    [Test]
    public void Definitions_that_multiply_are_given_up()
    {
        // Each endpoint's own '#' makes the thousand definitions anew.
        var yaml = new StringBuilder("endpoints:\n");
        for (var at = 0; at < 200; at++) yaml.Append("- pathTemplate: /a").Append(at).Append("\n  responseSchema: {$ref: '#/definitions/D0'}\n");
        yaml.Append("definitions:\n");
        for (var at = 0; at < 1000; at++) yaml.Append("  D").Append(at).Append(": {properties: {n: {$ref: '#/definitions/D").Append((at + 1) % 1000).Append("'}, r: {$ref: '#'}}}\n");

        Assert.That(Loads.Errors(yaml.ToString()), Has.Some.EndsWith("the response schemas of all endpoints have more than 100000 parts"));
    }

    [Test]
    public void A_long_chain_of_definitions_loads_and_compiles()
    {
        var yaml = new StringBuilder("endpoints:\n- pathTemplate: /a\n  responseSchema: {$ref: '#/definitions/D0'}\ndefinitions:\n");
        for (var at = 0; at < 1000; at++)
            yaml.Append("  D").Append(at).Append(": {properties: {a: {properties: {b: {properties: {n: {$ref: '#/definitions/D").Append((at + 1) % 1000).Append("'}}}}}}}\n");
        var endpoint = Loads.Rules(yaml.ToString()).Endpoints.Single();

        Assert.That(SanitizerPlan.Compile(endpoint), Is.Not.Null);
    }

    [TestCase("- ")]
    [TestCase("? ")]
    [TestCase("a: ")]
    [TestCase("'")]
    [TestCase("''")]
    [TestCase("\"\\u0041")]
    [TestCase("!")]
    [TestCase("!<a> ")]
    [TestCase("&a ")]
    [TestCase("*a ")]
    [TestCase("%YAML 1.2\n")]
    [TestCase("---\n")]
    [TestCase("# c\n")]
    [TestCase("|\n ")]
    [TestCase(" ")]
    [TestCase("\n")]
    [TestCase("\t")]
    [TestCase("a\n")]
    [TestCase("a:\n")]
    [TestCase("[a,")]
    [TestCase("{a: [")]
    [TestCase("\u2028")]
    public void A_megabyte_of_one_thing_is_refused(string piece)
    {
        var yaml = string.Concat(Enumerable.Repeat(piece, (1 << 20) / Encoding.UTF8.GetByteCount(piece)));

        Assert.That(Loads.Errors(yaml), Is.Not.Empty);
        Assert.That(Loads.Errors("endpoints: " + yaml[..(yaml.Length / 2)]), Is.Not.Empty);
    }

    [Test]
    public void Bytes_that_are_not_UTF8_are_refused() => Assert.That(
        RulesLoader.Load(new byte[] { (byte)'a', 0xC0, 0xAF }, "x.yaml").Errors.Select(error => error.ToString()),
        Is.EqualTo(new[] { "x.yaml:1:1: the file is not UTF-8" }));

    [Test]
    public void Never_throws_on_random_bytes()
    {
        var random = new Random(11);
        for (var run = 0; run < 20_000; run++)
        {
            var bytes = new byte[random.Next(0, 64)];
            random.NextBytes(bytes);
            if (run % 2 == 0)
                for (var at = 0; at < bytes.Length; at++) bytes[at] = (byte)" \n-:[]{}'\"!<>&*?|#%@`,abe$./\\u0"[bytes[at] % 31];
            Check(bytes);
        }
    }

    [Test]
    public void Never_throws_on_a_good_file_gone_bad()
    {
        var good = Encoding.UTF8.GetBytes("""
            endpoints:
            - pathTemplate: /v1.0/users/{id}
              allowedQueryParams: [$top]
              pathParameterSchemas: {id: {anyOf: [{pattern: "[a-z]\ud800+"}, {format: pseudonym}]}}
              responseSchema: {anyOf: [{if: {properties: {a: {const: "\udc00"}}}, then: {$ref: '#/definitions/A'}}]}
              augments: [!<textDigest> {jsonPaths: ["$..a[?(@.b == '\ud800')]"]}]
              transforms:
              - !<pseudonymizeRegexMatches>
                jsonPaths: ["$..['x','y'][*]"]
                regex: '(?i)^smtp:(.*)$'
            definitions:
              A: {type: object, properties: {m: {$ref: '#/definitions/A'}}}
            """);
        Check(good);
        var random = new Random(12);
        for (var run = 0; run < 20_000; run++)
        {
            var bytes = good.ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(bytes.Count);
                var length = Math.Min(random.Next(1, 12), bytes.Count - at);
                switch (random.Next(4))
                {
                    case 0: bytes.RemoveRange(at, length); break;
                    case 1: bytes[at] = (byte)random.Next(256); break;
                    case 2: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
                    default: bytes[at] = (byte)"[]{}():$#'\"\\!?*"[random.Next(15)]; break;
                }
            }

            Check([.. bytes]);
        }
    }

    private static void Check(byte[] bytes)
    {
        var load = RulesLoader.Load(bytes, "x.yaml");
        Assert.That(load.Rules is null, Is.EqualTo(!load.Errors.IsEmpty));
        Assert.That(load.Errors.All(error => error is { Line: > 0, Column: > 0, Message.Length: > 0 }), Is.True);
    }
}
