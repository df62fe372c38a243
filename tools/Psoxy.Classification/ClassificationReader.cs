using System.Collections.Immutable;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Core.Rules.Loading;

namespace Psoxy.Classification;

/// <summary>Reads the files of <c>connectors/graph</c>.</summary>
internal sealed class ClassificationReader(string folder)
{
    public const string AnnotationsFile = "annotations.yaml";

    public static readonly ImmutableArray<string> TypeKeys = ["type", "base", "unmodelled", "subtypes", "limits", "properties"];
    public static readonly ImmutableArray<string> SubtypesKeys = ["only", "reason"];
    public static readonly ImmutableArray<string> LimitKeys = ["connector", "at", "only", "reason"];
    public static readonly ImmutableArray<string> PropertyKeys = ["treatment", "reason", "variants", "at", "connectors", "type", "subtypes", "unmodelled", "beyond"];
    public static readonly ImmutableArray<string> AnnotationsKeys = ["page", "entity", "property"];
    public static readonly ImmutableArray<string> AnnotationKeys = ["treatment", "reason", "variants", "at", "connectors", "optional"];
    public static readonly ImmutableArray<string> PlacedKeys = ["treatment", "reason", "variants", "at"];
    public static readonly ImmutableArray<string> JudgementKeys = ["treatment", "reason", "variants"];
    public static readonly ImmutableArray<string> VariantKeys = ["treatment", "reason"];

    private readonly List<RulesError> _errors = [];

    public GraphClassification Read()
    {
        var types = ImmutableSortedDictionary.CreateBuilder<string, GraphType>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Where(path => Path.GetFileName(path) != AnnotationsFile).Order(StringComparer.Ordinal))
            if (Read(path, Type) is { } type) types.Add(type.Name, type);
        var annotations = Read(Path.Combine(folder, AnnotationsFile), Annotations);
        if (_errors.Count > 0) throw new InvalidDataException(string.Join('\n', _errors));
        return new(types.ToImmutable(), annotations!);
    }

    private T? Read<T>(string path, Func<NodeReader, YamlNode, string, T> content)
        where T : class
    {
        var options = new RulesOptions();
        var (root, fault) = new YamlReader(options, path).Read(File.ReadAllBytes(path));
        if (root is null)
        {
            _errors.Add(fault!);
            return null;
        }

        var read = new NodeReader(path, options);
        var value = content(read, root, Path.GetFileNameWithoutExtension(path));
        _errors.AddRange(read.Errors);
        return value;
    }

    private static GraphType Type(NodeReader read, YamlNode root, string name)
    {
        var members = read.Map(root, "a type", [.. TypeKeys]);
        if (Text(read, root, members, "type") is var type && type != name) read.Fail(root, $"'type' is '{NodeReader.Cut(type)}'; the file is {name}.yaml");
        var subtypes = members.TryGetValue("subtypes", out var kinds) ? read.Map(kinds, "'subtypes'", [.. SubtypesKeys]) : null;
        return new GraphType
        {
            Name = name,
            Base = OptionalText(read, members, "base"),
            Unmodelled = OptionalText(read, members, "unmodelled"),
            Subtypes = subtypes is null ? [] : Texts(read, kinds!, subtypes, "only"),
            SubtypesReason = subtypes is null ? null : Text(read, kinds!, subtypes, "reason"),
            Limits = members.TryGetValue("limits", out var limits) ? [.. read.Items(limits, "'limits'").Select(item => Limit(read, item))] : [],
            Properties = members.TryGetValue("properties", out var properties)
                ? Properties(read, properties, PropertyKeys)
                : ImmutableSortedDictionary<string, ClassifiedProperty>.Empty,
        };
    }

    private static GraphAnnotations Annotations(NodeReader read, YamlNode root, string name)
    {
        var members = read.Map(root, name, [.. AnnotationsKeys]);
        ImmutableSortedDictionary<string, ClassifiedProperty> List(string key) => members.TryGetValue(key, out var node)
            ? Properties(read, node, AnnotationKeys)
            : ImmutableSortedDictionary<string, ClassifiedProperty>.Empty;
        return new(List("page"), List("entity"), List("property"));
    }

    private static TypeLimit Limit(NodeReader read, YamlNode node)
    {
        var members = read.Map(node, "a limit", [.. LimitKeys]);
        var (connector, at) = (OptionalText(read, members, "connector"), OptionalText(read, members, "at"));
        if (connector is null && at is null) read.Fail(node, "a limit needs 'connector', 'at' or both");
        return new(connector, at, Texts(read, node, members, "only"), Text(read, node, members, "reason"));
    }

    private static ImmutableSortedDictionary<string, ClassifiedProperty> Properties(NodeReader read, YamlNode node, ImmutableArray<string> keys) => Map(
        read,
        node,
        "'properties'",
        (name, value) =>
        {
            var members = read.Map(value, $"the property '{name}'", [.. keys]);
            return new ClassifiedProperty
            {
                Name = name,
                Usual = Placed(read, value, members),
                Connectors = members.TryGetValue("connectors", out var connectors)
                    ? Map(read, connectors, "'connectors'", (id, own) => Placed(read, own, read.Map(own, $"what is said of '{id}'", [.. PlacedKeys])))
                    : ImmutableSortedDictionary<string, PlacedJudgement>.Empty,
                Type = OptionalText(read, members, "type"),
                Subtypes = members.TryGetValue("subtypes", out var subtypes) ? read.Texts(subtypes, "'subtypes'") : [],
                Unmodelled = OptionalText(read, members, "unmodelled"),
                Beyond = OptionalText(read, members, "beyond"),
                Optional = OptionalText(read, members, "optional"),
            };
        });

    private static PlacedJudgement Placed(NodeReader read, YamlNode node, Dictionary<string, YamlNode> members) => new(
        Judgement(read, node, members),
        members.TryGetValue("at", out var at)
            ? Map(read, at, "'at'", (place, own) => Judgement(read, own, read.Map(own, $"what is said of '{place}'", [.. JudgementKeys])))
            : ImmutableSortedDictionary<string, Judgement>.Empty);

    private static Judgement Judgement(NodeReader read, YamlNode node, Dictionary<string, YamlNode> members)
    {
        var usual = new Judgement(Treatment(read, node, members), Text(read, node, members, "reason"));
        if (!members.TryGetValue("variants", out var variants)) return usual;
        var known = RulesOptions.KnownFlags;
        return usual with
        {
            Variants = Map(read, variants, "'variants'", (flag, value) =>
            {
                if (!known.Contains(flag)) read.Fail(value, $"unknown flag '{NodeReader.Cut(flag)}'; {read.Suggest(flag, [.. known])}");

                // Its treatment alone says enough where the reason is the variant itself.
                if (value is YamlScalar) return usual with { Treatment = Treatment(read, value) };
                var own = read.Map(value, $"what is said of '{flag}'", [.. VariantKeys]);
                return new Judgement(Treatment(read, value, own), Text(read, value, own, "reason"));
            }),
        };
    }

    private static PropertyTreatment Treatment(NodeReader read, YamlNode node, Dictionary<string, YamlNode> members)
    {
        if (members.TryGetValue("treatment", out var value)) return Treatment(read, value);
        read.Fail(node, "'treatment' is missing");
        return PropertyTreatment.Dropped;
    }

    private static PropertyTreatment Treatment(NodeReader read, YamlNode node) => read.Choice(
        node,
        "'treatment'",
        ("kept", PropertyTreatment.Kept),
        ("pseudonymized", PropertyTreatment.Pseudonymized),
        ("reduced", PropertyTreatment.Reduced),
        ("dropped", PropertyTreatment.Dropped)) ?? PropertyTreatment.Dropped;

    private static ImmutableSortedDictionary<string, T> Map<T>(NodeReader read, YamlNode node, string what, Func<string, YamlNode, T> item)
    {
        var map = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        foreach (var (key, value) in read.Members(node, what)) map[key.Text] = item(key.Text, value);
        return map.ToImmutable();
    }

    private static string Text(NodeReader read, YamlNode node, Dictionary<string, YamlNode> members, string key)
    {
        if (OptionalText(read, members, key) is { } text) return text;
        if (!members.ContainsKey(key)) read.Fail(node, $"'{key}' is missing");
        return "";
    }

    private static string? OptionalText(NodeReader read, Dictionary<string, YamlNode> members, string key) =>
        members.TryGetValue(key, out var node) ? read.Text(node, $"'{key}'") : null;

    private static ImmutableArray<string> Texts(NodeReader read, YamlNode node, Dictionary<string, YamlNode> members, string key)
    {
        if (members.TryGetValue(key, out var list)) return read.Texts(list, $"'{key}'", allowEmpty: true);
        read.Fail(node, $"'{key}' is missing");
        return [];
    }
}
