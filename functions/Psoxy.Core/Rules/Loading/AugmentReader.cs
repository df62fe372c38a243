using System.Collections.Immutable;

namespace Psoxy.Core.Rules.Loading;

/// <summary>Reads <c>augments</c>; there is one kind, <c>textDigest</c>, tagged or with <c>method</c>.</summary>
internal static class AugmentReader
{
    /// <summary>What a textDigest augment takes.</summary>
    public static readonly ImmutableArray<string> Keys = ["jsonPaths", "keywords", "innerJsonPath", "innerSchema", "method", "when"];

    public static ImmutableArray<Augment> ReadAll(NodeReader read, SchemaReader schemas, YamlNode node)
    {
        var augments = ImmutableArray.CreateBuilder<Augment>();
        foreach (var item in read.Items(node, "'augments'"))
        {
            var members = read.TaggedMap(item, "an augment", [.. Keys]);
            if (item is not YamlMap map) continue;
            if (MethodName.Read(read, map) is not "textDigest" and var method)
            {
                read.Fail(item, $"unknown augment '{NodeReader.Cut(method ?? "without a name")}'; expected the tag '!<textDigest>'");
                continue;
            }

            if (!members.TryGetValue("jsonPaths", out var paths)) read.Fail(item, "the augment 'textDigest' needs 'jsonPaths'");
            if (members.TryGetValue("innerSchema", out var schema) && !members.ContainsKey("innerJsonPath")) read.Fail(schema, "'innerSchema' without an 'innerJsonPath' would not be looked at");
            var augment = new Augment(
                paths is null ? [] : read.Paths(paths, "'jsonPaths'"),
                members.TryGetValue("innerJsonPath", out var inner) ? read.Path(inner, "'innerJsonPath'") : null,
                schema is null ? null : schemas.ReadRoot(schema),
                new TextDigest(members.TryGetValue("keywords", out var keywords) ? read.Texts(keywords, "'keywords'", allowEmpty: true) : []));
            if (read.Holds(members)) augments.Add(augment);
        }

        return augments.ToImmutable();
    }
}
