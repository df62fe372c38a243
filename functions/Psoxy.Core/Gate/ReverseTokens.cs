using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Psoxy.Core.Pseudonyms;

namespace Psoxy.Core.Gate;

/// <summary>Puts the originals of reversible tokens into a request that the gate has allowed.</summary>
public static class ReverseTokens
{
    private static readonly SearchValues<char> Separators = SearchValues.Create("/\\?#;%");

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
            if (!TryReplace(segment, pseudonymizer, inPath: true, out var text)) return false;
            CanonicalEncoding.Append(target.Append('/'), text);
        }

        var separator = '?';
        foreach (var (name, value) in request.Parameters)
        {
            // In a $search a text has no quotes of its own, so that its original would stand open in the next link.
            if (name.TrimStart('$').Equals("search", StringComparison.OrdinalIgnoreCase) && TokenPattern.TryFind(value, 0, out _, out _)) return false;
            if (!TryReplace(value, pseudonymizer, inPath: false, out var text)) return false;
            target.Append(separator).Append(CanonicalEncoding.Encode(name).Replace("=", "%3D", StringComparison.Ordinal)).Append('=');
            CanonicalEncoding.Append(target, text);
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
        forSource = TryReplace(value, pseudonymizer, inPath: false, out var text) && text.All(c => c is >= ' ' and <= '~') ? text : null;
        return forSource is not null;
    }

    private static bool TryReplace(string text, Pseudonymizer pseudonymizer, bool inPath, out string replaced)
    {
        replaced = text;
        var from = 0;
        StringBuilder? result = null;
        while (TokenPattern.TryFind(text, from, out var start, out var length))
        {
            if (!pseudonymizer.TryReverse(text.AsSpan(start, length), out var original)) return false;
            result ??= new StringBuilder();
            result.Append(text, from, start - from);

            // Inside an OData text a quote must be doubled, or it would end the text.
            var quoted = text.AsSpan(0, start).Count('\'') % 2 == 1;
            if (!MayStand(original, inPath, quoted)) return false;
            result.Append(quoted ? original.Replace("'", "''", StringComparison.Ordinal) : original);
            from = start + length;
        }

        if (result is null) return true;
        replaced = result.Append(text, from, text.Length - from).ToString();

        // What stands before a token and its original may make an escape together.
        return !inPath || !CanonicalUrl.HoldsEscape(replaced);
    }

    // A path segment must stay one segment for every reader, also for one that decodes first; '"' would end a $search phrase.
    private static bool MayStand(string original, bool inPath, bool quoted)
    {
        if (original.Length == 0 || original.AsSpan().ContainsAnyInRange('\0', '\x1F')) return false;
        if (original.Contains('"', StringComparison.Ordinal) && !quoted) return false;
        return !inPath || !(original is "." or ".." || original[0] == '$' || original.AsSpan().ContainsAny(Separators));
    }
}
