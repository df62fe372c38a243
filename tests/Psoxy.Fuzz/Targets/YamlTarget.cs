using System.Buffers;
using System.Text;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize;
using Psoxy.Core.Tests.Properties;
using Psoxy.Fuzz.Engine;

namespace Psoxy.Fuzz.Targets;

/// <summary>Rules files: the built-in ones damaged, pieces of them, and random ones. What loads is compiled and used.</summary>
internal sealed class YamlTarget : FuzzTarget
{
    private static readonly string[] Documents = [new RandomCase(1).Json(),
        "{\"value\":[{\"id\":\"1\",\"mail\":\"alice@contoso.com\",\"a\":{\"b\":[1,\"x\"]}}],\"@odata.nextLink\":\"https://graph.microsoft.com/v1.0/users?$skiptoken=abc\"}"];

    private readonly string[] _files = [.. ConnectorCatalog.All.Select(connector => Encoding.UTF8.GetString(connector.RulesYaml.Span))];

    public override string Name => "yaml";

    public override int MaxLength => 40_000;

    public override IReadOnlyList<byte[]> Words { get; } = Texts.Words(
        "endpoints:", "definitions:", "allowedRequestHeaders:", "allowAllEndpoints: true", "  - pathTemplate: /x/{a}\n", "    pathRegex: '^/x/.*$'\n",
        "    allowedMethods: [GET, POST]\n", "    allowedQueryParams: [$top]\n", "    responseSchema: ", "    transforms:\n", "      - !<redact>\n",
        "      - !<pseudonymize>\n", "        jsonPaths: [$..a, '$.b[*]']\n", "$ref: '#/definitions/A'", "{$ref: '#'}", "anyOf: [",
        "if: {properties: {a: {const: x}}}", "then: ", "type: object", "type: array", "items: ", "properties: ", "regex: '", "(?i)", "(a+)+$", "[a-z&&[^b]]",
        "\\Q..\\E", "(?<n>x)\\k<n>",
        "\\p{L}", "{1,1000}", "{2147483647}", "encoding: JSON", "includeOriginal: true", "when: \"!noGroups\"", "applyOnlyWhen: \"$.a[?(@.b == 'x')]\"",
        "augments:\n", "!<textDigest>", "keywords: [a]", "$..['a','b']", "[?(@.a =~ /x/i)]", "[-1]", "..", "$", "@", "*", "&a ", "*a", "<<: ", "--- ", "...",
        "%YAML 1.2\n",
        "\t", "\n", "  ", "- ", ": ", "[", "]", "{", "}", "'", "\"", "|", ">", "#", "!", "!!str ", "? ", "\uFEFF", "\u00e9", "\u2028", "\\u0000", "{a?}", "{a}{b}",
        "enum: [x]", "pattern: '", "format: reversible-pseudonym", "required: true");

    public override byte[] Generate(Random random)
    {
        if (random.Next(3) > 0) return Encoding.UTF8.GetBytes(new RandomCase(random.Next()).Rules());
        var file = _files[random.Next(_files.Length)];
        return Encoding.UTF8.GetBytes(random.Next(8) == 0 ? file : Piece(random, file));
    }

    public override string Run(ReadOnlyMemory<byte> input)
    {
        var load = RulesLoader.Load(input, "fuzz.yaml");
        Must(load.Rules is null != load.Errors.IsEmpty, "rules or errors, never both", $"{load.Errors.Length} errors");
        var lines = Texts.Lines(input.Span);
        foreach (var error in load.Errors)
        {
            Must(error.Line >= 1 && error.Column >= 1 && error.Line <= lines + 1, "an error has its place", error.ToString());
            Must(!string.IsNullOrWhiteSpace(error.Message) && error.File == "fuzz.yaml", "an error has words", error.ToString());
            Must(!error.ToString().Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'), "an error is one line", error.ToString());
        }

        if (load.Rules is not { } rules) return "refused " + Shape(load.Errors[0].Message);
        Use(rules);
        return $"loaded {Texts.Bucket(rules.Endpoints.Length)} {Kinds(rules)}";
    }

    // An endpoint with its path, and the definitions that it may need.
    private static string Piece(Random random, string file)
    {
        var ends = file.IndexOf("\ndefinitions:", StringComparison.Ordinal);
        var endpoints = (ends < 0 ? file : file[..ends]).Split("\n  - path");
        return "endpoints:\n  - path" + endpoints[1 + random.Next(endpoints.Length - 1)] + (ends < 0 ? "" : file[ends..]);
    }

    private static void Use(RuleSet rules)
    {
        var gate = new RequestGate(rules);
        foreach (var path in (string[])["/x", "/x/a", "/v1.0/users", "/v1.0/users/48d31887-5fad-4d73-a9f5-3c356e68a038"])
        {
            var decision = gate.Decide("GET", path, "$select=id,a&$top=5");
            Must(decision.IsAllowed == (decision.Reason == GateReason.Allowed) && decision.Reason != GateReason.Undecided, "loaded rules decide");
        }

        foreach (var endpoint in rules.Endpoints.Take(4))
        {
            Must(!endpoint.Methods.IsEmpty && endpoint.Name.Length > 0 && endpoint.Line >= 1, "an endpoint has methods, a name and a line", endpoint.Name);
            _ = PropertyVisibility.Of(endpoint, ["a", "mail", "b"]);
            var plan = SanitizerPlan.Compile(endpoint);
            foreach (var document in Documents)
            {
                using var sanitizer = new JsonSanitizer(plan, FuzzKey.Pseudonymizer, new ArrayBufferWriter<byte>());
                sanitizer.Write(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(document)));
                var status = sanitizer.Complete();
                Must(status is SanitizeStatus.Complete or SanitizeStatus.Timeout, "loaded rules sanitize", $"{status}");
            }
        }
    }

    // A message without what it quotes: which error it is.
    private static string Shape(string message)
    {
        var shape = new StringBuilder();
        var quoted = false;
        foreach (var c in message)
        {
            if (c == '\'') quoted = !quoted;
            else if (!quoted && !char.IsDigit(c)) shape.Append(c);
        }

        return shape.Length > 40 ? shape.ToString(0, 40) : shape.ToString();
    }

    private static string Kinds(RuleSet rules) => string.Join(',', rules.Endpoints.SelectMany(endpoint => endpoint.Transforms).Select(transform
        => transform.GetType().Name[^4..]).Distinct().Order(StringComparer.Ordinal).Take(3));
}
