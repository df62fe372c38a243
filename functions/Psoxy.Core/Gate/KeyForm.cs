using System.Collections.Immutable;
using System.Text;

namespace Psoxy.Core.Gate;

/// <summary>
/// OData's other spelling of an entity in a path, <c>users('…')</c> for <c>users/…</c>, in which Graph writes some of its paging links. It is read as the path form, and
/// sent on so.
/// </summary>
internal static class KeyForm
{
    /// <summary>The same request with every key as a segment of its own; <c>null</c> where there is no key.</summary>
    public static CanonicalRequest? Rewrite(CanonicalRequest request)
    {
        var segments = ImmutableArray.CreateBuilder<string>(request.Segments.Length + 1);
        foreach (var segment in request.Segments)
        {
            var open = segment.IndexOf("('", StringComparison.Ordinal);
            if (open <= 0 || !segment.AsSpan(0, open).ContainsOnlyLetters() || Key(segment.AsSpan(open)) is not { } key) segments.Add(segment);
            else
            {
                segments.Add(segment[..open]);
                segments.Add(key);
            }
        }

        if (segments.Count == request.Segments.Length || segments.Count > CanonicalUrl.MaxSegments) return null;
        var path = new StringBuilder(request.Path.Length);
        foreach (var segment in segments) CanonicalEncoding.Append(path.Append('/'), segment);
        return request with { Path = path.ToString(), Segments = segments.DrainToImmutable() };
    }

    // What stands in quotes, a doubled quote being one of the key. Not "." or "..", which as segments of their own would be something else.
    private static string? Key(ReadOnlySpan<char> parentheses)
    {
        if (parentheses.Length < "('x')".Length || !parentheses.EndsWith("')")) return null;
        var key = parentheses[2..^2].ToString().Replace("''", "\0", StringComparison.Ordinal);
        return key.Contains('\'', StringComparison.Ordinal) || key is "." or ".." ? null : key.Replace('\0', '\'');
    }

    private static bool ContainsOnlyLetters(this ReadOnlySpan<char> name)
    {
        foreach (var c in name)
            if (!char.IsAsciiLetter(c)) return false;
        return true;
    }
}
