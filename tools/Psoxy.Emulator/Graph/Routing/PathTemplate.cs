namespace Psoxy.Emulator.Graph.Routing;

/// <summary>A path with placeholders; a segment may be a function's call, whose arguments may come in any order.</summary>
internal sealed class PathTemplate(string template)
{
    private readonly string[] _segments = template.Split('/');

    /// <summary>What the placeholders stand for, or <c>null</c> where the path is another.</summary>
    public IReadOnlyDictionary<string, string>? Match(IReadOnlyList<string> path)
    {
        if (path.Count != _segments.Length) return null;
        var captured = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < path.Count; at++)
            if (!Matches(_segments[at], path[at], captured)) return null;
        return captured;
    }

    /// <summary>A path's segments; <c>users('id')</c> is read as <c>users/id</c>, and a function's namespace is left out.</summary>
    public static IReadOnlyList<string> Split(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            var open = segment.IndexOf("('", StringComparison.Ordinal);
            if (open > 0 && segment.EndsWith("')", StringComparison.Ordinal)) segments.AddRange([segment[..open], segment[(open + 2)..^2].Replace("''", "'", StringComparison.Ordinal)]);
            else if (segment.IndexOf('(', StringComparison.Ordinal) is > 0 and var call) segments.Add(segment[(segment[..call].LastIndexOf('.') + 1)..]);
            else segments.Add(segment);
        }

        return segments;
    }

    private static bool Matches(string wanted, string given, Dictionary<string, string> captured)
    {
        if (wanted.StartsWith('{'))
        {
            captured[wanted[1..^1]] = given;
            return given.Length > 0;
        }

        var open = wanted.IndexOf('(', StringComparison.Ordinal);
        if (open < 0) return wanted.Equals(given.EndsWith("()", StringComparison.Ordinal) ? given[..^2] : given, StringComparison.OrdinalIgnoreCase);
        if (!given.StartsWith(wanted[..(open + 1)], StringComparison.OrdinalIgnoreCase) || !given.EndsWith(')')) return false;
        var arguments = Arguments(given, open);
        foreach (var (name, placeholder) in Arguments(wanted, open))
        {
            if (!arguments.Remove(name, out var value)) return false;
            captured[placeholder[1..^1]] = value.Trim('\'');
        }

        return arguments.Count == 0;
    }

    private static Dictionary<string, string> Arguments(string call, int open)
    {
        var arguments = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in call[(open + 1)..^1].Split(',').Select(argument => argument.Split('=', 2))) arguments[pair[0].Trim()] = pair[^1].Trim();
        return arguments;
    }
}
