namespace Psoxy.Core.Settings;

/// <summary>How Google names an account.</summary>
public static class GoogleAccount
{
    /// <summary>Whether this can be the unique id of an account: some 21 digits.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsUniqueId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is >= 10 and <= 30 && text.All(char.IsAsciiDigit);
    }

    /// <summary>Whether this can be its e-mail, as Google writes it: in lower case.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsEmail(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == text.LastIndexOf('@') && text.AsSpan(at + 1).Contains('.') && text[^1] != '.' && text.All(c => c is > ' ' and <= '~' and not ('*' or ':' or ',') && !char.IsUpper(c));
    }
}
