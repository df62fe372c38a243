using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Psoxy.Core.Rules;

/// <summary>
/// Rewrites Java's regex dialect (java.util.regex.Pattern) as .NET's. Where both read a construct alike it stays; where .NET would read
/// something else it is translated or refused. Java's classes are ASCII, its dot stops at five line ends, and a match must never keep more than Java's.
/// </summary>
internal ref struct JavaRegex(string java)
{
    private const string NotLineEnd = @"[^\n\r\u0085\u2028\u2029]";
    private const int MaxRepeat = 1000;
    private static readonly SearchValues<char> SharedFlags = SearchValues.Create("imsxu-");

    private readonly string _java = java;
    private readonly StringBuilder _net = new();
    private readonly Stack<int> _groups = new();
    private int _at;
    private int _atom;
    private bool _dotAll;
    private string? _error;

    public static bool TryTranslate(string java, out string net, [NotNullWhen(false)] out string? error)
    {
        var translation = new JavaRegex(java) { _dotAll = HasFlag(java, 's') };
        translation.Run();
        (net, error) = (translation._net.ToString(), translation._error);
        return error is null;
    }

    // (?s) anywhere turns the dot loose everywhere: rules files have it in front or not at all.
    private static bool HasFlag(string java, char flag)
    {
        for (var at = java.IndexOf("(?", StringComparison.Ordinal); at >= 0; at = java.IndexOf("(?", at + 2, StringComparison.Ordinal))
        {
            var end = at + 2;
            while (end < java.Length && char.IsAsciiLetter(java[end])) end++;
            if (end < java.Length && java[end] is ')' or ':' && java.AsSpan(at + 2, end - at - 2).Contains(flag)) return true;
        }

        return false;
    }

    private void Run()
    {
        while (_error is null && _at < _java.Length)
        {
            switch (_java[_at])
            {
                case '\\': Escape(); break;
                case '[': Class(); break;
                case '(': Open(); break;
                case ')': Close(); break;
                case '.': Atom(_dotAll ? "." : NotLineEnd, 1); break;
                case '*' or '+' or '?' or '{': Quantifier(); break;
                case '|' or '^' or '$': _atom = _net.Length; _net.Append(_java[_at++]); break;
                default: Atom(_java[_at].ToString(), 1); break;
            }
        }

        if (_error is null && _groups.Count > 0) Fail("a '(' is not closed");
    }

    private void Atom(string net, int consumed)
    {
        _atom = _net.Length;
        _net.Append(net);
        _at += consumed;
    }

    private void Open()
    {
        _groups.Push(_net.Length);
        _at++;
        _net.Append('(');
        if (_at >= _java.Length || _java[_at] != '?') return;
        var end = _at + 1;
        while (end < _java.Length && (char.IsAsciiLetter(_java[end]) || _java[end] == '-')) end++;
        if (end >= _java.Length || _java[end] is not (')' or ':') || end == _at + 1 && _java[end] == ':') return;

        // Inline flags. 'u' (Unicode case) is what .NET does anyway; (?) and what becomes empty means nothing.
        var flags = _java[(_at + 1)..end];
        if (flags.AsSpan().ContainsAnyExcept(SharedFlags))
        {
            Fail($"the flags '(?{flags})' mean something else in .NET, or nothing");
            return;
        }

        flags = flags.Replace("u", "", StringComparison.Ordinal).TrimEnd('-');
        if (flags.Length == 0 && _java[end] == ')')
        {
            _net.Length = _groups.Pop();
            _at = end + 1;
            return;
        }

        _net.Append('?').Append(flags);
        _at = end;
        if (_java[end] == ':') _net.Append(_java[_at++]);
    }

    private void Close()
    {
        if (_groups.Count == 0)
        {
            Fail("a ')' without a '('");
            return;
        }

        _atom = _groups.Pop();
        _net.Append(')');
        _at++;
    }

    private void Quantifier()
    {
        var start = _at;
        if (_java[_at] == '{')
        {
            var end = _java.IndexOf('}', _at);
            if (end < 0 || !IsRepeat(_java.AsSpan(_at + 1, end - _at - 1)))
            {
                Fail("a '{' that opens no repetition such as {2,5}, or one of more than 1,000: escape it as '\\{'");
                return;
            }

            _at = end + 1;
        }
        else _at++;

        var quantifier = _java[start.._at];
        if (_at < _java.Length && _java[_at] == '?')
        {
            quantifier += '?';
            _at++;
        }
        else if (_at < _java.Length && _java[_at] == '+')
        {
            // Possessive: an atomic group says the same.
            _net.Insert(_atom, "(?>");
            quantifier += ')';
            _at++;
        }

        _net.Append(quantifier);
    }

    private static bool IsRepeat(ReadOnlySpan<char> inside)
    {
        var comma = inside.IndexOf(',');
        var low = comma < 0 ? inside : inside[..comma];
        var high = comma < 0 ? low : inside[(comma + 1)..];
        return IsCount(low) && (high.IsEmpty || IsCount(high));
    }

    private static bool IsCount(ReadOnlySpan<char> digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MaxRepeat;

    private void Escape()
    {
        if (_at + 1 >= _java.Length)
        {
            Fail("a '\\' at the end");
            return;
        }

        var c = _java[_at + 1];
        switch (c)
        {
            case 'Q': Quoted(); break;
            case 'd' or 'w' or 's' or 'h' or 'D' or 'W' or 'S' or 'H': Atom("[" + JavaClasses.Shorthand(c) + "]", 2); break;
            case 'R': Atom(@"(?:\r\n|[\n\x0B\f\r\u0085\u2028\u2029])", 2); break;
            case 'p' or 'P': Property(inClass: false); break;
            case 'x' when _at + 2 < _java.Length && _java[_at + 2] == '{': CodePoint(); break;
            case 'b' or 'B' or 'A' or 'z' or 'Z': _atom = _net.Length; _net.Append('\\').Append(c); _at += 2; break;
            case 't' or 'n' or 'r' or 'f' or 'a' or 'e' or 'x' or 'u' or 'c' or 'k' or (>= '1' and <= '9'): Atom("\\" + c, 2); break;
            default:
                if (char.IsAsciiLetterOrDigit(c)) Fail($"'\\{c}' means something else in .NET, or nothing");
                else Atom("\\" + c, 2);
                break;
        }
    }

    private void Quoted()
    {
        var end = _java.IndexOf(@"\E", _at + 2, StringComparison.Ordinal);
        foreach (var c in _java.AsSpan(_at + 2, (end < 0 ? _java.Length : end) - _at - 2)) Atom(JavaClasses.Literal(c), 0);
        _at = end < 0 ? _java.Length : end + 2;
    }

    private void CodePoint()
    {
        var end = _java.IndexOf('}', _at);
        if (end > 0 && int.TryParse(_java.AsSpan(_at + 3, end - _at - 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code is >= 0 and <= 0xFFFF)
            Atom(FormattableString.Invariant($"\\u{code:X4}"), end + 1 - _at);
        else Fail("'\\x{…}' beyond FFFF cannot be one .NET character");
    }

    private void Property(bool inClass)
    {
        var end = _java.IndexOf('}', _at);
        var name = end > _at + 3 && _java[_at + 2] == '{' ? _java[(_at + 3)..end] : null;
        if (name is null || JavaClasses.Property(name) is not { } set)
        {
            Fail($"'{_java[_at..Math.Min(_java.Length, _at + 12)]}…' is not a character property that we read");
            return;
        }

        var negated = _java[_at + 1] == 'P';
        var consumed = end + 1 - _at;
        if (!inClass) Atom((negated ? "[^" : "[") + set + "]", consumed);
        else if (negated && !set.StartsWith(@"\p", StringComparison.Ordinal)) Fail("a negated ASCII property inside […] cannot be translated");
        else
        {
            _net.Append(negated ? set.Replace(@"\p", @"\P", StringComparison.Ordinal) : set);
            _at += consumed;
        }
    }

    private void Class()
    {
        _atom = _net.Length;
        _net.Append(_java[_at++]);
        if (_at < _java.Length && _java[_at] == '^') _net.Append(_java[_at++]);
        var first = true;
        while (_error is null)
        {
            if (_at >= _java.Length)
            {
                Fail("a '[' is not closed");
                return;
            }

            var c = _java[_at];
            if (c == ']' && !first)
            {
                _net.Append(c);
                _at++;
                return;
            }

            first = false;
            if (c == '[') Fail("'[' inside […] is a union in Java and a character in .NET: escape it as '\\['");
            else if (c == '&' && _at + 1 < _java.Length && _java[_at + 1] == '&') Fail("'&&' inside […] is an intersection in Java; .NET has none");
            else if (c == '\\') ClassEscape();
            else
            {
                _net.Append(c == '-' && _at + 1 < _java.Length && _java[_at + 1] == '[' ? @"\-" : c.ToString());
                _at++;
            }
        }
    }

    private void ClassEscape()
    {
        var c = _at + 1 < _java.Length ? _java[_at + 1] : '\0';
        switch (c)
        {
            case 'd' or 'w' or 's' or 'h' or 'D' or 'W' or 'S' or 'H': _net.Append(JavaClasses.Shorthand(c)); _at += 2; break;
            case 'p' or 'P': Property(inClass: true); break;
            case 't' or 'n' or 'r' or 'f' or 'a' or 'e' or 'x' or 'u' or 'c': _net.Append('\\').Append(c); _at += 2; break;
            case 'Q':
                var end = _java.IndexOf(@"\E", _at + 2, StringComparison.Ordinal);
                if (end < 0) { Fail(@"'\Q' inside […] is not closed by '\E'"); break; }
                foreach (var literal in _java.AsSpan(_at + 2, end - _at - 2)) _net.Append(JavaClasses.Literal(literal));
                _at = end + 2;
                break;
            default:
                if (char.IsAsciiLetterOrDigit(c) || c == '\0') Fail($"'\\{c}' inside […] means something else in .NET, or nothing");
                else { _net.Append('\\').Append(c); _at += 2; }
                break;
        }
    }

    private void Fail(string error) => _error ??= $"{error} (at character {_at + 1} of the regex)";
}
