using System.Text.Json;
using Psoxy.Core.Pseudonyms;

namespace Psoxy.Cli.Pseudonyms;

/// <summary>A text of an answer that has a pseudonym's form. What it holds is compared and never shown: a domain or an original may be in it.</summary>
internal sealed record SeenPseudonym(PseudonymEncoding Form, string Hash, string? Reversible, string? Domain)
{
    // SHA-256 in Base64url without padding.
    private const int HashLength = 43;

    // Its first 42 characters are the hash's; the 43rd has bits of what follows.
    private const int HashInReversible = 42;

    /// <summary>The pseudonym in a text, or <c>null</c> if it is none.</summary>
    public static SeenPseudonym? Read(string text)
    {
        if (text.StartsWith('{')) return FromJson(text);
        if (text.Length == HashLength && IsBody(text)) return new(PseudonymEncoding.UrlSafeHashOnly, text, null, null);
        return FromToken(text);
    }

    private static SeenPseudonym? FromToken(string text)
    {
        var isReversible = text.StartsWith(TokenPattern.ReversiblePrefix, StringComparison.Ordinal);
        if (!isReversible && !text.StartsWith(TokenPattern.HashPrefix, StringComparison.Ordinal)) return null;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var (body, domain) = at < 0 ? (text[2..], null) : (text[2..at], text[(at + 1)..]);
        if (body.Length < HashLength || !IsBody(body) || domain is "" || (!isReversible && body.Length != HashLength)) return null;
        return new(PseudonymEncoding.UrlSafeToken, isReversible ? body[..HashInReversible] : body, isReversible ? body : null, domain);
    }

    private static SeenPseudonym? FromJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Member("hash") is { Length: HashLength } hash && IsBody(hash) ? new(PseudonymEncoding.Json, hash, Member("reversible"), Member("domain")) : null;

            string? Member(string name) => document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsBody(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
