using System.Collections.Immutable;
using System.Text.Json;

namespace Psoxy.Core.Rules.Loading;

/// <summary>Looks into the nodes of a schema for what makes it conditional. The original writes its own keys as <c>_if</c> and <c>constant</c>, and reads both spellings.</summary>
internal static class SchemaNodes
{
    public static YamlNode? Member(YamlNode? node, string name) =>
        node is YamlMap map && map.Members.FirstOrDefault(m => m.Key.Text == name) is { Key: not null } member ? member.Value : null;

    public static YamlNode? If(YamlNode node) => Member(node, "if") ?? Member(node, "_if");

    public static YamlNode? Constant(YamlNode node) => Member(node, "const") ?? Member(node, "constant");

    /// <summary>The constants among the properties of a schema, or <c>null</c> if there are none.</summary>
    public static SchemaCondition? Condition(NodeReader read, YamlNode node)
    {
        if (Member(node, "properties") is not YamlMap properties) return null;
        var constants = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in properties.Members)
        {
            if (Constant(value) is not { } constant) continue;
            if (JsonText(read, constant) is { } text) constants[name.Text] = text;
            else read.Fail(constant, $"expected 'const' to be a text, a number, true, false or null, found {NodeReader.Describe(constant)}");
        }

        return constants.Count == 0 ? null : new(constants.ToImmutable());
    }

    /// <summary>What an <c>if</c> asks for.</summary>
    public static SchemaCondition IfCondition(NodeReader read, YamlNode node)
    {
        var constants = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (!read.Map(node, "'if'", "properties", "type").TryGetValue("properties", out var properties))
        {
            read.Fail(node, "'if' needs 'properties', each with a 'const'");
            return new(constants.ToImmutable());
        }

        foreach (var (name, value) in read.Members(properties, "'properties' of 'if'"))
        {
            _ = read.Map(value, $"the condition on '{NodeReader.Cut(name.Text)}'", "const", "constant", "type");
            if (Constant(value) is { } constant && JsonText(read, constant) is { } text) constants[name.Text] = text;
            else read.Fail(value, $"the condition on '{NodeReader.Cut(name.Text)}' needs a 'const' that is a text, a number, true, false or null");
        }

        if (constants.Count == 0) read.Fail(node, "an 'if' without a condition would always hold");
        return new(constants.ToImmutable());
    }

    private static string? JsonText(NodeReader read, YamlNode node)
    {
        read.RefuseTag(node, "'const'");
        if (node is not YamlScalar scalar) return null;
        if (scalar.IsNull) return "null";
        return scalar.Plain && (scalar.Text is "true" or "false" || IsNumber(scalar.Text)) ? scalar.Text : JsonSerializer.Serialize(scalar.Text);
    }

    private static bool IsNumber(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
