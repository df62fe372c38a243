using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Psoxy.Core.Pseudonyms;

namespace Psoxy.Core.Gate;

/// <summary>Puts the originals of reversible tokens into a request that the gate has allowed.</summary>
public static class ReverseTokens
{
    private static readonly SearchValues<char> HarmlessInText = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?@!$()*,=[]{}\" ");

    /// <summary>Path and query for the source.</summary>
    /// <param name="request">Allowed by the gate, tokens still in it.</param>
    /// <param name="pseudonymizer">Holds the key.</param>
    /// <param name="pathAndQuery">Never shown to anybody: it may hold what a token stands for.</param>
    /// <returns>False if a token is not ours, or stands for something that cannot stand in its place.</returns>
    public static bool TryReverse(CanonicalRequest request, Pseudonymizer pseudonymizer, [NotNullWhen(true)] out string? pathAndQuery)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(pseudonymizer);
        pathAndQuery = null;
        if (!request.PathAndQuery.Contains(TokenPattern.ReversiblePrefix, StringComparison.Ordinal))
        {
            pathAndQuery = request.PathAndQuery;
            return true;
        }

        var target = new StringBuilder();
        foreach (var segment in request.Segments)
        {
            if (!TryReplace(segment, pseudonymizer, Place.Path, "", out var text)) return false;

            // A whole segment must be an id still, also together with the text around the token: never a function, a cast or a path.
            if (!ReferenceEquals(text, segment) && !text.Contains('(', StringComparison.Ordinal) && !TemplateMatcher.MayBind(text)) return false;
            CanonicalEncoding.Append(target.Append('/'), text);
        }

        var separator = '?';
        foreach (var (name, value) in request.Parameters)
        {
            // In a $search a text has no quotes of its own, so that its original would stand open in the next link.
            if (name.TrimStart('$').Equals("search", StringComparison.OrdinalIgnoreCase) && TokenPattern.TryFind(value, 0, out _, out _)) return false;
            if (!TryReplace(value, pseudonymizer, Place.Query, name, out var text)) return false;
            CanonicalEncoding.Append(target.Append(separator).Append(name).Append('='), text);
            separator = '&';
        }

        pathAndQuery = target.ToString();
        return true;
    }

    /// <summary>The value of a forwarded header for the source.</summary>
    /// <param name="value">As the caller sent it.</param>
    /// <param name="pseudonymizer">Holds the key.</param>
    /// <param name="forSource">Never shown to anybody.</param>
    public static bool TryReverseHeader(string value, Pseudonymizer pseudonymizer, [NotNullWhen(true)] out string? forSource)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(pseudonymizer);
        forSource = TryReplace(value, pseudonymizer, Place.Header, "", out var text) && text.All(c => c is >= ' ' and <= '~') ? text : null;
        return forSource is not null;
    }

    private static bool TryReplace(string text, Pseudonymizer pseudonymizer, Place place, string parameter, out string replaced)
    {
        replaced = text;
        var from = 0;
        StringBuilder? result = null;
        var plain = new StringBuilder();
        while (TokenPattern.TryFind(text, from, out var start, out var length))
        {
            if (!pseudonymizer.TryReverse(text.AsSpan(start, length), out var original)) return false;
            if (TokenPattern.IsSealed(text.AsSpan(start, length)) && (place != Place.Query || !SealedText.TryOpen(original, parameter, text.AsSpan(0, start), out original))) return false;

            // Inside an OData text a quote must be doubled, or it would end the text.
            var quoted = text.AsSpan(0, start).Count('\'') % 2 == 1;
            var isLink = quoted && place == Place.Query && IsHarmlessLink(original);
            if (!isLink && !MayStand(original, place)) return false;
            result ??= new StringBuilder();
            result.Append(text, from, start - from).Append(quoted ? original.Replace("'", "''", StringComparison.Ordinal) : original);
            plain.Append(text, from, start - from).Append(isLink ? "https" : original);
            from = start + length;
        }

        if (result is null) return true;
        replaced = result.Append(text, from, text.Length - from).ToString();

        // What stands before a token and its original may make an escape together.
        return place == Place.Header || !CanonicalUrl.HoldsEscape(plain.Append(text, from, text.Length - from).ToString());
    }

    // The same for originals as for what a caller writes: nobody must be able to read the request otherwise than the gate did.
    private static bool MayStand(string original, Place place) => place switch
    {
        _ when original.Length == 0 || CanonicalUrl.HoldsControl(original) => false,
        Place.Path => TemplateMatcher.MayBind(original),
        Place.Query => !CanonicalUrl.HoldsEscape(original),
        _ => !original.Contains('"', StringComparison.Ordinal),
    };

    // Teams finds a meeting by the link to join it, which holds escapes of its own. Whole escapes of such characters may stand inside a text: also to who decodes
    // twice it is then one text of one parameter.
    private static bool IsHarmlessLink(string original)
    {
        if (!original.StartsWith("https://", StringComparison.Ordinal) || CanonicalUrl.HoldsControl(original)) return false;
        for (var at = original.IndexOf('%', StringComparison.Ordinal); at >= 0; at = original.IndexOf('%', at + 1))
        {
            if (!byte.TryParse(original.AsSpan(at + 1, Math.Min(2, original.Length - at - 1)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet) || at + 2 >= original.Length) return false;
            if (!HarmlessInText.Contains((char)octet)) return false;
        }

        return true;
    }

    private enum Place
    {
        Path,
        Query,
        Header,
    }
}
