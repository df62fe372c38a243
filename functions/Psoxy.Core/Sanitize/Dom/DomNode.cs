using System.Text.Encodings.Web;
using System.Text.Json;

namespace Psoxy.Core.Sanitize.Dom;

/// <summary>A JSON value that is held in memory. Unlike System.Text.Json's it keeps duplicate names and the bytes of numbers and strings.</summary>
internal abstract class DomNode;

/// <summary>A scalar.</summary>
/// <param name="token">String, Number, True, False or Null.</param>
/// <param name="raw">Its JSON, quotes and escapes included.</param>
/// <param name="text">The unescaped string or the number's text; <c>null</c> for a string with half a surrogate pair.</param>
internal sealed class DomScalar(JsonTokenType token, byte[] raw, string? text) : DomNode
{
    public static readonly DomScalar Null = new(JsonTokenType.Null, "null"u8.ToArray(), "");

    public JsonTokenType Token => token;

    public ReadOnlySpan<byte> Raw => raw;

    public string? Text => text;

    public static DomScalar String(string text) =>
        new(JsonTokenType.String, [(byte)'"', .. JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"'], text);
}

/// <summary>An object or array: its slots in source order.</summary>
/// <param name="isObject">Whether the slots have names.</param>
internal sealed class DomContainer(bool isObject) : DomNode
{
    public bool IsObject => isObject;

    public List<DomSlot> Slots { get; } = [];
}

/// <summary>A place that holds a value: a member, an element, or the root.</summary>
internal sealed class DomSlot(DomContainer? parent, byte[]? rawName, string? name, DomNode value)
{
    public DomContainer? Parent => parent;

    /// <summary>The name's JSON, quotes and escapes included; <c>null</c> outside of objects.</summary>
    public byte[]? RawName => rawName;

    /// <summary>The unescaped name; <c>null</c> outside of objects and for one with half a surrogate pair, which no rule can name.</summary>
    public string? Name => name;

    public DomNode Value { get; set; } = value;

    /// <summary>Whether an augment made it, so that the allow-list lets it pass.</summary>
    public bool IsAugment { get; init; }

    /// <summary>Whether it is to be taken out of its parent; all at once, since one by one would take a long list's length squared.</summary>
    public bool IsRemoved { get; private set; }

    /// <summary>Marks it to be taken out; the root becomes null instead.</summary>
    public void Remove()
    {
        if (parent is null) Value = DomScalar.Null;
        else IsRemoved = true;
    }
}
