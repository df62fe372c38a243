namespace Psoxy.Core.Rules.Dialect;

/// <summary>Which of Java's flags are on at a place of a regex.</summary>
[Flags]
internal enum JavaFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>i</c>: the case of ASCII letters does not matter.</summary>
    IgnoreCase = 1,

    /// <summary><c>u</c>: with <c>i</c>, nor does that of other letters.</summary>
    UnicodeCase = 2,

    /// <summary><c>s</c>: a dot matches line ends too.</summary>
    DotAll = 4,

    /// <summary><c>m</c>: <c>^</c> and <c>$</c> stand at every line end.</summary>
    Multiline = 8,

    /// <summary><c>x</c>: blanks and comments in the regex mean nothing.</summary>
    Comments = 16,
}
