namespace Psoxy.Emulator.Graph.OData;

internal enum FilterTokenKind
{
    End = 0,
    Word,
    Text,
    Open,
    Close,
    Comma,
    Colon,
    Slash,
}

/// <summary>A piece of a filter.</summary>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text)
{
    public static IReadOnlyList<FilterToken> ListOf(string filter)
    {
        var tokens = new List<FilterToken>();
        var at = 0;
        while (at < filter.Length)
        {
            var kind = filter[at] switch
            {
                '(' => FilterTokenKind.Open,
                ')' => FilterTokenKind.Close,
                ',' => FilterTokenKind.Comma,
                ':' => FilterTokenKind.Colon,
                '/' => FilterTokenKind.Slash,
                _ => FilterTokenKind.End,
            };
            if (char.IsWhiteSpace(filter[at])) at++;
            else if (filter[at] == '\'') tokens.Add(new(FilterTokenKind.Text, Quoted(filter, ref at)));
            else if (kind != FilterTokenKind.End) tokens.Add(new(kind, filter[at++].ToString()));
            else tokens.Add(new(FilterTokenKind.Word, Word(filter, ref at)));
        }

        tokens.Add(new(FilterTokenKind.End, ""));
        return tokens;
    }

    private static string Quoted(string filter, ref int at)
    {
        var start = ++at;
        while (true)
        {
            var end = filter.IndexOf('\'', at);
            if (end < 0) throw new FilterException($"There is an unterminated string literal at position {start} in '{filter}'.");
            at = end + 1;
            if (at == filter.Length || filter[at] != '\'') return filter[start..end].Replace("''", "'", StringComparison.Ordinal);
            at++;
        }
    }

    // A time's colons belong to it; a lambda's variable ends at one.
    private static string Word(string filter, ref int at)
    {
        var start = at;
        while (at < filter.Length && (char.IsLetterOrDigit(filter[at]) || filter[at] is '_' or '.' or '-' or '+' or '@' or '$' || (filter[at] == ':' && char.IsDigit(filter[start])))) at++;
        return at > start ? filter[start..at] : throw new FilterException($"Syntax error: character '{filter[at]}' is not valid at position {at} in '{filter}'.");
    }
}
