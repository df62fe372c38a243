using System.Collections.Immutable;

namespace Psoxy.Core.Rules.Loading;

/// <summary>A node of the file with the place where it begins.</summary>
internal abstract record YamlNode(int Line, int Column, string? Tag);

/// <summary>Text, a number or a word: after unquoting, and whether it stands there without quotes, so that <c>true</c> or <c>5</c> is not text.</summary>
internal sealed record YamlScalar(int Line, int Column, string? Tag, string Text, bool Plain) : YamlNode(Line, Column, Tag)
{
    /// <summary>Whether the file says null or nothing.</summary>
    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
internal sealed record YamlList(int Line, int Column, string? Tag, ImmutableArray<YamlNode> Items) : YamlNode(Line, Column, Tag);

/// <summary>A map in file order; a key may stand there twice, which is the loader's to refuse.</summary>
internal sealed record YamlMap(int Line, int Column, string? Tag, ImmutableArray<KeyValuePair<YamlScalar, YamlNode>> Members) : YamlNode(Line, Column, Tag);
