using System.Collections.Immutable;
using System.Text.Json;

namespace Psoxy.Core.Rules.Loading;

/// <summary>Reads a <c>responseSchema</c>. <c>$ref</c> may point to <c>#</c> or to a definition of the schema itself or of the file; schemas may contain themselves.</summary>
internal sealed class SchemaReader(NodeReader read, YamlNode? fileDefinitions)
{
    private const string DefinitionPrefix = "#/definitions/";
    private static readonly string[] Keys = ["type", "properties", "items", "$ref", "anyOf", "if", "then", "else", "format", "definitions", "description", "when"];

    private readonly Dictionary<YamlNode, ResponseSchema> _made = new(ReferenceEqualityComparer.Instance);
    private YamlNode? _root;
    private YamlNode? _ownDefinitions;

    public ResponseSchema ReadRoot(YamlNode node)
    {
        _root = node;
        _ownDefinitions = Member(node, "definitions");
        return Read(node);
    }

    private ResponseSchema Read(YamlNode node)
    {
        node = Follow(node);
        if (_made.TryGetValue(node, out var known)) return known;
        var schema = _made[node] = new ResponseSchema();
        var members = read.Map(node, "a schema", Keys);
        if (members.TryGetValue("type", out var type))
        {
            schema.Type = read.Choice(
                type,
                "'type'",
                ("object", SchemaType.Object),
                ("array", SchemaType.Array),
                ("string", SchemaType.String),
                ("integer", SchemaType.Integer),
                ("number", SchemaType.Number),
                ("boolean", SchemaType.Boolean)) ?? SchemaType.Unspecified;
        }

        if (members.TryGetValue("properties", out var properties))
        {
            // The original leaves the type of objects and arrays out at times; what a schema lists says what it is.
            if (!members.ContainsKey("type")) schema.Type = SchemaType.Object;
            schema.Properties = Properties(properties);
        }

        if (members.TryGetValue("items", out var items))
        {
            if (!members.ContainsKey("type")) schema.Type = SchemaType.Array;
            schema.Items = Read(items);
        }

        if (members.TryGetValue("anyOf", out var anyOf)) schema.AnyOf = [.. read.Items(anyOf, "'anyOf'").Select(Alternative)];
        else if (members.ContainsKey("if")) schema.AnyOf = [Alternative(node)];
        return schema;
    }

    private ImmutableDictionary<string, ResponseSchema> Properties(YamlNode node)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, ResponseSchema>(StringComparer.Ordinal);
        foreach (var (name, value) in read.Members(node, "'properties'"))
        {
            var whenOnly = Member(value, "when") is { } when ? new Dictionary<string, YamlNode> { ["when"] = when } : [];
            var schema = Read(value);
            if (read.Holds(whenOnly)) properties.TryAdd(name.Text, schema);
        }

        return properties.ToImmutable();
    }

    private SchemaAlternative Alternative(YamlNode node)
    {
        var condition = Member(node, "if");
        if (condition is null) return new(null, Read(node), null);
        _ = read.Map(node, "an alternative with 'if'", "if", "then", "else", "type", "description");
        var then = Member(node, "then");
        if (then is null) read.Fail(node, "an 'if' needs a 'then'");
        var otherwise = Member(node, "else");
        return new(Condition(condition), then is null ? new ResponseSchema() : Read(then), otherwise is null ? null : Read(otherwise));
    }

    private SchemaCondition Condition(YamlNode node)
    {
        var constants = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (!read.Map(node, "'if'", "properties").TryGetValue("properties", out var properties))
        {
            read.Fail(node, "'if' needs 'properties', each with a 'const'");
            return new(constants.ToImmutable());
        }

        foreach (var (name, value) in read.Members(properties, "'properties' of 'if'"))
        {
            if (read.Map(value, $"the condition on '{name.Text}'", "const", "type").TryGetValue("const", out var constant) && constant is YamlScalar scalar)
                constants.TryAdd(name.Text, JsonText(scalar));
            else read.Fail(value, $"the condition on '{name.Text}' needs a 'const'");
        }

        if (constants.Count == 0) read.Fail(node, "an 'if' without a condition would always hold");
        return new(constants.ToImmutable());
    }

    private static string JsonText(YamlScalar scalar)
    {
        if (scalar.IsNull) return "null";
        var isWord = scalar.Plain && (scalar.Text is "true" or "false" || decimal.TryParse(scalar.Text, out _));
        return isWord ? scalar.Text : JsonSerializer.Serialize(scalar.Text);
    }

    private YamlNode Follow(YamlNode node)
    {
        var visited = new HashSet<YamlNode>(ReferenceEqualityComparer.Instance);
        while (Member(node, "$ref") is { } reference && visited.Add(node))
        {
            if (read.Text(reference, "'$ref'") is not { } target) return Nothing(node);
            var next = target == "#" ? _root
                : target.StartsWith(DefinitionPrefix, StringComparison.Ordinal) ? Definition(target[DefinitionPrefix.Length..])
                : null;
            if (next is null)
            {
                read.Fail(reference, $"'$ref: {target}' leads nowhere; expected '#' or '#/definitions/NAME' with a NAME that is defined");
                return Nothing(node);
            }

            node = next;
        }

        if (Member(node, "$ref") is not { } cycle) return node;
        read.Fail(cycle, "this '$ref' leads back to itself");
        return Nothing(node);
    }

    private YamlNode? Definition(string name) => Member(_ownDefinitions, name) ?? Member(fileDefinitions, name);

    private static YamlMap Nothing(YamlNode at) => new(at.Line, at.Column, null, []);

    private static YamlNode? Member(YamlNode? node, string name) =>
        node is YamlMap map && map.Members.FirstOrDefault(m => m.Key.Text == name) is { Key: not null } member ? member.Value : null;
}
