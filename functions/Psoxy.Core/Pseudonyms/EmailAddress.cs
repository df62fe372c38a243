namespace Psoxy.Core.Pseudonyms;

/// <summary>An RFC 5322 mailbox, taken apart.</summary>
/// <param name="Local">Local part as written, comments and surrounding blanks left off.</param>
/// <param name="Domain">Domain as written.</param>
internal readonly record struct EmailAddress(string Local, string Domain)
{
    /// <summary>RFC 5321 allows 254 octets for an address; a display name may add to it. Longer text is not parsed.</summary>
    internal const int MaxLength = 2048;

    /// <summary>The domain as written, if it could be a host's name; else <c>null</c>. RFC 5322 lets a domain be nearly any text, a person's name among them.</summary>
    public string? Host => Domain.All(TokenPattern.IsHostCharacter) ? Domain : null;

    /// <summary>Reads the whole text as one mailbox: <c>a@b</c>, <c>&lt;a@b&gt;</c>, <c>Name &lt;a@b&gt;</c>, <c>"Name, N." &lt;a@b&gt;</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EmailAddress address)
    {
        address = default;
        if (text.Length > MaxLength) return false;
        var cursor = new MailboxReader(text);
        return cursor.TryReadMailbox(out address) && cursor.AtEnd;
    }

    /// <summary>Equal for all spellings of one mailbox.</summary>
    public string Canonical(EmailCanonicalization rule)
    {
        var local = Local;
        var plus = local.IndexOf('+', StringComparison.Ordinal);
        if (plus >= 0) local = local[..plus];
        if (rule == EmailCanonicalization.IgnoreDots) local = local.Replace(".", "", StringComparison.Ordinal);
        return string.Concat(local.ToLowerInvariant(), "@", Domain.ToLowerInvariant());
    }
}
