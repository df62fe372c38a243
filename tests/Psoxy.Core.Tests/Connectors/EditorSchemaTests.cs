using System.Text;
using System.Text.Json.Nodes;
using NJsonSchema;
using Psoxy.Core.Connectors;
using Psoxy.Core.Rules;
using Psoxy.Core.Rules.Loading;

namespace Psoxy.Core.Tests.Connectors;

/// <summary>The JSON schemas in connectors/schema, which editors use, know exactly what the loader knows.</summary>
public sealed class EditorSchemaTests
{
    private static readonly string[] NotTransforms =
        ["endpoint", "parameterSchema", "responseSchema", "condition", "augment", "transform", "treatment", "jsonPath", "regex", "when"];

    internal static string Folder => Path.Combine(TestContext.CurrentContext.TestDirectory, "connectors");

    private static JsonNode RulesSchema => Read("rules");

    [Test]
    public void A_rules_file_has_the_keys_that_the_loader_reads() => AssertKeys(RulesSchema, RulesLoader.RootKeys);

    [Test]
    public void An_endpoint_has_the_keys_that_the_loader_reads() => AssertKeys(Definition("endpoint"), EndpointReader.Keys);

    [Test]
    public void A_parameter_has_the_keys_that_the_loader_reads() => AssertKeys(Definition("parameterSchema"), ParameterReader.Keys);

    [Test]
    public void A_response_schema_has_the_keys_that_the_loader_reads() => AssertKeys(Definition("responseSchema"), SchemaReader.Keys);

    [Test]
    public void An_augment_has_the_keys_that_the_loader_reads() => AssertKeys(Definition("augment"), AugmentReader.Keys);

    [Test]
    public void A_connector_has_the_keys_that_the_loader_reads()
    {
        AssertKeys(Read("connector"), ConnectorReader.Keys);
        Assert.That(Read("connector")["required"]!.AsArray().Select(key => (string?)key), Is.EquivalentTo(ConnectorReader.Keys));
        AssertKeys(Read("connector")["properties"]!["endpoints"]!["items"]!, ConnectorReader.EndpointKeys);
        AssertKeys(Read("connector")["properties"]!["permissions"]!["additionalProperties"]!, ConnectorReader.PermissionKeys);
        Assert.That(
            Read("connector")["properties"]!["variants"]!["additionalProperties"]!["items"]!["enum"]!.AsArray().Select(flag => (string?)flag),
            Is.EquivalentTo(RulesOptions.KnownFlags));
    }

    [Test]
    public void Transforms_are_those_that_the_loader_knows()
    {
        Assert.That(RulesSchema["definitions"]!.AsObject().Select(pair => pair.Key).Except(NotTransforms), Is.EquivalentTo(TransformReader.Options.Keys));
        Assert.That(
            Definition("transform")["anyOf"]!.AsArray().Select(kind => (string?)kind!["$ref"]),
            Is.EquivalentTo(TransformReader.Options.Keys.Select(kind => "#/definitions/" + kind)));
    }

    [Test]
    public void The_use_of_a_treatment_has_the_keys_that_the_loader_reads()
    {
        AssertKeys(Definition("treatment"), Treatments.Keys);
        Assert.That((string?)Definition("treatment")["properties"]!["method"]!["enum"]![0], Is.EqualTo(Treatments.Method));
    }

    [TestCaseSource(typeof(TransformReader), nameof(TransformReader.Options))]
    public void A_transform_has_the_options_that_the_loader_reads(KeyValuePair<string, System.Collections.Immutable.ImmutableArray<string>> transform)
    {
        AssertKeys(Definition(transform.Key), TransformReader.Common.Concat(transform.Value));
        Assert.That((string?)Definition(transform.Key)["properties"]!["method"]!["enum"]![0], Is.EqualTo(transform.Key));
    }

    [Test]
    public void Flags_are_those_that_the_loader_knows() => Assert.That(
        Definition("when")["anyOf"]![0]!["enum"]!.AsArray().Select(flag => (string?)flag),
        Is.EquivalentTo(RulesOptions.KnownFlags.Concat(RulesOptions.KnownFlags.Select(flag => "!" + flag))));

    [Test]
    public async Task Every_connectors_files_are_valid()
    {
        var rules = await JsonSchema.FromJsonAsync(RulesSchema.ToJsonString());
        var connector = await JsonSchema.FromJsonAsync(Read("connector").ToJsonString());
        Assert.That(ConnectorCatalog.All, Is.Not.Empty);
        foreach (var folder in TestConnectors.All.Select(each => TestConnectors.FolderOf(each.Id)))
        {
            Assert.That(rules.Validate(Json(await File.ReadAllBytesAsync(Path.Combine(folder, "rules.yaml")))), Is.Empty);
            Assert.That(connector.Validate(Json(await File.ReadAllBytesAsync(Path.Combine(folder, "connector.yaml")))), Is.Empty);
        }
    }

    // Both must say the same of each: what the loader takes an editor must not underline, and the other way round.
    [TestCase("endpoints: []", true)]
    [TestCase("endpoints: []\nendpoint: []", false)]
    [TestCase("definitions: {}", false)]
    [TestCase("endpoints: []\nallowAllEndpoints: true", false)]
    [TestCase("endpoints: []\nallowAllEndpoints: false", true)]
    [TestCase("endpoints: [{pathTemplate: /a, allowedMethods: [GET], when: noGroups}]", true)]
    [TestCase("endpoints: [{pathTemplate: /a, when: [noGroups, '!noOriginals']}]", true)]
    [TestCase("endpoints: [{pathTemplate: /a, when: nothing}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, pathRegex: /a}]", false)]
    [TestCase("endpoints: [{allowedMethods: [GET]}]", false)]
    [TestCase("endpoints: [{pathTemplate: a}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [!<redact> {jsonPaths: [$.a]}]}]", true)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [{method: redact, jsonPaths: [$.a]}]}]", true)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [!<redact> {jsonPaths: []}]}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [!<redact> {jsonPaths: [a]}]}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [!<redact> {jsonPaths: [$.a], regex: x}]}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [!<redact> {jsonPaths: [$.a], applyOnlyWhen: ''}]}]", true)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [!<reduct> {jsonPaths: [$.a]}]}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [!<redactRegexMatches> {jsonPaths: [$.a]}]}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, augments: [!<textDigest> {jsonPaths: [$.a], keywords: []}]}]", true)]
    [TestCase("endpoints: [{pathTemplate: /a, augments: [!<textDigest> {jsonPaths: [$.a], innerJsonPath: $..text, innerSchema: {type: object}}]}]", true)]
    [TestCase("endpoints: [{pathTemplate: /a, augments: [!<textDigest> {jsonPaths: [$.a], innerSchema: {type: object}}]}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, augments: [!<textDigest> {jsonPaths: [$.a], innerJsonPath: $..text, innerSchema: {type: text}}]}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, augments: [!<redact> {jsonPaths: [$.a]}]}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, queryParamSchemas: {a: {or: [{enum: [x]}], required: true}}}]", true)]
    [TestCase("endpoints: [{pathTemplate: /a, queryParamSchemas: {a: {anyOf: []}}}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, queryParamSchemas: {a: {format: email}}}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, responseSchema: {title: t, properties: {a: {const: x, type: string}}}}]", true)]
    [TestCase("endpoints: [{pathTemplate: /a, responseSchema: {anyOf: [{_if: {properties: {a: {constant: 1}}}, _then: {}}]}}]", true)]
    [TestCase("endpoints: [{pathTemplate: /a, responseSchema: {type: text}}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, responseSchema: {$ref: '/b'}}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, responseSchema: {if: {properties: {}}, then: {}}}]", false)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [!<treatment> {name: t}]}]\ntreatments: {t: [!<redact> {jsonPaths: [$.a]}]}", true)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [{method: treatment, name: t, when: noGroups}]}]\ntreatments: {t: [{method: redact, jsonPaths: [$.a], when: noGroups}]}", true)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [!<treatment> {}]}]\ntreatments: {t: [!<redact> {jsonPaths: [$.a]}]}", false)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [!<treatment> {name: t, jsonPaths: [$.a]}]}]\ntreatments: {t: [!<redact> {jsonPaths: [$.a]}]}", false)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [!<treatment> {name: t}]}]\ntreatments: {t: []}", false)]
    [TestCase("endpoints: [{pathTemplate: /a, transforms: [!<treatment> {name: t}, !<treatment> {name: u}]}]\ntreatments: {t: [!<redact> {jsonPaths: [$.a]}], u: [!<treatment> {name: t}]}", false)]
    [TestCase("endpoints: [{pathTemplate: '/{id}'}]\npathParameterSchemas: {id: {pattern: '[0-9]+'}}", true)]
    [TestCase("endpoints: [{pathTemplate: '/{id}'}]\npathParameterSchemas: {id: {patern: '[0-9]+'}}", false)]
    public async Task Schema_and_loader_agree(string yaml, bool valid)
    {
        var schema = await JsonSchema.FromJsonAsync(RulesSchema.ToJsonString());
        var bytes = Encoding.UTF8.GetBytes(yaml);

        Assert.That(RulesLoader.Load(bytes, "x.yaml").Errors.IsEmpty, Is.EqualTo(valid), "loader");
        Assert.That(schema.Validate(Json(bytes)).Count == 0, Is.EqualTo(valid), "schema");
    }

    internal static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "schema", name + ".schema.json")))!;

    private static JsonNode Definition(string name) => RulesSchema["definitions"]![name]!;

    internal static void AssertKeys(JsonNode schema, IEnumerable<string> expected)
    {
        Assert.That(schema["properties"]!.AsObject().Select(pair => pair.Key), Is.EquivalentTo(expected));
        Assert.That((bool?)schema["additionalProperties"], Is.False);
    }

    /// <summary>The file as an editor's YAML server shows it to the schema, a tag being the <c>method</c>.</summary>
    internal static string Json(byte[] yaml) => Node(new YamlReader(new RulesOptions(), "x.yaml").Read(yaml).Root!)!.ToJsonString();

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlList list => new JsonArray([.. list.Items.Select(Node)]),
        YamlMap map => Map(map),
        YamlScalar { IsNull: true } => null,
        YamlScalar { Plain: true, Text: "true" or "false" } scalar => JsonValue.Create(scalar.Text == "true"),
        YamlScalar { Plain: true } scalar when int.TryParse(scalar.Text, out var number) => JsonValue.Create(number),
        YamlScalar scalar => JsonValue.Create(scalar.Text),
        _ => throw new NotSupportedException(),
    };

    private static JsonObject Map(YamlMap map)
    {
        var json = new JsonObject(map.Members.Select(member => KeyValuePair.Create(member.Key.Text, Node(member.Value))));
        if (map.Tag is { } tag) json["method"] = tag.TrimStart('!');
        return json;
    }
}
