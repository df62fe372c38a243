using System.Buffers;
using System.Globalization;

namespace Psoxy.Core.Pseudonyms;

/// <summary>The shape of tokens: <c>p~[A-Za-z0-9_-]{43,}</c> with an optional <c>@domain</c>.</summary>
public static class TokenPattern
{
    /// <summary>Begins a reversible token.</summary>
    public const string ReversiblePrefix = "p~";

    /// <summary>Begins a one-way token.</summary>
    public const string HashPrefix = "t~";

    /// <summary>Ends a token of a text that was sealed where it stood in a paging link. Stands where domains stand, as <c>@h~…</c> and <c>@e~…</c> do; no domain is called so.</summary>
    public const string SealedMark = "@s~";

    /// <summary>Characters of a body at least: a hash alone is 43.</summary>
    public const int MinBodyLength = 43;

    /// <summary>Characters of a body at most: what a request target can hold.</summary>
    public const int MaxBodyLength = 8192;

    private static readonly SearchValues<char> InLiteral = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:-");

    /// <summary>The first reversible token at or after a place.</summary>
    /// <param name="text">Where to look.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="start">Where the token begins.</param>
    /// <param name="length">Its length, <c>@domain</c> included.</param>
    public static bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int length)
    {
        for (start = from; start < text.Length; start++)
        {
            var next = text[start..].IndexOf(ReversiblePrefix, StringComparison.Ordinal);
            if (next < 0) break;
            start += next;
            length = Measure(text[start..]);
            if (length > 0) return true;
        }

        (start, length) = (0, 0);
        return false;
    }

    /// <summary>Whether the text is one reversible token and nothing else.</summary>
    public static bool IsReversible(ReadOnlySpan<char> text) => text.StartsWith(ReversiblePrefix) && Measure(text) == text.Length;

    /// <summary>Whether a token, found by <see cref="TryFind"/>, says that it is a sealed text.</summary>
    public static bool IsSealed(ReadOnlySpan<char> token) => token.EndsWith(SealedMark);

    /// <summary>Whether a text holds a token of data, rather than a text that we sealed in a link.</summary>
    public static bool HoldsUnsealed(ReadOnlySpan<char> text)
    {
        for (var from = 0; TryFind(text, from, out var start, out var length); from = start + length)
            if (!IsSealed(text.Slice(start, length))) return true;
        return false;
    }

    /// <summary>Whether the text has only characters that a token's body may have.</summary>
    internal static bool IsBody(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!IsBody(c)) return false;
        return true;
    }

    private static int Measure(ReadOnlySpan<char> text)
    {
        var end = ReversiblePrefix.Length;
        while (end < text.Length && IsBody(text[end])) end++;
        if (end - ReversiblePrefix.Length < MinBodyLength) return 0;
        if (end >= text.Length || text[end] != '@') return end;
        var domain = end + 1;

        // RFC 5322's domain-literal, an address in brackets.
        if (domain < text.Length && text[domain] == '[' && text[domain..].IndexOf(']') is > 1 and var close && !text.Slice(domain + 1, close - 1).ContainsAnyExcept(InLiteral)) return domain + close + 1;
        while (domain < text.Length && IsDomain(text[domain])) domain++;
        return domain == end + 1 ? end : domain;
    }

    private static bool IsBody(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    // '~' stands in tokenized ones.
    private static bool IsDomain(char c) => IsHostCharacter(c) || c == '~';

    /// <summary>Letters beyond ASCII, and the marks on them, stand in domains as people write them.</summary>
    internal static bool IsHostCharacter(char c) =>
        char.IsLetterOrDigit(c) || c is '.' or '-' or '_' || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
