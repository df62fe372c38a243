using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Psoxy.Core.Tests.Laws.Canaries;

/// <summary>A JSON document as an enemy writes it: a name may stand twice, and any character may be escaped.</summary>
internal abstract record JsonTree
{
    /// <summary>The document.</summary>
    /// <param name="escaped">Whether every character of every name and text is an escape.</param>
    public string Write(bool escaped = false)
    {
        var text = new StringBuilder();
        Write(text, escaped);
        return text.ToString();
    }

    protected abstract void Write(StringBuilder text, bool escaped);

    private static void Quote(StringBuilder text, string value, bool escaped)
    {
        if (!escaped)
        {
            text.Append(JsonSerializer.Serialize(value));
            return;
        }

        text.Append('"');
        foreach (var c in value) text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        text.Append('"');
    }

    private static void Join<T>(StringBuilder text, char open, ImmutableArray<T> items, char close, Action<T> write)
    {
        text.Append(open);
        for (var at = 0; at < items.Length; at++)
        {
            if (at > 0) text.Append(',');
            write(items[at]);
        }

        text.Append(close);
    }

    /// <summary>An object.</summary>
    internal sealed record Members(ImmutableArray<KeyValuePair<string, JsonTree>> All) : JsonTree
    {
        protected override void Write(StringBuilder text, bool escaped) => Join(text, '{', All, '}', member =>
        {
            Quote(text, member.Key, escaped);
            text.Append(':');
            member.Value.Write(text, escaped);
        });
    }

    /// <summary>An array.</summary>
    internal sealed record Items(ImmutableArray<JsonTree> All) : JsonTree
    {
        protected override void Write(StringBuilder text, bool escaped) => Join(text, '[', All, ']', item => item.Write(text, escaped));
    }

    /// <summary>A string.</summary>
    internal sealed record Text(string Value) : JsonTree
    {
        protected override void Write(StringBuilder text, bool escaped) => Quote(text, Value, escaped);
    }

    /// <summary>A number, true, false or null, as it stands.</summary>
    internal sealed record Raw(string Json) : JsonTree
    {
        protected override void Write(StringBuilder text, bool escaped) => text.Append(Json);
    }
}
