namespace Psoxy.Core.Rules.Dialect;

/// <summary>Java's predefined classes. They are ASCII (no UNICODE_CHARACTER_CLASS), unlike .NET's of the same name.</summary>
internal static class JavaClasses
{
    private static readonly string[] CaseBound = ["Lower", "Upper", "Lu", "Ll", "Lt"];

    private static readonly string[] Categories =
    [
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp",
    ];

    /// <summary><c>\d \w \s \h \v</c> and their negations; <c>null</c> for any other letter.</summary>
    public static CharSet? Shorthand(char letter)
    {
        var set = char.ToLowerInvariant(letter) switch
        {
            'd' => CharSet.Of(('0', '9')),
            'w' => CharSet.Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')),
            's' => CharSet.Of(('\t', '\r'), (' ', ' ')),
            'h' => CharSet.Of(('\t', '\t'), (' ', ' '), (0xA0, 0xA0), (0x1680, 0x1680), (0x180E, 0x180E), (0x2000, 0x200A), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)),
            'v' => CharSet.Of(('\n', '\r'), (0x85, 0x85), (0x2028, 0x2029)),
            _ => null,
        };
        return set is null || char.IsAsciiLetterLower(letter) ? set : set.Complement();
    }

    /// <summary><c>\p{name}</c>; <c>null</c> with the reason where .NET has nothing that is exactly that.</summary>
    public static CharSet? Property(string name, bool negated, bool ignoreCase, out string? error)
    {
        error = null;
        var category = name switch
        {
            "IsLetter" => "L",
            "IsDigit" => "Nd",
            "IsPunctuation" => "P",
            _ when name.StartsWith("gc=", StringComparison.Ordinal) => name[3..],
            _ when name.StartsWith("Is", StringComparison.Ordinal) => name[2..],
            _ => name,
        };
        if (ignoreCase && CaseBound.Contains(category, StringComparer.Ordinal))
        {
            error = $"'\\p{{{name}}}' under (?i) means one thing in some versions of Java and another in others: write the letters out";
            return null;
        }

        if (Posix(name) is { } posix) return negated ? posix.Complement() : posix;
        if (Categories.Contains(category, StringComparer.Ordinal)) return CharSet.OfCategory(category, negated);
        error = $"the character property '{name}' has no exact counterpart in .NET: use a category such as \\p{{L}}, or a POSIX class such as \\p{{Alpha}}";
        return null;
    }

    private static CharSet? Posix(string name) => name switch
    {
        "Lower" => CharSet.Of(('a', 'z')),
        "Upper" => CharSet.Of(('A', 'Z')),
        "ASCII" => CharSet.Of((0, 0x7F)),
        "Alpha" => CharSet.Of(('A', 'Z'), ('a', 'z')),
        "Digit" => CharSet.Of(('0', '9')),
        "Alnum" => CharSet.Of(('0', '9'), ('A', 'Z'), ('a', 'z')),
        "Punct" => CharSet.Of(('!', '/'), (':', '@'), ('[', '`'), ('{', '~')),
        "Graph" => CharSet.Of(('!', '~')),
        "Print" => CharSet.Of((' ', '~')),
        "Blank" => CharSet.Of(('\t', '\t'), (' ', ' ')),
        "Cntrl" => CharSet.Of((0, 0x1F), (0x7F, 0x7F)),
        "XDigit" => CharSet.Of(('0', '9'), ('A', 'F'), ('a', 'f')),
        "Space" => CharSet.Of(('\t', '\r'), (' ', ' ')),
        _ => null,
    };
}
