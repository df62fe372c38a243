using System.Collections.Immutable;

namespace Psoxy.Core.Gate.OData;

/// <summary>A cursor over the text of an OData option, with what all of its grammars share. It reads a small subset; the rest is not understood.</summary>
internal ref struct ODataReader(ReadOnlySpan<char> text)
{
    private const int MaxPath = 16;
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    public readonly bool AtEnd => _at >= _text.Length;

    private readonly char Peek => _at < _text.Length ? _text[_at] : '\0';

    public bool Blanks()
    {
        var start = _at;
        while (Peek == ' ') _at++;
        return _at > start;
    }

    public readonly bool IsNext(char c) => !AtEnd && Peek == c;

    public bool Take(char c)
    {
        if (!IsNext(c)) return false;
        _at++;
        return true;
    }

    /// <summary>A separator with blanks around it.</summary>
    public bool TakeSeparator(char c)
    {
        var start = _at;
        Blanks();
        if (Take(c))
        {
            Blanks();
            return true;
        }

        _at = start;
        return false;
    }

    /// <summary>A lower-case word with a blank before and behind it.</summary>
    public bool TakeOperator(string word)
    {
        var start = _at;
        if (Blanks() && TakeWord(word) && Blanks()) return true;
        _at = start;
        return false;
    }

    public bool TakeWord(string word)
    {
        if (!_text[_at..].StartsWith(word, StringComparison.Ordinal)) return false;
        var end = _at + word.Length;
        if (end < _text.Length && IsWord(_text[end])) return false;
        _at = end;
        return true;
    }

    /// <summary>A name as OData has it: letters, digits, underscore. No dots, so no casts; no <c>$</c> or <c>@</c>, so no aliases.</summary>
    public bool TryName(out string name)
    {
        var start = _at;
        while (IsWord(Peek)) _at++;
        name = _text[start.._at].ToString();
        return name.Length > 0 && !char.IsAsciiDigit(name[0]);
    }

    /// <summary>Names joined by slashes.</summary>
    public bool TryPath(out ImmutableArray<string> path)
    {
        path = [];
        var names = ImmutableArray.CreateBuilder<string>();
        do
        {
            if (names.Count == MaxPath || !TryName(out var name)) return false;
            names.Add(name);
        }
        while (Take('/'));
        path = names.ToImmutable();
        return true;
    }

    /// <summary>A constant; texts without their quotes.</summary>
    public bool TryLiteral(out string value)
    {
        if (Peek == '\'') return TryText(out value);
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek) || Peek is '-' or '+' or '.' or ':') _at++;
        value = _text[start.._at].ToString();
        return ODataLiteral.IsPlain(value);
    }

    public bool TryText(out string value)
    {
        value = "";
        if (!Take('\'')) return false;
        var start = _at;
        while (!AtEnd)
        {
            if (Peek != '\'') _at++;
            else if (_at + 1 < _text.Length && _text[_at + 1] == '\'') _at += 2;
            else
            {
                value = _text[start.._at].ToString().Replace("''", "'", StringComparison.Ordinal);
                _at++;
                return true;
            }
        }

        return false;
    }

    /// <summary>What is inside the parentheses that open here, nested ones and quoted texts included. Where they do not close, nothing is taken.</summary>
    public bool TryParenthesized(out ReadOnlySpan<char> inside)
    {
        var open = _at;
        if (TryReadParenthesized(out inside)) return true;
        _at = open;
        return false;
    }

    private bool TryReadParenthesized(out ReadOnlySpan<char> inside)
    {
        inside = default;
        if (!Take('(')) return false;
        var start = _at;
        var depth = 1;
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == '\'')
            {
                if (!TryText(out _)) return false;
                _at--;
            }
            else if (_text[_at] == '(') depth++;
            else if (_text[_at] == ')' && --depth == 0)
            {
                inside = _text[start.._at];
                _at++;
                return true;
            }
        }

        return false;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
