using System.Text.Json.Nodes;
using NJsonSchema;
using Psoxy.Classification;
using Psoxy.Core.Rules;
using Psoxy.Core.Tests.Connectors;

namespace Psoxy.Core.Tests.Completeness;

/// <summary>The JSON schemas of connectors/graph, which editors use, know exactly what the reader knows.</summary>
public sealed class ClassificationSchemaTests
{
    private static JsonNode Types => EditorSchemaTests.Read("graph-type");

    private static JsonNode Annotations => EditorSchemaTests.Read("graph-annotations");

    [Test]
    public void A_type_has_the_keys_that_the_reader_reads()
    {
        EditorSchemaTests.AssertKeys(Types, ClassificationReader.TypeKeys);
        EditorSchemaTests.AssertKeys(Types["properties"]!["subtypes"]!, ClassificationReader.SubtypesKeys);
        EditorSchemaTests.AssertKeys(Types["properties"]!["limits"]!["items"]!, ClassificationReader.LimitKeys);
        EditorSchemaTests.AssertKeys(Types["definitions"]!["property"]!, ClassificationReader.PropertyKeys);
        EditorSchemaTests.AssertKeys(Annotations, ClassificationReader.AnnotationsKeys);
        EditorSchemaTests.AssertKeys(Annotations["definitions"]!["annotation"]!, ClassificationReader.AnnotationKeys);
    }

    [TestCase("graph-type")]
    [TestCase("graph-annotations")]
    public void A_judgement_has_the_keys_that_the_reader_reads(string name)
    {
        var definitions = EditorSchemaTests.Read(name)["definitions"]!;
        EditorSchemaTests.AssertKeys(definitions["placed"]!, ClassificationReader.PlacedKeys);
        EditorSchemaTests.AssertKeys(definitions["judgement"]!, ClassificationReader.JudgementKeys);
        EditorSchemaTests.AssertKeys(definitions["variant"]!, ClassificationReader.VariantKeys);
        EditorSchemaTests.AssertKeys(definitions["variants"]!, RulesOptions.KnownFlags);
    }

    [Test]
    public async Task Every_file_is_valid()
    {
        var type = await JsonSchema.FromJsonAsync(Types.ToJsonString());
        var annotations = await JsonSchema.FromJsonAsync(Annotations.ToJsonString());
        foreach (var file in Directory.GetFiles(Path.Combine(EditorSchemaTests.Folder, "graph"), "*.yaml"))
        {
            var schema = Path.GetFileName(file) == ClassificationReader.AnnotationsFile ? annotations : type;
            Assert.That(schema.Validate(EditorSchemaTests.Json(await File.ReadAllBytesAsync(file))), Is.Empty, file);
        }
    }
}
