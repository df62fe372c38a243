using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Rules;

public sealed class RulesLoaderTests
{
    [Test]
    public void Absent_keys_have_the_strict_defaults()
    {
        var endpoint = Loads.Endpoint("allowedRequestHeaders: []");

        Assert.Multiple(() =>
        {
            Assert.That(endpoint.Name, Is.EqualTo("/a"));
            Assert.That(endpoint.Line, Is.EqualTo(2));
            Assert.That(endpoint.Methods, Is.EqualTo(new[] { "GET", "HEAD" }));
            Assert.That(endpoint.QueryParameters, Is.Null);
            Assert.That(endpoint.PathParameterSchemas, Is.Empty);
            Assert.That(endpoint.QueryParameterSchemas, Is.Empty);
            Assert.That(endpoint.RequestHeaders, Is.Empty);
            Assert.That(endpoint.Augments, Is.Empty);
            Assert.That(endpoint.ResponseSchema, Is.Null);
            Assert.That(endpoint.Transforms, Is.Empty);
        });
    }

    [Test]
    public void Methods_are_upper_case_and_parameter_names_lower_case()
    {
        var endpoint = Loads.Endpoint("allowedMethods: [get, Post]\nallowedQueryParams: [$Top, $SELECT]\nqueryParamSchemas: {$Top: {type: integer, required: true}}");

        Assert.That(endpoint.Methods, Is.EqualTo(new[] { "GET", "POST" }));
        Assert.That(endpoint.QueryParameters, Is.EquivalentTo(new[] { "$top", "$select" }));
        Assert.That(endpoint.QueryParameterSchemas["$top"], Is.EqualTo(new ParameterSchema { Type = ParameterType.Integer, Required = true }));
    }

    [Test]
    public void An_empty_list_of_query_parameters_allows_none() => Assert.That(Loads.Endpoint("allowedQueryParams: []").QueryParameters, Is.Empty.And.Not.Null);

    [Test]
    public void Headers_of_the_file_and_of_the_endpoint_in_both_spellings_are_joined()
    {
        const string yaml = """
            allowedRequestHeaders: [Prefer]
            endpoints:
            - pathTemplate: /a
              allowedRequestHeaders: [ConsistencyLevel, prefer]
              allowedRequestHeadersToForward: [X-Extra]
            """;

        Assert.That(Loads.Rules(yaml).Endpoints[0].RequestHeaders, Is.EqualTo(new[] { "Prefer", "ConsistencyLevel", "X-Extra" }));
    }

    [TestCase("anyOf")]
    [TestCase("or")]
    public void Parameter_schemas_have_all_their_keys(string anyOf)
    {
        var schema = Loads.Endpoint($"queryParamSchemas:\n  q: {{type: string, enum: [a, b], {anyOf}: [{{format: pseudonym}}, {{format: reversible-pseudonym}}, {{pattern: 'x+'}}, {{type: number}}]}}")
            .QueryParameterSchemas["q"];

        Assert.That(schema.Type, Is.EqualTo(ParameterType.String));
        Assert.That(schema.Values, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(schema.AnyOf.Select(s => (s.ReversiblePseudonym, s.Type)), Is.EqualTo(new (bool, ParameterType?)[] { (true, null), (true, null), (false, null), (false, ParameterType.Number) }));
        Assert.That(schema.AnyOf[2].Pattern!.IsMatch("xx"), Is.True);
        Assert.That(schema.AnyOf[2].Pattern!.IsMatch("xxy"), Is.False, "a pattern is about the whole value");
    }

    [TestCase("- !<pseudonymize>\n  jsonPaths: [$.a]\n  encoding: JSON\n  includeOriginal: true")]
    [TestCase("- method: pseudonymize\n  jsonPaths: [$.a]\n  encoding: \"JSON\"\n  includeOriginal: True")]
    [TestCase("- !pseudonymize\n  jsonPaths: [$.a]\n  encoding: JSON\n  includeOriginal: true")]
    [TestCase("- !<pseudonymize>\n  method: pseudonymize\n  jsonPaths: ['$.a']\n  encoding: JSON\n  includeOriginal: true\n  includeReversible: false\n  applyOnlyWhen: ''")]
    public void Tagged_and_untagged_transforms_read_the_same(string transform)
    {
        var pseudonymize = (Pseudonymize)Loads.Endpoint("transforms:\n" + transform).Transforms.Single();

        Assert.That(pseudonymize.JsonPaths.Single().Text, Is.EqualTo("$.a"));
        Assert.That((pseudonymize.Encoding, pseudonymize.IncludeOriginal, pseudonymize.IncludeReversible), Is.EqualTo((PseudonymEncoding.Json, true, false)));
        Assert.That(pseudonymize.ApplyOnlyWhen, Is.Null);
    }

    [Test]
    public void Every_transform_is_read_with_all_its_options_in_file_order()
    {
        const string yaml = """
            transforms:
            - !<redact> {jsonPaths: [$..a, "$['b','c']"], applyOnlyWhen: "$[?(@.x == 'y')]"}
            - !<pseudonymize> {jsonPaths: [$.a], includeReversible: true, encoding: URL_SAFE_TOKEN}
            - !<pseudonymizeRegexMatches> {jsonPaths: [$.a], regex: '(?i)^smtp:(.*)$', includeReversible: true}
            - !<pseudonymizeEmailHeader> {jsonPaths: [$.a], encoding: URL_SAFE_HASH_ONLY}
            - !<tokenize> {jsonPaths: [$.a], regex: '^x(.*)$'}
            - !<tokenize> {jsonPaths: [$.a]}
            - !<redactRegexMatches> {jsonPaths: [$.a], redactions: ['(?i)pwd=[^&]*', b]}
            - !<redactExceptSubstringsMatchingRegexes> {jsonPaths: [$.a], exceptions: [c]}
            - !<redactExceptPhrases> {jsonPaths: [$.a], allowedPhrases: ['1:1', OOO]}
            - !<filterTokenByRegex> {jsonPaths: [$.a], delimiter: ',', filters: ['a.*']}
            - !<filterTokenByRegex> {jsonPaths: [$.a], filters: ['a.*']}
            - !<textDigest> {jsonPaths: [$.a], isJsonEscaped: true, jsonPathToProcessWhenEscaped: $..text, keywords: [k]}
            - !<hashIp> {jsonPaths: [$.a]}
            - !<encryptIp> {jsonPaths: [$.a]}
            - !<sealPagingLink> {jsonPaths: [$.a]}
            """;

        var all = Loads.Endpoint(yaml).Transforms;

        Assert.That(all.Select(transform => transform.GetType().Name), Is.EqualTo(new[]
        {
            nameof(Redact), nameof(Pseudonymize), nameof(PseudonymizeRegexMatches), nameof(PseudonymizeEmailHeader), nameof(Tokenize), nameof(Tokenize),
            nameof(RedactRegexMatches), nameof(RedactExceptSubstringsMatchingRegexes), nameof(RedactExceptPhrases), nameof(FilterTokenByRegex), nameof(FilterTokenByRegex),
            nameof(DigestText), nameof(TokenizeIp), nameof(TokenizeIp), nameof(SealPagingLink),
        }));
        Assert.Multiple(() =>
        {
            Assert.That(all[0].JsonPaths.Select(path => path.Text), Is.EqualTo(new[] { "$..a", "$['b','c']" }));
            Assert.That(all[0].ApplyOnlyWhen!.Steps.Single(), Is.InstanceOf<FilterStep>());
            Assert.That(((Pseudonymize)all[1]).IncludeReversible, Is.True);
            Assert.That(((PseudonymizeRegexMatches)all[2]).IncludeReversible, Is.True);
            Assert.That(((PseudonymizeRegexMatches)all[2]).Regex.Match("SMTP:x@y").Groups[1].Value, Is.EqualTo("x@y"));
            Assert.That(((PseudonymizeEmailHeader)all[3]).Encoding, Is.EqualTo(PseudonymEncoding.UrlSafeHashOnly));
            Assert.That(((Tokenize)all[4]).Regex!.IsMatch("xyz"), Is.True);
            Assert.That(((Tokenize)all[5]).Regex, Is.Null);
            Assert.That(((RedactRegexMatches)all[6]).Redactions, Has.Length.EqualTo(2));
            Assert.That(((RedactExceptSubstringsMatchingRegexes)all[7]).Exceptions.Single().IsMatch("abc"), Is.True, "an exception is about a part");
            Assert.That(((RedactExceptPhrases)all[8]).AllowedPhrases, Is.EqualTo(new[] { "1:1", "OOO" }));
            Assert.That(((FilterTokenByRegex)all[9]).Delimiter.Split("a,b"), Is.EqualTo(new[] { "a", "b" }));
            Assert.That(((FilterTokenByRegex)all[10]).Delimiter.Split("a \t b"), Is.EqualTo(new[] { "a", "b" }));
            Assert.That(((FilterTokenByRegex)all[10]).Filters.Single().IsMatch("xa"), Is.False, "a filter is about the whole token");
            Assert.That(((DigestText)all[11]).IsJsonEscaped, Is.True);
            Assert.That(((DigestText)all[11]).EscapedPath!.Text, Is.EqualTo("$..text"));
            Assert.That(((DigestText)all[11]).Digest.Keywords, Is.EqualTo(new[] { "k" }));
            Assert.That(((TokenizeIp)all[12]).Reversible, Is.False);
            Assert.That(((TokenizeIp)all[13]).Reversible, Is.True);
        });
    }

    [TestCase("- !<textDigest> {jsonPaths: [$.a], innerJsonPath: $..text, keywords: [x, y]}")]
    [TestCase("- {method: textDigest, jsonPaths: [$.a], innerJsonPath: $..text, keywords: [x, y]}")]
    public void Augments_are_read_in_both_spellings(string augment)
    {
        var read = Loads.Endpoint("augments:\n" + augment).Augments.Single();

        Assert.That((read.JsonPaths.Single().Text, read.InnerPath!.Text), Is.EqualTo(("$.a", "$..text")));
        Assert.That(read.Digest.Keywords, Is.EqualTo(new[] { "x", "y" }));
    }

    [Test]
    public void An_augment_may_have_an_allow_list_for_the_JSON_in_a_text()
    {
        var read = Loads.Endpoint("augments:\n- !<textDigest> {jsonPaths: [$.a], innerJsonPath: $..text, innerSchema: {type: object, properties: {text: {type: string}}}}").Augments.Single();

        Assert.That(read.InnerSchema!.Properties.Keys, Is.EqualTo(new[] { "text" }));
    }

    [Test]
    public void A_path_regex_is_about_the_whole_of_path_and_query_and_ignores_case()
    {
        const string yaml = """
            ---
            endpoints:
            - pathRegex: "^/v1.0/calls(/(?<id>[({]?[a-fA-F0-9]{8}[-]?([a-fA-F0-9]{4}[-]?){3}[a-fA-F0-9]{12}[})]?))?(?<query>[a-zA-z0-9\\\
                s\\$\\=\\?\\(\\)]*)"
            """;
        var path = (PathRegex)Loads.Rules(yaml).Endpoints.Single().Path;

        Assert.That(path.Regex.IsMatch("/V1.0/CALLS?$top=1"), Is.True);
        Assert.That(path.Regex.IsMatch("/v1.0/calls/{12345678-1234-1234-1234-123456789abc}"), Is.True);
        Assert.That(path.Regex.IsMatch("/v1.0/calls?$top=1&x"), Is.False);
        Assert.That(path.Text, Does.Contain(@"[a-zA-z0-9\s\$"));
    }

    [Test]
    public void The_text_and_its_hash_are_kept()
    {
        const string yaml = "endpoints: [] # ä\n";
        var rules = Loads.Rules(yaml);

        Assert.That(rules.Text, Is.EqualTo(yaml));
        Assert.That(rules.Sha1, Is.EqualTo("8ebfa38190404ebbb2a5b292a4bec3d5bcbcd70f"));
    }

    [TestCase("\uFEFFendpoints: []")]
    [TestCase("%YAML 1.2\n---\nendpoints: []\n...\n")]
    [TestCase("{\"endpoints\": []}")]
    [TestCase("endpoints: []\r\nallowAllEndpoints: false\r\n")]
    [TestCase("endpoints: !!seq []")]
    public void Other_ways_to_write_the_same_file_are_read(string yaml) => Assert.That(Loads.Rules(yaml).Endpoints, Is.Empty);

    [Test]
    public void A_file_is_accepted_whole_or_not_at_all()
    {
        var load = Loads.Load("endpoints:\n- pathTemplate: /good\n- pathTemplate: bad\n");

        Assert.That(load.Rules, Is.Null);
        Assert.That(load.Errors.Single().ToString(), Is.EqualTo("rules.yaml:3:17: bad: 'pathTemplate' 'bad': a path template begins with '/'"));
    }
}
