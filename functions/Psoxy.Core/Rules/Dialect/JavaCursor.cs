using System.Buffers;
using System.Globalization;

namespace Psoxy.Core.Rules.Dialect;

/// <summary>A place in a Java regex, and what is read alike inside and outside of a class: escapes that stand for one character.</summary>
internal sealed class JavaCursor(string java)
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public int At { get; set; }

    public string? Error { get; private set; }

    public bool Done => Error is not null || At >= java.Length;

    /// <summary>The character <paramref name="ahead"/> of here; NUL past the end.</summary>
    public char Peek(int ahead = 0) => At + ahead < java.Length ? java[At + ahead] : '\0';

    public bool Take(string text)
    {
        if (!java.AsSpan(At).StartsWith(text, StringComparison.Ordinal)) return false;
        At += text.Length;
        return true;
    }

    public bool Rest(Predicate<char> all)
    {
        foreach (var c in java.AsSpan(At))
            if (!all(c)) return false;
        return true;
    }

    public void Fail(string error) => Error ??= $"{error} (at character {At + 1} of the regex)";

    /// <summary>The text up to <paramref name="end"/>, which is passed over; <c>null</c> if it does not come.</summary>
    public string? Until(string end)
    {
        var found = java.IndexOf(end, At, StringComparison.Ordinal);
        if (found < 0) return null;
        var text = java[At..found];
        At = found + end.Length;
        return text;
    }

    /// <summary>With the flag <c>x</c>: passes over blanks and comments.</summary>
    public bool SkipComments()
    {
        var start = At;
        while (At < java.Length && java[At] is ' ' or (>= '\t' and <= '\r') or '#')
        {
            if (java[At] == '#')
                while (At < java.Length && java[At] is not ('\n' or '\r' or '\u0085' or '\u2028' or '\u2029')) At++;
            else At++;
        }

        return At > start;
    }

    /// <summary>One code point as it stands.</summary>
    public int ReadRaw()
    {
        var code = char.IsHighSurrogate(Peek()) && char.IsLowSurrogate(Peek(1)) ? char.ConvertToUtf32(Peek(), Peek(1)) : Peek();
        At += code > char.MaxValue ? 2 : 1;
        return code;
    }

    /// <summary>The text between <c>\Q</c>, which has been read, and <c>\E</c> or the end.</summary>
    public string ReadQuoted()
    {
        if (Until(@"\E") is { } quoted) return quoted;
        var rest = java[At..];
        At = java.Length;
        return rest;
    }

    /// <summary>The character that an escape stands for, the cursor being on the letter after the backslash; <c>null</c> after <see cref="Fail"/>.</summary>
    public int? ReadEscaped()
    {
        var letter = Peek();
        switch (letter)
        {
            case 't': At++; return '\t';
            case 'n': At++; return '\n';
            case 'r': At++; return '\r';
            case 'f': At++; return '\f';
            case 'a': At++; return '\a';
            case 'e': At++; return 0x1B;
            case 'c' when Peek(1) != '\0': At += 2; return Peek(-1) ^ 64;
            case 'u': return ReadUnit();
            case 'x': return Peek(1) == '{' ? ReadCodePoint() : ReadHex(1, 2);
            case '0': return ReadOctal();
        }

        if (At < java.Length && !char.IsAsciiLetterOrDigit(letter)) return ReadRaw();
        Fail(At < java.Length ? $"'\\{letter}' here means something else in .NET, or nothing" : "a '\\' at the end");
        return null;
    }

    private int? ReadUnit()
    {
        if (ReadHex(1, 4) is not { } unit) return null;
        if (!char.IsHighSurrogate((char)unit) || Peek() != '\\' || Peek(1) != 'u') return unit;
        At++;
        if (ReadHex(1, 4) is not { } low) return null;
        if (char.IsLowSurrogate((char)low)) return char.ConvertToUtf32((char)unit, (char)low);
        At -= 6;
        return unit;
    }

    private int? ReadHex(int from, int digits)
    {
        if (TryHex(At + from, digits, out var code))
        {
            At += from + digits;
            return code;
        }

        Fail($"'\\{Peek()}' needs {digits} hexadecimal digits");
        return null;
    }

    private int? ReadCodePoint()
    {
        var end = java.IndexOf('}', At);
        if (end > At + 2 && end - At - 2 <= 8 && TryHex(At + 2, end - At - 2, out var code) && code <= 0x10FFFF)
        {
            At = end + 1;
            return code;
        }

        Fail("'\\x{…}' needs a hexadecimal number up to 10FFFF");
        return null;
    }

    private int? ReadOctal()
    {
        var digits = 0;
        var code = 0;
        while (digits < 3 && Peek(1 + digits) is >= '0' and <= '7' && (digits < 2 || code < 32)) code = code * 8 + Peek(1 + digits++) - '0';
        if (digits == 0) Fail("'\\0' needs octal digits");
        At += 1 + digits;
        return digits == 0 ? null : code;
    }

    private bool TryHex(int at, int digits, out int code)
    {
        code = 0;
        return at + digits <= java.Length
            && !java.AsSpan(at, digits).ContainsAnyExcept(HexDigits)
            && int.TryParse(java.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code)
            && code >= 0;
    }
}
