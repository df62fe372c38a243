using System.Text.Json;

namespace Psoxy.Core.Tests.Oracle;

/// <summary>A JSON value as the oracle holds it: a tree that can be changed, duplicates and all.</summary>
internal sealed class OracleNode
{
    public JsonValueKind Kind { get; set; }

    /// <summary>The string's text, the number's or word's JSON.</summary>
    public string Text { get; set; } = "";

    /// <summary>Members or elements; elements have no name.</summary>
    public List<(string? Name, OracleNode Value)> Inner { get; } = [];

    public bool IsContainer => Kind is JsonValueKind.Object or JsonValueKind.Array;

    public static OracleNode Null() => new() { Kind = JsonValueKind.Null, Text = "null" };

    public static OracleNode String(string text) => new() { Kind = JsonValueKind.String, Text = text };

    public static OracleNode Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    /// <summary>One spelling for what means the same: strings and names unescaped, numbers as they were written, order and duplicates kept.</summary>
    public override string ToString() => Kind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", Inner.Select(member => JsonSerializer.Serialize(member.Name) + ":" + member.Value)) + "}",
        JsonValueKind.Array => "[" + string.Join(",", Inner.Select(element => element.Value)) + "]",
        JsonValueKind.String => JsonSerializer.Serialize(Text),
        _ => Text,
    };

    /// <summary>Becomes another value in its place.</summary>
    public void Become(OracleNode other)
    {
        (Kind, Text) = (other.Kind, other.Text);
        Inner.Clear();
        Inner.AddRange(other.Inner);
    }

    private static OracleNode Of(JsonElement element)
    {
        var node = new OracleNode { Kind = element.ValueKind, Text = element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText() };
        if (element.ValueKind == JsonValueKind.Object) node.Inner.AddRange(element.EnumerateObject().Select(member => ((string?)member.Name, Of(member.Value))));
        if (element.ValueKind == JsonValueKind.Array) node.Inner.AddRange(element.EnumerateArray().Select(item => ((string?)null, Of(item))));
        return node;
    }
}
