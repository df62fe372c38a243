using System.Collections.Immutable;

namespace Psoxy.Core.Rules.Loading;

/// <summary>Reads <c>pathParameterSchemas</c> and <c>queryParamSchemas</c>.</summary>
internal static class ParameterReader
{
    /// <summary>What the schema of a parameter takes; <c>or</c> is what the original calls <c>anyOf</c>.</summary>
    public static readonly ImmutableArray<string> Keys = ["type", "format", "pattern", "enum", "anyOf", "or", "required", "when"];

    public static ImmutableDictionary<string, ParameterSchema> ReadAll(NodeReader read, YamlNode node, string what, bool ignoreCase)
    {
        var schemas = ImmutableDictionary.CreateBuilder<string, ParameterSchema>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in read.Members(node, what))
        {
            // The same spelling twice has been told already.
            var isNew = seen.Add(key.Text);
            if (Read(read, value, $"the schema of '{NodeReader.Cut(key.Text)}'") is not { } schema) continue;
            var name = ignoreCase ? key.Text.ToLowerInvariant() : key.Text;
            if (!schemas.TryAdd(name, schema) && isNew) read.Fail(key, $"'{key.Text}' stands in {what} twice; names of query parameters do not differ by case");
        }

        return schemas.ToImmutable();
    }

    private static ParameterSchema? Read(NodeReader read, YamlNode node, string what)
    {
        var members = read.Map(node, what, [.. Keys]);
        if (!read.Holds(members)) return null;
        var schema = new ParameterSchema();
        foreach (var (key, value) in members)
        {
            schema = key switch
            {
                "type" => schema with
                {
                    Type = read.Choice(value, "'type'", ("string", ParameterType.String), ("integer", ParameterType.Integer), ("number", ParameterType.Number)),
                },
                "format" => schema with
                {
                    ReversiblePseudonym = read.Choice(value, "'format'", ("reversible-pseudonym", true), ("pseudonym", true)) ?? false,
                },
                "pattern" => schema with { Pattern = read.Regex(value, "'pattern'", whole: true) },
                "enum" => schema with { Values = read.Texts(value, "'enum'") },
                "anyOf" or "or" => schema with { AnyOf = AnyOf(read, value, key) },
                "required" => schema with { Required = read.Flag(value, "'required'") },
                _ => schema,
            };
        }

        return schema;
    }

    private static ImmutableArray<ParameterSchema> AnyOf(NodeReader read, YamlNode node, string key)
    {
        var items = read.Items(node, $"'{key}'");
        ImmutableArray<ParameterSchema> alternatives = [.. items.Select(item => Read(read, item, $"an item of '{key}'")).OfType<ParameterSchema>()];

        // No alternative at all would let every value pass.
        if (alternatives.IsEmpty && node is YamlList) read.Fail(node, items.Count == 0 ? $"'{key}' is empty; expected at least one schema" : $"every alternative of '{key}' is left out of this variant");
        return alternatives;
    }
}
