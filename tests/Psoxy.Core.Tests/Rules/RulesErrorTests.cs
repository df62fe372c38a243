namespace Psoxy.Core.Tests.Rules;

/// <summary>Each row: what stands below <c>- pathTemplate: /a</c> on line 3, and the whole text of the error.</summary>
public sealed class RulesErrorTests
{
    [TestCase("alowedMethods: [GET]", "rules.yaml:3:3: /a: unknown key 'alowedMethods' in an endpoint; did you mean 'allowedMethods'?")]
    [TestCase("zzz: 1", "rules.yaml:3:3: /a: unknown key 'zzz' in an endpoint; expected one of pathTemplate, pathRegex, allowedMethods, allowedQueryParams, pathParameterSchemas, queryParamSchemas, allowedRequestHeaders, allowedRequestHeadersToForward, responseSchema, augments, transforms, when")]
    [TestCase("transforms:\n- !<redcat>\n  jsonPaths: [$.a]", "rules.yaml:4:5: /a: unknown transform 'redcat'; did you mean 'redact'?")]
    [TestCase("transforms:\n- !<explode>\n  jsonPaths: [$.a]", "rules.yaml:4:5: /a: unknown transform 'explode'; expected one of encryptIp, filterTokenByRegex, hashIp, pseudonymize, pseudonymizeEmailHeader, pseudonymizeRegexMatches, redact, redactExceptPhrases, redactExceptSubstringsMatchingRegexes, redactRegexMatches, sealPagingLink, textDigest, tokenize, treatment")]
    [TestCase("transforms:\n- method: redcat\n  jsonPaths: [$.a]", "rules.yaml:4:5: /a: unknown transform 'redcat'; did you mean 'redact'?")]
    [TestCase("transforms:\n- jsonPaths: [$.a]", "rules.yaml:4:5: /a: a transform without a name; expected a tag such as '!<redact>' or 'method: redact'")]
    [TestCase("transforms:\n- !<redact>\n  method: tokenize\n  jsonPaths: [$.a]", "rules.yaml:5:13: /a: 'method: tokenize' contradicts the tag '!<redact>'")]
    [TestCase("transforms:\n- redact", "rules.yaml:4:5: /a: expected a transform such as '- !<redact>' with 'jsonPaths', found 'redact'")]
    [TestCase("transforms:\n- !<redact>\n  jsonPath: [$.a]", "rules.yaml:4:5: /a: the transform 'redact' needs 'jsonPaths'\nrules.yaml:5:5: /a: unknown key 'jsonPath' in the transform 'redact'; did you mean 'jsonPaths'?")]
    [TestCase("transforms:\n- !<redact>\n  jsonPaths: []", "rules.yaml:5:16: /a: 'jsonPaths' is empty; expected at least one JSON path")]
    [TestCase("transforms:\n- !<redact>\n  jsonPaths: $.a", "rules.yaml:5:16: /a: expected 'jsonPaths' to be a list, found '$.a'")]
    [TestCase("transforms:\n- !<redact>\n  jsonPaths: [a.b]", "rules.yaml:5:17: /a: an item of 'jsonPaths' 'a.b' is not a JSON path that rules may use: expected '$' at the beginning, found 'a' at character 1")]
    [TestCase("transforms:\n- !<redact>\n  jsonPaths: ['$.a[1:2]']", "rules.yaml:5:17: /a: an item of 'jsonPaths' '$.a[1:2]' is not a JSON path that rules may use: expected ']' (slices, unions of indices and expressions are not in the subset), found ':' at character 6")]
    [TestCase("transforms:\n- !<redact>\n  jsonPaths: [$.a]\n  applyOnlyWhen: $.b[", "rules.yaml:6:20: /a: 'applyOnlyWhen' '$.b[' is not a JSON path that rules may use: expected a quoted name, an index, '*' or '?(', found the end at character 5")]
    [TestCase("transforms:\n- !<redact>\n  jsonPaths: [$.a]\n  regex: a", "rules.yaml:6:5: /a: unknown key 'regex' in the transform 'redact'; expected one of jsonPaths, applyOnlyWhen, method, when")]
    [TestCase("transforms:\n- !<pseudonymize>\n  jsonPaths: [$.a]\n  encoding: URL_SAFE", "rules.yaml:6:15: /a: expected 'encoding' to be one of JSON, URL_SAFE_TOKEN, URL_SAFE_HASH_ONLY, found 'URL_SAFE'")]
    [TestCase("transforms:\n- !<pseudonymize>\n  jsonPaths: [$.a]\n  includeOriginal: yes", "rules.yaml:6:22: /a: expected 'includeOriginal' to be true or false, found 'yes'")]
    [TestCase("transforms:\n- !<pseudonymize>\n  jsonPaths: [$.a]\n  includeOriginal: true", "rules.yaml:6:22: /a: 'includeOriginal' needs 'encoding: JSON': no other encoding has a place for it")]
    [TestCase("transforms:\n- !<pseudonymizeRegexMatches>\n  jsonPaths: [$.a]", "rules.yaml:4:5: /a: the transform 'pseudonymizeRegexMatches' needs 'regex'")]
    [TestCase("transforms:\n- !<pseudonymizeRegexMatches>\n  jsonPaths: [$.a]\n  regex: '(a'", "rules.yaml:6:12: /a: expected 'regex' to be a regex: a '(' is not closed (at character 3 of the regex)")]
    [TestCase("transforms:\n- !<redactRegexMatches>\n  jsonPaths: [$.a]\n  redactions: []", "rules.yaml:6:17: /a: 'redactions' is empty; expected at least one regex")]
    [TestCase("transforms:\n- !<filterTokenByRegex>\n  jsonPaths: [$.a]\n  filters: ['[a&&b]']", "rules.yaml:6:15: /a: expected an item of 'filters' to be a regex: '&&' inside […] is an intersection in Java; .NET has none (at character 3 of the regex)")]
    [TestCase("transforms: !<redact>\n- !<redact>\n  jsonPaths: [$.a]", "rules.yaml:3:15: /a: unexpected tag '!<redact>' on 'transforms'; only items of 'transforms' and 'augments' have one")]
    [TestCase("transforms:", "rules.yaml:3:14: /a: expected 'transforms' to be a list, found nothing")]
    [TestCase("allowedMethods: []", "rules.yaml:3:19: /a: 'allowedMethods' is empty; expected at least one item")]
    [TestCase("allowedMethods: [FETCH]", "rules.yaml:3:19: /a: unknown method 'FETCH' in 'allowedMethods'; expected some of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")]
    [TestCase("allowedMethods: [GET]\nallowedMethods: [HEAD]", "rules.yaml:4:3: /a: the key 'allowedMethods' stands in an endpoint twice")]
    [TestCase("allowedRequestHeaders: [Authorization]", "rules.yaml:3:26: /a: 'Authorization' in 'allowedRequestHeaders' is refused: the proxy sets it itself")]
    [TestCase("allowedRequestHeaders: [x-serverless-authorization]", "rules.yaml:3:26: /a: 'x-serverless-authorization' in 'allowedRequestHeaders' is refused: the proxy sets it itself")]
    [TestCase("allowedRequestHeadersToForward: ['a b']", "rules.yaml:3:35: /a: 'a b' in 'allowedRequestHeadersToForward' is not the name of a header")]
    [TestCase("allowedQueryParams: $top", "rules.yaml:3:23: /a: expected 'allowedQueryParams' to be a list, found '$top'")]
    [TestCase("pathRegex: /a", "rules.yaml:2:3: /a: an endpoint needs exactly one of 'pathTemplate' and 'pathRegex', found both")]
    [TestCase("pathParameterSchemas:\n  id: {type: string}", "rules.yaml:4:5: /a: 'pathParameterSchemas' names 'id', which the path template does not have")]
    [TestCase("queryParamSchemas:\n  $top: {type: integer}\n  $TOP: {type: integer}", "rules.yaml:5:5: /a: '$TOP' stands in 'queryParamSchemas' twice; names of query parameters do not differ by case")]
    [TestCase("queryParamSchemas:\n  $top: {type: int}", "rules.yaml:4:18: /a: expected 'type' to be one of string, integer, number, found 'int'")]
    [TestCase("queryParamSchemas:\n  $top: {format: email}", "rules.yaml:4:20: /a: expected 'format' to be one of reversible-pseudonym, pseudonym, found 'email'")]
    [TestCase("queryParamSchemas:\n  $top: {pattern: '['}", "rules.yaml:4:21: /a: expected 'pattern' to be a regex: a '[' is not closed (at character 2 of the regex)")]
    [TestCase("queryParamSchemas:\n  $top: {anyOf: []}", "rules.yaml:4:19: /a: 'anyOf' is empty; expected at least one schema")]
    [TestCase("queryParamSchemas:\n  $top: {anyOf: [{type: string, when: noGroups}]}", "rules.yaml:4:19: /a: every alternative of 'anyOf' is left out of this variant")]
    [TestCase("queryParamSchemas:\n  $top: {minimum: 1}", "rules.yaml:4:12: /a: unknown key 'minimum' in the schema of '$top'; expected one of type, format, pattern, enum, anyOf, or, required, when")]
    [TestCase("when: noGroup", "rules.yaml:3:9: /a: unknown flag 'noGroup' in 'when'; expected one of noGroups, noOriginals, pseudonymizeAppIds, or one with '!' before it")]
    [TestCase("when: '!!noGroups'", "rules.yaml:3:9: /a: unknown flag '!!noGroups' in 'when'; expected one of noGroups, noOriginals, pseudonymizeAppIds, or one with '!' before it")]
    [TestCase("augments:\n- !<digest>\n  jsonPaths: [$.a]", "rules.yaml:4:5: /a: unknown augment 'digest'; expected the tag '!<textDigest>'")]
    [TestCase("augments:\n- !<textDigest>\n  keywords: [a]", "rules.yaml:4:5: /a: the augment 'textDigest' needs 'jsonPaths'")]
    [TestCase("augments:\n- !<textDigest>\n  jsonPaths: [$.a]\n  innerSchema: {type: object}", "rules.yaml:6:18: /a: 'innerSchema' without an 'innerJsonPath' would not be looked at")]
    [TestCase("augments:\n- !<textDigest>\n  jsonPaths: [$.a]\n  innerJsonPath: $..text\n  innerSchema: {$ref: '#/definitions/A'}", "rules.yaml:7:25: /a: '$ref: #/definitions/A' leads nowhere; expected '#' or '#/definitions/NAME' with a NAME that is defined")]
    [TestCase("responseSchema: {type: text}", "rules.yaml:3:26: /a: expected 'type' to be one of object, array, string, integer, number, boolean, found 'text'")]
    [TestCase("responseSchema: {type: object, propertys: {}}", "rules.yaml:3:34: /a: unknown key 'propertys' in a schema; did you mean 'properties'?")]
    [TestCase("responseSchema: {$ref: '#/definitions/A'}", "rules.yaml:3:26: /a: '$ref: #/definitions/A' leads nowhere; expected '#' or '#/definitions/NAME' with a NAME that is defined")]
    [TestCase("responseSchema: {definitions: {User: {type: string}}, type: object, properties: {a: {$ref: '#/definitions/Usr'}}}", "rules.yaml:3:94: /a: '$ref: #/definitions/Usr' leads nowhere; did you mean '#/definitions/User'?")]
    [TestCase("responseSchema: {$ref: '#'}", "rules.yaml:3:26: /a: this '$ref' leads back to itself")]
    [TestCase("responseSchema: {definitions: {A: {$ref: '#/definitions/B'}, B: {$ref: '#/definitions/A'}}}", "rules.yaml:3:44: /a: this '$ref' leads back to itself\nrules.yaml:3:74: /a: this '$ref' leads back to itself")]
    [TestCase("responseSchema: {properties: {a: {$ref: '#', properties: {}}}}", "rules.yaml:3:60: /a: 'properties' beside '$ref' would not be looked at")]
    [TestCase("responseSchema: {anyOf: []}", "rules.yaml:3:27: /a: 'anyOf' is empty; expected at least one schema")]
    [TestCase("responseSchema: {anyOf: [{type: string}], properties: {}}", "rules.yaml:3:57: /a: 'properties' beside 'anyOf' would not be looked at")]
    [TestCase("responseSchema: {if: {properties: {a: {const: 1}}}}", "rules.yaml:3:19: /a: an 'if' needs a 'then'")]
    [TestCase("responseSchema: {if: {properties: {}}, then: {type: string}}", "rules.yaml:3:24: /a: an 'if' without a condition would always hold")]
    [TestCase("responseSchema: {if: {properties: {a: {const: [1]}}}, then: {type: string}}", "rules.yaml:3:24: /a: an 'if' without a condition would always hold\nrules.yaml:3:41: /a: the condition on 'a' needs a 'const' that is a text, a number, true, false or null")]
    [TestCase("responseSchema: {then: {type: string}}", "rules.yaml:3:26: /a: 'then' without an 'if'")]
    [TestCase("responseSchema: {items: {const: 1}}", "rules.yaml:3:35: /a: 'const' is only read on a property")]
    [TestCase("responseSchema: {items: {type: string, when: noGroups}}", "rules.yaml:3:48: /a: 'when' in a schema is only read on a property")]
    [TestCase("responseSchema: [a]", "rules.yaml:3:19: /a: expected a schema to be a map, found a list")]
    [TestCase("responseSchema: {properties: {a: {definitions: {}}}}", "rules.yaml:3:50: /a: 'definitions' stand at the root of a response schema or of the file")]
    public void Names_place_and_remedy(string rest, string expected) => Assert.That(string.Join('\n', Loads.EndpointErrors(rest)), Is.EqualTo(expected));

    [TestCase("allowAllEndpoints: true\nendpoints: []", "rules.yaml:1:20: 'allowAllEndpoints: true' is refused: list the endpoints that may be used")]
    [TestCase("definitions: {}", "rules.yaml:1:1: a rules file needs 'endpoints'")]
    [TestCase("- a", "rules.yaml:1:1: expected a rules file to be a map, found a list")]
    [TestCase("endpoints: {}", "rules.yaml:1:12: expected 'endpoints' to be a list, found a map")]
    [TestCase("endpoints:\n- 5", "rules.yaml:2:3: expected an endpoint to be a map, found '5'\nrules.yaml:2:3: an endpoint needs exactly one of 'pathTemplate' and 'pathRegex', found neither")]
    [TestCase("endpoints:\n- allowedMethods: [GET]", "rules.yaml:2:3: an endpoint needs exactly one of 'pathTemplate' and 'pathRegex', found neither")]
    [TestCase("endpoints:\n- pathRegex: '/a('", "rules.yaml:2:14: /a(: expected 'pathRegex' to be a regex: a '(' is not closed (at character 4 of the regex)")]
    [TestCase("endpoints:\n- pathRegex: /a\n  pathParameterSchemas: {id: {type: string}}", "rules.yaml:3:25: /a: 'pathParameterSchemas' need a 'pathTemplate': a regex has no named parameters, so they would never be looked at")]
    [TestCase("endpoints: []\nendpoint: []", "rules.yaml:2:1: unknown key 'endpoint' in a rules file; did you mean 'endpoints'?")]
    [TestCase("allowedRequestHeaders: [Host]\nendpoints: []", "rules.yaml:1:24: 'Host' in 'allowedRequestHeaders' is refused: the proxy sets it itself")]
    [TestCase("definitions: {Unused: {typ: string}}\nendpoints: []", "rules.yaml:1:24: unknown key 'typ' in a schema; did you mean 'type'?")]
    [TestCase("!<rules> {endpoints: []}", "rules.yaml:1:1: unexpected tag '!<rules>' on a rules file; only items of 'transforms' and 'augments' have one")]
    [TestCase("endpoints: !!python/object:os.system []", "rules.yaml:1:12: unexpected tag '!<tag:yaml.org,2002:python/object:os.system>'; of YAML's own only !!map, !!seq and !!str, each on what it names")]
    [TestCase("endpoints: !!map []", "rules.yaml:1:12: unexpected tag '!<tag:yaml.org,2002:map>'; of YAML's own only !!map, !!seq and !!str, each on what it names")]
    [TestCase("endpoints: []\nallowedRequestHeaders: [!!binary aGk=]", "rules.yaml:2:25: unexpected tag '!<tag:yaml.org,2002:binary>'; of YAML's own only !!map, !!seq and !!str, each on what it names")]
    [TestCase("!x endpoints: []", "rules.yaml:1:1: unexpected tag '!<!x>' on a key")]
    [TestCase("endpoints: [{pathTemplate: /a, responseSchema: {properties: {<<: {type: string}}}}]", "rules.yaml:1:62: merge keys ('<<') are not read: write the members out")]
    [TestCase("endpoints: [{pathTemplate: /a, when: !x [noGroups]}]", "rules.yaml:1:38: /a: unexpected tag '!<!x>' on 'when'; only items of 'transforms' and 'augments' have one")]
    [TestCase("endpoints: [{pathTemplate: /a, responseSchema: {properties: {a: {const: !x 1}}}}]", "rules.yaml:1:73: /a: unexpected tag '!<!x>' on 'const'; only items of 'transforms' and 'augments' have one")]
    [TestCase("allowedRequestHeaders: [X-HTTP-Method-Override]\nendpoints: []", "rules.yaml:1:24: 'X-HTTP-Method-Override' in 'allowedRequestHeaders' is refused: the source might take it for the method, which the rules have judged")]
    [TestCase("endpoints: [{pathTemplate: /a, responseSchema: {properties: {a: {$ref: '#/definitions/<<'}}}}]\ndefinitions: {'<<': {type: string}, 1: {type: string}, true: {type: string}, '1': {type: string}}", "rules.yaml:2:78: the key '1' stands in 'definitions' twice")]
    [TestCase("endpoints: &a []", "rules.yaml:1:12: anchors and aliases are not allowed in a rules file: write the value out")]
    [TestCase("endpoints: *a", "rules.yaml:1:12: anchors and aliases are not allowed in a rules file: write the value out")]
    [TestCase("? [a]\n: b", "rules.yaml:1:3: a key that is not plain text")]
    [TestCase("&a endpoints: []", "rules.yaml:1:1: a key that is not plain text")]
    [TestCase("endpoints: []\n---\nendpoints: []", "rules.yaml:2:1: a second document; expected one")]
    [TestCase("", "rules.yaml:1:1: the file is empty; expected a map with 'endpoints'")]
    [TestCase("# nothing", "rules.yaml:1:1: the file is empty; expected a map with 'endpoints'")]
    public void Names_what_is_wrong_with_the_file(string yaml, string expected) => Assert.That(string.Join('\n', Loads.Errors(yaml)), Is.EqualTo(expected));

    // The rest of these messages is the YAML parser's own.
    [TestCase("endpoints: [", "rules.yaml:2:1: not YAML: While parsing a node")]
    [TestCase("endpoints: []\n bad", "rules.yaml:2:2: not YAML: While parsing a block mapping")]
    [TestCase("endpoints: \"a", "rules.yaml:1:12: not YAML: While scanning a quoted scalar")]
    public void Names_where_it_stops_being_YAML(string yaml, string expected) => Assert.That(Loads.Errors(yaml), Has.Exactly(1).StartsWith(expected));

    [TestCase("endpoints: [", true)]
    [TestCase("endpoints: &a []", true)]
    [TestCase("", true)]
    [TestCase("endpoints: {}", false)]
    [TestCase("nonsense: 1", false)]
    public void Tells_what_is_not_even_YAML_from_what_is_no_rules_file(string yaml, bool isYaml) =>
        Assert.That(Loads.Load(yaml).Errors.Select(error => error.IsYaml), Is.All.EqualTo(isYaml));

    [Test]
    public void Tells_all_errors_at_once_in_the_order_of_the_file()
    {
        const string yaml = """
            allowAllEndpoints: true
            endpoints:
            - pathTemplate: /v1.0/users/{userId
              allowedMethods: [GET, LOOK]
              transforms:
              - !<pseudonymise>
                jsonPaths: [$.a]
              - !<tokenize>
                jsonPaths: [$.a, b]
                regex: '(x'
            - pathRegex: '^/v1\.0/[a-z&&[aeiou]]$'
              pathTemplate: /x
            - pathTemplate: /v1.0/groups//members
            definitions:
              A: {$ref: '#/definitions/B'}
            """;

        Assert.That(Loads.Errors(yaml), Is.EqualTo(new[]
        {
            "rules.yaml:1:20: 'allowAllEndpoints: true' is refused: list the endpoints that may be used",
            "rules.yaml:3:17: /v1.0/users/{userId: 'pathTemplate' '/v1.0/users/{userId': expected '{name}' or '{name?}', the name of letters, digits, '_' or '-'",
            "rules.yaml:4:19: /v1.0/users/{userId: unknown method 'LOOK' in 'allowedMethods'; expected some of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
            "rules.yaml:6:5: /v1.0/users/{userId: unknown transform 'pseudonymise'; did you mean 'pseudonymize'?",
            "rules.yaml:9:22: /v1.0/users/{userId: an item of 'jsonPaths' 'b' is not a JSON path that rules may use: expected '$' at the beginning, found 'b' at character 1",
            "rules.yaml:10:12: /v1.0/users/{userId: expected 'regex' to be a regex: a '(' is not closed (at character 3 of the regex)",
            "rules.yaml:11:3: ^/v1\\.0/[a-z&&[aeiou]]$: an endpoint needs exactly one of 'pathTemplate' and 'pathRegex', found both",
            "rules.yaml:13:17: /v1.0/groups//members: 'pathTemplate' '/v1.0/groups//members': an empty segment ('//' or '/' at the end) matches no request",
            "rules.yaml:15:13: '$ref: #/definitions/B' leads nowhere; did you mean '#/definitions/A'?",
        }));
    }

    [Test]
    public void An_error_in_a_definition_is_told_once_however_many_endpoints_use_it()
    {
        const string yaml = """
            endpoints:
            - pathTemplate: /a
              responseSchema: {$ref: '#/definitions/A'}
            - pathTemplate: /b
              responseSchema: {definitions: {B: {}}, type: array, items: {$ref: '#/definitions/A'}}
            definitions:
              A: {type: object, properties: {x: {typ: string}}}
            """;

        Assert.That(Loads.Errors(yaml), Is.EqualTo(new[] { "rules.yaml:7:38: unknown key 'typ' in a schema; did you mean 'type'?" }));
    }

    [Test]
    public void An_unknown_flag_of_the_variant_is_an_error() => Assert.That(
        Loads.Errors("endpoints: []", "noGroup"),
        Is.EqualTo(new[] { "rules.yaml:1:1: the variant asks for the flag 'noGroup', which is not one of noGroups, noOriginals, pseudonymizeAppIds" }));

    [Test]
    public void Gives_up_after_so_many_errors_and_says_so()
    {
        var errors = Loads.Errors("endpoints:\n" + string.Concat(Enumerable.Repeat("- a: 1\n", 500)));

        Assert.That(errors, Has.Length.EqualTo(201));
        Assert.That(errors[^1], Is.EqualTo("rules.yaml:101:3: more than 200 errors; the others are not listed"));
    }
}
