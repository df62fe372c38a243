using System.Collections.Immutable;
using System.Text.Json;

namespace Psoxy.Core.Tests.Laws;

/// <summary>A value of a response that is no container, or an empty one.</summary>
/// <param name="Pointer">Where it stands, elements counted.</param>
/// <param name="Path">Names that lead to it, arrays not counted.</param>
/// <param name="Value">As it is.</param>
internal sealed record Leaf(string Pointer, ImmutableArray<string> Path, JsonElement Value)
{
    /// <summary>Whether it is one that an augment made.</summary>
    public bool IsAugmented => Path.Any(name => name.StartsWith('+'));

    /// <summary>All of a document, in its order.</summary>
    public static IEnumerable<Leaf> Of(string json) => In(JsonDocument.Parse(json).RootElement, "", []);

    private static IEnumerable<Leaf> In(JsonElement value, string pointer, ImmutableArray<string> path) => value.ValueKind switch
    {
        JsonValueKind.Object when value.EnumerateObject().Any() =>
            value.EnumerateObject().SelectMany(member => In(member.Value, $"{pointer}/{member.Name}", path.Add(member.Name))),
        JsonValueKind.Array when value.GetArrayLength() > 0 => value.EnumerateArray().SelectMany((item, at) => In(item, $"{pointer}/{at}", path)),
        _ => [new Leaf(pointer, path, value)],
    };
}
