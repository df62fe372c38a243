using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Psoxy.Core.Rules.Dialect;

/// <summary>
/// Rewrites Java's regex dialect (java.util.regex.Pattern) as .NET's, so that a match is Java's match: classes and case are ASCII, five line
/// ends count, groups are numbered from left to right whether they have a name or not. What cannot be said exactly is refused, never guessed.
/// What stays different: Java reads code points and .NET UTF-16 units, so that a dot is half of a character beyond FFFF; and a word boundary
/// is Unicode's, as in Java up to 18.
/// </summary>
internal sealed class JavaRegex
{
    private const string LineEnds = @"\n\r\u0085\u2028\u2029";
    private const string LineStart = $@"(?:(?=[\s\S])(?:\A|(?<=[{LineEnds}])(?<!\r(?=\n))))";
    private const string LineEnd = $@"(?:(?!(?<=\r)\n)(?=[{LineEnds}]|\z))";
    private const string LastLineEnd = $@"(?:(?!(?<=\r)\n)(?=(?:\r\n|[{LineEnds}])?\z))";
    private const int MaxRepeat = 1000;

    private readonly JavaCursor _cursor;
    private readonly NetWriter _net;
    private readonly bool _whole;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private int _groups;

    private JavaRegex(string java, bool whole, JavaFlags flags)
    {
        _cursor = new(java);
        _net = new(_cursor) { Flags = flags };
        _whole = whole;
    }

    /// <summary>Translates a regex.</summary>
    /// <param name="java">As the rules file has it.</param>
    /// <param name="whole">Whether it will be asked to match whole texts only.</param>
    /// <param name="flags">On from the beginning.</param>
    /// <param name="net">For .NET, without any options.</param>
    /// <param name="error">What is wrong and where.</param>
    public static bool TryTranslate(string java, bool whole, JavaFlags flags, out string net, [NotNullWhen(false)] out string? error)
    {
        var translation = new JavaRegex(java, whole, flags);
        while (!translation._cursor.Done) translation.Next();
        if (translation._net.Depth > 0) translation._cursor.Fail("a '(' is not closed");
        (net, error) = (translation._net.ToString(), translation._cursor.Error);
        return error is null;
    }

    private bool Has(JavaFlags flag) => _net.Flags.HasFlag(flag);

    private void Next()
    {
        if (Has(JavaFlags.Comments) && _cursor.SkipComments()) return;
        switch (_cursor.Peek())
        {
            case '\\':
                _cursor.At++;
                Escape();
                break;
            case '[':
                _cursor.At++;
                var read = JavaClassReader.Read(_cursor, _net.Flags, out var hasCase);
                if (hasCase) _net.Set(read);
                else _net.Atom(read);
                break;
            case '(':
                _cursor.At++;
                Open();
                break;
            case ')': Close(); break;
            case '*' or '+' or '?' or '{': Quantifier(); break;
            case '.': One(Has(JavaFlags.DotAll) ? @"[\s\S]" : $"[^{LineEnds}]"); break;
            case '^': One(Has(JavaFlags.Multiline) ? LineStart : @"\A"); break;
            case '$':
                _cursor.At++;
                _net.Atom(Has(JavaFlags.Multiline) ? LineEnd : End());
                break;
            case '|':
                _cursor.At++;
                _net.Alternative();
                break;
            default: _net.Literal(_cursor.ReadRaw()); break;
        }
    }

    private void One(string net)
    {
        _cursor.At++;
        _net.Atom(net);
    }

    // Where only whole texts match, what stands last cannot be followed by a line end: \z then says the same and needs no look-around.
    private string End() => _whole && (_cursor.Rest(c => c is ')' or '$') || (_net.Depth == 0 && _cursor.Peek() == '|')) ? @"\z" : LastLineEnd;

    private void Escape()
    {
        var letter = _cursor.Peek();
        if (JavaClasses.Shorthand(letter) is { } shorthand)
        {
            One(shorthand.ToNet(negated: false));
            return;
        }

        switch (letter)
        {
            case 'Q':
                _cursor.At++;
                foreach (var rune in _cursor.ReadQuoted().EnumerateRunes()) _net.Literal(rune.Value);
                break;
            case 'p' or 'P':
                if (JavaClassReader.ReadProperty(_cursor, _net.Flags) is { } property) _net.Atom(property.ToNet(negated: false));
                break;
            // Repeated, it never takes a \r\n apart; alone it does where nothing else fits.
            case 'R': One($@"({(_cursor.Peek(1) is '*' or '+' or '?' or '{' ? "?>" : "?:")}\r\n|[{LineEnds}\x0B\x0C])"); break;
            case 'b' when _cursor.Peek(1) == '{': _cursor.Fail(@"'\b{' has no counterpart in .NET"); break;
            // Not as \b and \B: .NET 10 takes a repeated set before them for one that never gives back, and misses matches ([\u0000-/:-\uFFFF]{1,2}\b is \D{1,2}\b).
            case 'b': One(@"(?!\B)"); break;
            case 'B': One(@"(?!\b)"); break;
            case 'A' or 'z': One("\\" + letter); break;
            case 'Z':
                _cursor.At++;
                _net.Atom(End());
                break;
            case 'k': NamedReference(); break;
            case >= '1' and <= '9': NumberedReference(); break;
            default:
                if (_cursor.ReadEscaped() is { } code) _net.Literal(code);
                break;
        }
    }

    private void NamedReference()
    {
        _cursor.At++;
        var name = _cursor.Take("<") ? _cursor.Until(">") : null;
        if (name is not null && _names.TryGetValue(name, out var number)) Reference(number);
        else _cursor.Fail(@"'\k<…>' names no group before it");
    }

    private void NumberedReference()
    {
        var number = _cursor.Peek() - '0';
        _cursor.At++;
        if (number > _groups) _cursor.Fail($@"'\{number}' refers to a group that is not there yet");

        // Java takes another digit only where there are as many groups.
        while (char.IsAsciiDigit(_cursor.Peek()) && (number * 10) + _cursor.Peek() - '0' <= _groups)
        {
            number = (number * 10) + _cursor.Peek() - '0';
            _cursor.At++;
        }

        Reference(number);
    }

    private void Reference(int number)
    {
        if (Has(JavaFlags.IgnoreCase)) _cursor.Fail("a back reference under (?i) compares in another way in .NET");
        _net.Atom(string.Create(CultureInfo.InvariantCulture, $@"(?:\{number})"));
    }

    private void Open()
    {
        if (_cursor.Peek() != '?')
        {
            _groups++;
            _net.Begin("(", _net.Flags);
            return;
        }

        foreach (var kind in (ReadOnlySpan<string>)["?:", "?=", "?!", "?>", "?<=", "?<!"])
        {
            if (!_cursor.Take(kind)) continue;
            _net.Begin("(" + kind, _net.Flags);
            return;
        }

        _cursor.At++;
        if (_cursor.Take("<")) Name();
        else SetFlags();
    }

    private void Name()
    {
        var name = _cursor.Until(">") ?? "";
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !name.All(char.IsAsciiLetterOrDigit)) _cursor.Fail("'(?<' begins no name of letters and digits");
        else if (!_names.TryAdd(name, _groups + 1)) _cursor.Fail($"the group '{name}' stands there twice");

        // Without its name, since .NET would number it after all groups that have none.
        _groups++;
        _net.Begin("(", _net.Flags);
    }

    private void SetFlags()
    {
        var flags = _net.Flags;
        var on = true;
        for (; !_cursor.Done && _cursor.Peek() is not (')' or ':'); _cursor.At++)
        {
            if (_cursor.Peek() == '-' && on)
            {
                on = false;
                continue;
            }

            var flag = _cursor.Peek() switch
            {
                'i' => JavaFlags.IgnoreCase,
                'u' => JavaFlags.UnicodeCase,
                's' => JavaFlags.DotAll,
                'm' => JavaFlags.Multiline,
                'x' => JavaFlags.Comments,
                _ => JavaFlags.None,
            };
            if (flag == JavaFlags.None) _cursor.Fail($"'(?{_cursor.Peek()}' is not a flag or group that is the same in Java and .NET; the flags i, m, s, u, x are");
            flags = on ? flags | flag : flags & ~flag;
        }

        if (_cursor.Take(":")) _net.Begin("(?:", flags);
        else if (_cursor.Take(")")) _net.Flags = flags;
        else _cursor.Fail("'(?' is not closed");
    }

    private void Close()
    {
        if (_net.Depth == 0)
        {
            _cursor.Fail("a ')' without a '('");
            return;
        }

        _cursor.At++;
        _net.End();
    }

    private void Quantifier()
    {
        if (!_net.HasAtom)
        {
            _cursor.Fail($"nothing to repeat before '{_cursor.Peek()}'; escape it to mean the character");
            return;
        }

        var quantifier = _cursor.Peek().ToString();
        var times = 1;
        if (quantifier != "{") _cursor.At++;
        else if (ReadRepeat() is { } repeat) (quantifier, times) = repeat;
        else return;

        var lazy = _cursor.Take("?");
        _net.Repeat(lazy ? quantifier + '?' : quantifier, times, possessive: !lazy && _cursor.Take("+"));
    }

    private (string Net, int Times)? ReadRepeat()
    {
        var start = _cursor.At;
        _cursor.At++;
        var inside = _cursor.Until("}") ?? "";
        var comma = inside.IndexOf(',', StringComparison.Ordinal);
        var low = Repeat(comma < 0 ? inside : inside[..comma]);
        var high = comma < 0 ? low : comma == inside.Length - 1 ? low : Repeat(inside[(comma + 1)..]);
        if (low is null || high is null || high < low)
        {
            _cursor.At = start;
            _cursor.Fail($"a '{{' that begins no repetition such as {{2,5}} of at most {MaxRepeat}: escape it to mean the character");
            return null;
        }

        return ("{" + inside + "}", high.Value);
    }

    private static int? Repeat(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MaxRepeat ? count : null;
}
