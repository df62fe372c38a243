using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Psoxy.Core.Tests.Laws.Canaries;

/// <summary>An endpoint's example with a canary in each of its texts.</summary>
internal static class PlantedExample
{
    public static string Plant(CanaryBook book)
    {
        var example = JsonNode.Parse(book.Of.Original)!;
        return Planted(example, [], book)!.ToJsonString();
    }

    private static JsonNode? Planted(JsonNode? node, ImmutableArray<string> path, CanaryBook book) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Planted(member.Value, path.Add(member.Key), book)))),
        JsonArray items => new JsonArray([.. items.Select(item => Planted(item, path, book))]),
        JsonValue value when value.TryGetValue<string>(out var text) && !path.IsEmpty => book.In(path, text),
        _ => node?.DeepClone(),
    };
}
