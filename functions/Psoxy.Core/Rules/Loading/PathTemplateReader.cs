using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Psoxy.Core.Gate;

namespace Psoxy.Core.Rules.Loading;

/// <summary>Reads <c>pathTemplate</c>.</summary>
internal static class PathTemplateReader
{
    private const int MaxSegments = 64;
    private const int MaxLength = 2048;

    public static bool TryRead(string text, [NotNullWhen(true)] out PathTemplate? template, [NotNullWhen(false)] out string? error)
    {
        template = null;
        if (!text.StartsWith('/'))
        {
            error = "a path template begins with '/'";
            return false;
        }

        if (text.Length > MaxLength)
        {
            error = $"{text.Length} characters; {MaxLength} at most";
            return false;
        }

        var segments = ImmutableArray.CreateBuilder<TemplateSegment>();
        var names = new HashSet<string>(StringComparer.Ordinal);

        // The original's templates may end with a slash. No canonical path does, so it says nothing.
        foreach (var segment in text[1..(text.Length > 1 && text[^1] == '/' ? ^1 : ^0)].Split('/'))
        {
            if (segments.Count == MaxSegments)
            {
                error = $"more than {MaxSegments} segments";
                return false;
            }

            if (segment.Length == 0)
            {
                error = "an empty segment ('//' or '/' at the end) matches no request";
                return false;
            }

            if (segment is "." or "..")
            {
                error = "a segment '.' or '..' matches no request";
                return false;
            }

            if (!TryReadSegment(segment, names, out var parts, out error)) return false;
            segments.Add(new TemplateSegment(parts));
        }

        template = new PathTemplate(text, segments.ToImmutable());
        error = null;
        return true;
    }

    private static bool TryReadSegment(string segment, HashSet<string> names, out ImmutableArray<TemplatePart> parts, [NotNullWhen(false)] out string? error)
    {
        var read = ImmutableArray.CreateBuilder<TemplatePart>();
        parts = [];
        for (var at = 0; at < segment.Length;)
        {
            if (segment[at] != '{')
            {
                var end = segment.IndexOfAny(['{', '}'], at);
                if (end < 0) end = segment.Length;
                if (end < segment.Length && segment[end] == '}')
                {
                    error = "a '}' without a '{'";
                    return false;
                }

                // '{name?}' ends in a question mark, so that a query can only be told from it here.
                var literal = segment.AsSpan(at, end - at);
                if (literal.IndexOfAny('?', '#') is >= 0 and var forbidden)
                {
                    error = literal[forbidden] == '?' ? "a path template has no query: list it in 'allowedQueryParams'" : "a path template has no '#'";
                    return false;
                }

                read.Add(new TemplateLiteral(CanonicalEncoding.Encode(literal)));
                at = end;
                continue;
            }

            var close = segment.IndexOf('}', at);
            var inside = close < 0 ? "" : segment[(at + 1)..close];
            var optional = inside.EndsWith('?');
            var name = optional ? inside[..^1] : inside;
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            {
                error = "expected '{name}' or '{name?}', the name of letters, digits, '_' or '-'";
                return false;
            }

            if (read is [.., TemplateParameter])
            {
                error = "two parameters touch, so that nobody can say where one ends";
                return false;
            }

            if (!names.Add(name))
            {
                error = $"the parameter '{name}' stands there twice";
                return false;
            }

            read.Add(new TemplateParameter(name, optional));
            at = close + 1;
        }

        parts = read.ToImmutable();
        error = null;
        return true;
    }
}
