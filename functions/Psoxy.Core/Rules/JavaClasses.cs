using System.Globalization;

namespace Psoxy.Core.Rules;

/// <summary>Java's character classes as the inside of a .NET class.</summary>
internal static class JavaClasses
{
    /// <summary>ASCII, as Java has it without UNICODE_CHARACTER_CLASS.</summary>
    public static string Shorthand(char c) => c switch
    {
        'd' => "0-9",
        'D' => @"\u0000-/:-\uFFFF",
        'w' => "a-zA-Z0-9_",
        'W' => @"\u0000-/:-@\[-\^`{-\uFFFF",
        's' => @" \t\n\x0B\f\r",
        'S' => @"\u0000-\u0008\u000E-\u001F!-\uFFFF",
        'h' => @" \t\u00A0\u1680\u180E\u2000-\u200A\u202F\u205F\u3000",
        'H' => @"\u0000-\u0008\u000A-\u001F!-\u009F\u00A1-\u167F\u1681-\u180D\u180F-\u1FFF\u200B-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uFFFF",
        _ => throw new ArgumentOutOfRangeException(nameof(c)),
    };

    /// <summary>The inside of a class for <c>\p{name}</c>, or <c>null</c>.</summary>
    public static string? Property(string name) => name switch
    {
        "Lower" => "a-z",
        "Upper" => "A-Z",
        "ASCII" => @"\x00-\x7F",
        "Alpha" => "a-zA-Z",
        "Digit" => "0-9",
        "Alnum" => "a-zA-Z0-9",
        "Punct" => @"!-/:-@\[-`{-~",
        "Graph" => "!-~",
        "Print" => " -~",
        "Blank" => @" \t",
        "Cntrl" => @"\x00-\x1F\x7F",
        "XDigit" => "0-9a-fA-F",
        "Space" => @" \t\n\x0B\f\r",
        "L" or "Lu" or "Ll" or "Lt" or "Lm" or "Lo" or "M" or "Mn" or "Mc" or "Me" or "N" or "Nd" or "Nl" or "No"
            or "P" or "Pc" or "Pd" or "Ps" or "Pe" or "Pi" or "Pf" or "Po" or "S" or "Sm" or "Sc" or "Sk" or "So" or "Z" or "Zs" or "Zl" or "Zp" => $@"\p{{{name}}}",
        "IsL" or "IsN" or "IsP" => $@"\p{{{name[2..]}}}",
        "IsAlphabetic" or "IsLetter" => @"\p{L}\p{Nl}",
        "IsDigit" => @"\p{Nd}",
        _ => null,
    };

    /// <summary>One character that stands for itself, in and out of a class.</summary>
    public static string Literal(char c) => char.IsAsciiLetterOrDigit(c) ? c.ToString() : "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture);
}
