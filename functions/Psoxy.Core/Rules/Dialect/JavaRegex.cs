using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

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
    private const int MaxGroupDepth = 100;
    private const int MaxRepeat = 1000;
    private const long MaxSize = 20_000;

    private readonly JavaCursor _cursor;
    private readonly bool _whole;
    private readonly StringBuilder _net = new();
    private readonly Stack<Group> _open = new();
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private Group _group;
    private int _groups;
    private int _atom = -1;
    private long _atomSize;

    private JavaRegex(string java, bool whole, JavaFlags flags) => (_cursor, _whole, _group.Flags) = (new(java), whole, flags);

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
        if (translation._open.Count > 0) translation._cursor.Fail("a '(' is not closed");
        (net, error) = (translation._net.ToString(), translation._cursor.Error);
        return error is null;
    }

    private bool Has(JavaFlags flag) => _group.Flags.HasFlag(flag);

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
                Set(JavaClassReader.Read(_cursor, _group.Flags));
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
                Atom(Has(JavaFlags.Multiline) ? LineEnd : End());
                break;
            case '|':
                _cursor.At++;
                _net.Append('|');
                _atom = -1;
                break;
            default: Literal(_cursor.ReadRaw()); break;
        }
    }

    private void One(string net)
    {
        _cursor.At++;
        Atom(net);
    }

    private void Atom(string net, long size = 1)
    {
        _atom = _net.Length;
        _atomSize = size;
        Grow(size);
        _net.Append(net);
    }

    private void Grow(long size)
    {
        _group.Size += size;
        if (_group.Size > MaxSize) _cursor.Fail($"the repetitions multiply to more than {MaxSize} characters");
    }

    private void Set(string net) => Atom(Has(JavaFlags.IgnoreCase) && Has(JavaFlags.UnicodeCase) ? $"(?i:{net})" : net);

    private void Literal(int code)
    {
        if (code > char.MaxValue)
        {
            var pair = char.ConvertFromUtf32(code);
            Atom(string.Create(CultureInfo.InvariantCulture, $"(?:\\u{(int)pair[0]:X4}\\u{(int)pair[1]:X4})"), 2);
        }
        else if (Has(JavaFlags.IgnoreCase) && (char.IsAsciiLetter((char)code) || Has(JavaFlags.UnicodeCase)))
        {
            var set = CharSet.Of((code, code));
            set.FoldAsciiCase();
            Set(set.ToNet(negated: false));
        }
        else Atom(code < 128 && char.IsAsciiLetterOrDigit((char)code) ? ((char)code).ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{code:X4}"));
    }

    // Where only whole texts match, what stands last cannot be followed by a line end: \z then says the same and needs no look-around.
    private string End() => _whole && (_cursor.Rest(c => c is ')' or '$') || (_open.Count == 0 && _cursor.Peek() == '|')) ? @"\z" : LastLineEnd;

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
                foreach (var rune in _cursor.ReadQuoted().EnumerateRunes()) Literal(rune.Value);
                break;
            case 'p' or 'P':
                if (JavaClassReader.ReadProperty(_cursor, _group.Flags) is { } property) Set(property.ToNet(negated: false));
                break;
            case 'R': One($@"(?:\r\n|[{LineEnds}\x0B\x0C])"); break;
            case 'b' when _cursor.Peek(1) == '{': _cursor.Fail(@"'\b{' has no counterpart in .NET"); break;
            case 'b' or 'B' or 'A' or 'z': One("\\" + letter); break;
            case 'Z':
                _cursor.At++;
                Atom(End());
                break;
            case 'k': NamedReference(); break;
            case >= '1' and <= '9': NumberedReference(); break;
            default:
                if (_cursor.ReadEscaped() is { } code) Literal(code);
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
        Atom(string.Create(CultureInfo.InvariantCulture, $@"(?:\{number})"));
    }

    private void Open()
    {
        if (_open.Count >= MaxGroupDepth) _cursor.Fail($"groups nested deeper than {MaxGroupDepth}");
        _group.Start = _net.Length;
        if (_cursor.Peek() != '?')
        {
            _groups++;
            Begin("(", _group.Flags);
            return;
        }

        foreach (var kind in (ReadOnlySpan<string>)["?:", "?=", "?!", "?>", "?<=", "?<!"])
        {
            if (!_cursor.Take(kind)) continue;
            Begin("(" + kind, _group.Flags);
            return;
        }

        _cursor.At++;
        if (_cursor.Take("<")) Name();
        else SetFlags();
    }

    private void Begin(string net, JavaFlags flags)
    {
        _open.Push(_group);
        _group = new Group { Flags = flags };
        _net.Append(net);
        _atom = -1;
    }

    private void Name()
    {
        var name = _cursor.Until(">") ?? "";
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !name.All(char.IsAsciiLetterOrDigit)) _cursor.Fail("'(?<' begins no name of letters and digits");
        else if (!_names.TryAdd(name, _groups + 1)) _cursor.Fail($"the group '{name}' stands there twice");

        // Without its name, since .NET would number it after all groups that have none.
        _groups++;
        Begin("(", _group.Flags);
    }

    private void SetFlags()
    {
        var flags = _group.Flags;
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

        if (_cursor.Take(":")) Begin("(?:", flags);
        else if (_cursor.Take(")")) _group.Flags = flags;
        else _cursor.Fail("'(?' is not closed");
    }

    private void Close()
    {
        if (_open.Count == 0)
        {
            _cursor.Fail("a ')' without a '('");
            return;
        }

        var inside = _group.Size;
        _group = _open.Pop();
        _cursor.At++;
        _net.Append(')');
        _atom = _group.Start;
        _atomSize = inside;
        Grow(inside);
    }

    private void Quantifier()
    {
        if (_atom < 0)
        {
            _cursor.Fail($"nothing to repeat before '{_cursor.Peek()}'; escape it to mean the character");
            return;
        }

        string quantifier;
        if (_cursor.Peek() == '{')
        {
            if (ReadRepeat() is not { } repeat) return;
            quantifier = repeat;
        }
        else
        {
            quantifier = _cursor.Peek().ToString();
            _cursor.At++;
        }

        if (_cursor.Take("?")) quantifier += '?';
        else if (_cursor.Take("+"))
        {
            // Possessive: an atomic group says the same.
            _net.Insert(_atom, "(?>");
            quantifier += ')';
        }

        _net.Append(quantifier);
        _atom = -1;
    }

    private string? ReadRepeat()
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

        Grow(_atomSize * Math.Max(0, high.Value - 1));
        return "{" + inside + "}";
    }

    private static int? Repeat(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MaxRepeat ? count : null;

    private struct Group
    {
        public JavaFlags Flags;
        public long Size;
        public int Start;
    }
}
