using System.Text.Json.Nodes;
using Psoxy.Cli.Deployment;
using Psoxy.Core.Connectors;
using Psoxy.Core.Settings;

namespace Psoxy.Cli.Tests.Deployment;

/// <summary>The JSON schema, which editors use, knows exactly what the reader knows.</summary>
public sealed class SchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "deployment", "psoxy.schema.json")))!;

    private static JsonNode Connector => Schema["properties"]!["connectors"]!["items"]!;

    [Test]
    public void The_keys_are_those_that_the_reader_reads()
    {
        Assert.That(Keys(Schema), Is.EquivalentTo(SettingsReader.Keys));
        Assert.That(Keys(Connector), Is.EquivalentTo(ConnectorsReader.Keys));
        Assert.That(Texts(Schema["required"]!), Is.EquivalentTo(["project", "region", "tenant", "connectors"]));
        Assert.That(((bool)Schema["additionalProperties"]!, (bool)Connector["additionalProperties"]!), Is.EqualTo((false, false)));
    }

    [Test]
    public void The_words_are_those_that_the_reader_knows()
    {
        Assert.That(Texts(Connector["properties"]!["id"]!["enum"]!), Is.EquivalentTo(ConnectorCatalog.All.SelectMany(connector => connector.Aliases.Prepend(connector.Id))));
        Assert.That(Texts(Schema["properties"]!["cloud"]!["enum"]!), Is.EqualTo(MicrosoftCloud.All.Select(cloud => cloud.Name)));
    }

    [Test]
    public void The_defaults_are_the_readers()
    {
        var values = SettingsValue.Of(SettingsReader.Read(System.Text.Encoding.UTF8.GetBytes(SampleSettings.Least), "psoxy.yaml", ".").Settings!).ToDictionary(value => value.Name, value => string.Join(',', value.Values));

        foreach (var (name, property) in Schema["properties"]!.AsObject())
            if (property!["default"] is { } expected) Assert.That(values[name], Is.EqualTo(expected.ToString()), name);
    }

    private static IEnumerable<string> Keys(JsonNode type) => type["properties"]!.AsObject().Select(property => property.Key);

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(item => (string)item!);
}
