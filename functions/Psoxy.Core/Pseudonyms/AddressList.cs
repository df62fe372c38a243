namespace Psoxy.Core.Pseudonyms;

/// <summary>An RFC 5322 address-list: mailboxes and groups parted by commas.</summary>
internal static class AddressList
{
    private const int MaxLength = 1 << 20;

    /// <summary>Reads the whole text; empty places between commas are allowed, as in obs-addr-list.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out List<EmailAddress> addresses)
    {
        addresses = [];
        if (text.Length > MaxLength) return false;
        var reader = new MailboxReader(text);
        var inGroup = false;
        while (!reader.AtEnd)
        {
            if (reader.Take(',')) continue;
            if (inGroup && reader.Take(';'))
            {
                inGroup = false;
                continue;
            }

            if (!inGroup && reader.TryOpenGroup())
            {
                inGroup = true;
                continue;
            }

            if (!reader.TryReadMailbox(out var address)) return false;
            addresses.Add(address);
            if (!reader.AtEnd && !reader.Take(',') && !(inGroup && reader.IsNext(';'))) return false;
        }

        return !inGroup && addresses.Count > 0;
    }
}
