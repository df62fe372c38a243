namespace Psoxy.Cli.Deployment;

/// <summary>How Google names an account.</summary>
internal static class ServiceAccountId
{
    /// <summary>Whether this can be the unique id of an account: some 21 digits.</summary>
    public static bool IsUniqueId(string text) => text.Length is >= 10 and <= 30 && text.All(char.IsAsciiDigit);

    /// <summary>Whether this can be its e-mail, as Google writes it.</summary>
    public static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == text.LastIndexOf('@') && text.AsSpan(at + 1).Contains('.') && text[^1] != '.' && text.All(c => c is > ' ' and <= '~' and not ('*' or ':' or ',') && !char.IsUpper(c));
    }
}
