namespace Psoxy.Core.Rules.Loading;

/// <summary>What a transform or augment is called: by its tag, or by <c>method</c> in the untagged spelling.</summary>
internal static class MethodName
{
    /// <summary>The name; <c>null</c> if it has none. A map that says two different ones is an error.</summary>
    public static string? Read(NodeReader read, YamlMap map)
    {
        var named = map.Members.FirstOrDefault(member => member.Key.Text == "method").Value;
        var method = named is null ? null : read.Text(named, "'method'") ?? "";
        var tag = map.Tag?.TrimStart('!');
        if (tag is not null && method is not null && tag != method)
            read.Fail(named!, $"'method: {NodeReader.Cut(method)}' contradicts the tag '!<{NodeReader.Cut(tag)}>'");
        return tag ?? method;
    }
}
