namespace Psoxy.Cli.Rules;

/// <summary>The <c>--url</c> of a command, split as a function would see it: nothing is decoded here.</summary>
/// <param name="Path">Raw path.</param>
/// <param name="Query">Raw query without the question mark.</param>
internal readonly record struct RequestUrl(string Path, string Query)
{
    /// <summary>Takes a path with query, or a whole Graph URL, whose scheme and host are left off.</summary>
    public static RequestUrl Parse(string text)
    {
        var start = 0;
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            var authority = text.IndexOf("//", StringComparison.Ordinal) + 2;
            var end = text.AsSpan(authority).IndexOfAny('/', '?');
            start = end < 0 ? text.Length : authority + end;
        }

        var rest = text[start..];
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? new(rest, "") : new(rest[..mark], rest[(mark + 1)..]);
    }
}
