using System.Collections.Immutable;

namespace Psoxy.Core.Rules.Loading;

/// <summary>
/// Reads response schemas. <c>$ref</c> may point to <c>#</c> or to a definition of the schema itself or of the file; schemas may contain
/// themselves. Definitions of the file are made once for all endpoints, and nothing recurses along references, so that no file is too deep.
/// </summary>
internal sealed class SchemaReader
{
    /// <summary>What a schema takes.</summary>
    public static readonly ImmutableArray<string> Keys =
        ["type", "properties", "items", "$ref", "anyOf", "if", "then", "else", "const", "format", "definitions", "when", .. Remarks, "_if", "_then", "_else", "constant"];

    private const string DefinitionPrefix = "#/definitions/";
    private static readonly string[] BesideReference = ["$ref", "type", "format", "when", .. Remarks];
    private static readonly string[] BesideAnyOf = ["anyOf", "type", "format", "definitions", "when", .. Remarks];
    private static readonly string[] BesideIf = ["if", "then", "else", "_if", "_then", "_else", "type", "definitions", "when", .. Remarks];

    private readonly NodeReader _read;
    private YamlNode? _definitions;
    private readonly Scope _fileScope = new(null, null);
    private readonly bool _definitionsNameRoot;
    private readonly Queue<(Scope Scope, YamlNode Node, ResponseSchema Schema)> _open = new();
    private int _made;

    public SchemaReader(NodeReader read, YamlNode? definitions)
    {
        (_read, _definitions) = (read, definitions);
        _definitionsNameRoot = definitions is not null && NamesRoot(definitions);
    }

    // The original passes over these; none lets more pass.
    private static ImmutableArray<string> Remarks => ["title", "description", "required", "additionalProperties", "$schema"];

    /// <summary>Reads every definition of the file, used or not, so that what is wrong in it is told.</summary>
    public void CheckDefinitions()
    {
        if (_definitions is not null && !CheckDefinitions(_definitions, _fileScope)) _definitions = null;
    }

    /// <summary>The schema of one endpoint.</summary>
    public ResponseSchema ReadRoot(YamlNode node)
    {
        var own = SchemaNodes.Member(node, "definitions");
        var scope = new Scope(node, own);
        if (own is not null && !CheckDefinitions(own, scope)) return new();
        var schema = Child(scope, node);
        Drain();
        return schema;
    }

    private bool CheckDefinitions(YamlNode definitions, Scope scope)
    {
        var members = _read.Members(definitions, "'definitions'");
        if (members.Count > _read.Options.MaxDefinitions)
        {
            _read.Fail(definitions, $"{members.Count} definitions; {_read.Options.MaxDefinitions} at most");
            return false;
        }

        foreach (var (_, value) in members) Child(scope, value);
        Drain();
        return true;
    }

    /// <summary>A schema in a place where it is neither bound to a variant nor to a constant.</summary>
    private ResponseSchema Child(Scope scope, YamlNode node)
    {
        if (SchemaNodes.Member(node, "when") is { } when) _read.Fail(when, "'when' in a schema is only read on a property");
        if (SchemaNodes.Constant(node) is { } constant) _read.Fail(constant, "'const' is only read on a property");
        return Make(scope, node);
    }

    private ResponseSchema Make(Scope scope, YamlNode node)
    {
        (scope, node) = Follow(scope, node);
        if (scope.Made.TryGetValue(node, out var known)) return known;
        var schema = scope.Made[node] = new ResponseSchema();
        if (++_made <= _read.Options.MaxSchemas) _open.Enqueue((scope, node, schema));
        else _read.Fail(node, $"the response schemas of all endpoints have more than {_read.Options.MaxSchemas} parts");
        return schema;
    }

    private void Drain()
    {
        while (_open.TryDequeue(out var next)) Fill(next.Scope, next.Node, next.Schema);
    }

    private void Fill(Scope scope, YamlNode node, ResponseSchema schema)
    {
        var members = _read.Map(node, "a schema", [.. Keys]);
        if (members.TryGetValue("definitions", out var own) && !ReferenceEquals(node, scope.Root)) _read.Fail(own, "'definitions' stand at the root of a response schema or of the file");
        if (members.TryGetValue("type", out var type)) schema.Type = Type(type);
        if (members.TryGetValue("anyOf", out var anyOf))
        {
            RefuseBeside(members, "'anyOf'", BesideAnyOf);
            schema.AnyOf = [.. _read.Items(anyOf, "'anyOf'").Select(item => Alternative(scope, item))];
            if (schema.AnyOf.IsEmpty && anyOf is YamlList) _read.Fail(anyOf, "'anyOf' is empty; expected at least one schema");
            return;
        }

        if (members.ContainsKey("if") || members.ContainsKey("_if"))
        {
            schema.AnyOf = [Conditional(scope, node)];
            return;
        }

        foreach (var key in (string[])["then", "else", "_then", "_else"])
            if (members.TryGetValue(key, out var branch)) _read.Fail(branch, $"'{key}' without an 'if'");
        if (SchemaNodes.Condition(_read, node) is { } constants)
        {
            // The constants choose among alternatives; standing alone they are a condition all the same.
            var plain = new ResponseSchema { Type = schema.Type };
            FillPlain(scope, members, plain);
            schema.AnyOf = [new(constants, plain, null)];
        }
        else FillPlain(scope, members, schema);
    }

    private void FillPlain(Scope scope, Dictionary<string, YamlNode> members, ResponseSchema schema)
    {
        // The original leaves the type of objects and arrays out at times; what a schema lists says what it is.
        if (members.TryGetValue("properties", out var properties))
        {
            if (!members.ContainsKey("type")) schema.Type = SchemaType.Object;
            schema.Properties = Properties(scope, properties);
        }

        if (members.TryGetValue("items", out var items))
        {
            if (!members.ContainsKey("type") && schema.Type == SchemaType.Unspecified) schema.Type = SchemaType.Array;
            schema.Items = Child(scope, items);
        }
    }

    private SchemaType Type(YamlNode node) =>
        _read.Choice(
            node,
            "'type'",
            ("object", SchemaType.Object),
            ("array", SchemaType.Array),
            ("string", SchemaType.String),
            ("integer", SchemaType.Integer),
            ("number", SchemaType.Number),
            ("boolean", SchemaType.Boolean)) ?? SchemaType.Unspecified;

    private ImmutableDictionary<string, ResponseSchema> Properties(Scope scope, YamlNode node)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, ResponseSchema>(StringComparer.Ordinal);
        foreach (var (name, value) in _read.Members(node, "'properties'"))
        {
            var schema = Make(scope, value);
            if (SchemaNodes.Member(value, "when") is not { } when || _read.Holds(new() { ["when"] = when })) properties.TryAdd(name.Text, schema);
        }

        return properties.ToImmutable();
    }

    /// <summary>An item of <c>anyOf</c>: its condition is its own <c>if</c>, or the constants that its properties must have.</summary>
    private SchemaAlternative Alternative(Scope scope, YamlNode item)
    {
        var schema = Child(scope, item);
        var (_, node) = Follow(scope, item);
        if (SchemaNodes.If(node) is null && SchemaNodes.Condition(_read, node) is null) return new(null, schema, null);
        return SchemaNodes.If(node) is not null ? Conditional(Follow(scope, item).Scope, node) : new(SchemaNodes.Condition(_read, node), schema, null);
    }

    private SchemaAlternative Conditional(Scope scope, YamlNode node)
    {
        var members = _read.Map(node, "a schema", [.. Keys]);
        RefuseBeside(members, "'if'", BesideIf);
        var then = SchemaNodes.Member(node, "then") ?? SchemaNodes.Member(node, "_then");
        if (then is null) _read.Fail(node, "an 'if' needs a 'then'");
        var otherwise = SchemaNodes.Member(node, "else") ?? SchemaNodes.Member(node, "_else");
        return new(
            SchemaNodes.IfCondition(_read, SchemaNodes.If(node)!),
            then is null ? new ResponseSchema() : Child(scope, then),
            otherwise is null ? null : Child(scope, otherwise));
    }

    private void RefuseBeside(Dictionary<string, YamlNode> members, string what, string[] allowed)
    {
        foreach (var (key, value) in members.Where(member => !allowed.Contains(member.Key)))
            _read.Fail(value, $"'{key}' beside {what} would not be looked at");
    }

    private (Scope Scope, YamlNode Node) Follow(Scope scope, YamlNode node)
    {
        var visited = new HashSet<YamlNode>(ReferenceEqualityComparer.Instance);
        while (SchemaNodes.Member(node, "$ref") is { } reference)
        {
            if (!visited.Add(node))
            {
                _read.Fail(reference, "this '$ref' leads back to itself");
                return (scope, Nothing(node));
            }

            RefuseBeside(_read.Map(node, "a schema", [.. Keys]), "'$ref'", BesideReference);
            if (_read.Text(reference, "'$ref'") is not { } target) return (scope, Nothing(node));
            if (Target(scope, target) is not { } found)
            {
                _read.Fail(reference, $"'$ref: {NodeReader.Cut(target)}' leads nowhere; {Expected(scope, target)}");
                return (scope, Nothing(node));
            }

            (scope, node) = found;
        }

        return (scope, node);
    }

    private (Scope Scope, YamlNode Node)? Target(Scope scope, string target)
    {
        // In a definition of the file '#' is the schema of whichever endpoint uses it; it is looked at again there.
        if (target == "#") return (scope, scope.Root ?? Nothing(_definitions!));
        if (!target.StartsWith(DefinitionPrefix, StringComparison.Ordinal)) return null;
        var name = target[DefinitionPrefix.Length..];
        if (SchemaNodes.Member(scope.Definitions, name) is { } own) return (scope, own);
        if (SchemaNodes.Member(_definitions, name) is not { } shared) return null;
        return (scope.Definitions is null && !_definitionsNameRoot ? _fileScope : scope, shared);
    }

    private string Expected(Scope scope, string target)
    {
        var names = new[] { scope.Definitions, _definitions }.OfType<YamlMap>().SelectMany(map => map.Members).Select(m => DefinitionPrefix + m.Key.Text).Distinct().ToArray();
        return names.Length is > 0 and <= 50 ? _read.Suggest(target, ["#", .. names]) : "expected '#' or '#/definitions/NAME' with a NAME that is defined";
    }

    private static bool NamesRoot(YamlNode node) => node switch
    {
        YamlMap map => map.Members.Any(member => (member.Key.Text == "$ref" && member.Value is YamlScalar { Text: "#" }) || NamesRoot(member.Value)),
        YamlList list => list.Items.Any(NamesRoot),
        _ => false,
    };

    private static YamlMap Nothing(YamlNode at) => new(at.Line, at.Column, null, []);

    /// <summary>What references mean within one response schema, and what has been made there.</summary>
    private sealed class Scope(YamlNode? root, YamlNode? definitions)
    {
        public YamlNode? Root => root;

        public YamlNode? Definitions => definitions;

        public Dictionary<YamlNode, ResponseSchema> Made { get; } = new(ReferenceEqualityComparer.Instance);
    }
}
