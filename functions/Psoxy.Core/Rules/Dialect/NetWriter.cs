using System.Globalization;
using System.Text;

namespace Psoxy.Core.Rules.Dialect;

/// <summary>The .NET side of a translation: what has been written, which piece a quantifier would repeat, and how large all of it is when written out.</summary>
internal sealed class NetWriter(JavaCursor cursor)
{
    // The linear engine's automaton grows with this, not with the length of the regex.
    private const long MaxSize = 20_000;
    private const int MaxGroupDepth = 100;

    // Always holds. Without it .NET 10 makes one loop of (?>a+)? and forgets that it may be left out.
    private const string Whole = "(?!(?!))";

    private readonly StringBuilder _net = new();
    private readonly Stack<(long Size, int Start, JavaFlags Flags)> _open = new();
    private long _size;
    private int _atom = -1;
    private long _atomSize;

    /// <summary>The flags at this place; a group gives back those from before it.</summary>
    public JavaFlags Flags { get; set; }

    public int Depth => _open.Count;

    /// <summary>Whether there is something that a quantifier could repeat.</summary>
    public bool HasAtom => _atom >= 0;

    public override string ToString() => _net.ToString();

    /// <summary>A piece that a quantifier repeats as a whole.</summary>
    public void Atom(string net, long size = 1)
    {
        _atom = _net.Length;
        _atomSize = size;
        Grow(size);
        _net.Append(net);
    }

    /// <summary>A set of characters or one character, of which case may not matter beyond ASCII.</summary>
    public void Set(string net) => Atom(Flags.HasFlag(JavaFlags.IgnoreCase | JavaFlags.UnicodeCase) ? $"(?i:{net})" : net);

    public void Literal(int code)
    {
        if (code > char.MaxValue)
        {
            var pair = char.ConvertFromUtf32(code);
            Atom(string.Create(CultureInfo.InvariantCulture, $"(?:\\u{(int)pair[0]:X4}\\u{(int)pair[1]:X4})"), 2);
        }
        else if (Flags.HasFlag(JavaFlags.IgnoreCase) && (char.IsAsciiLetter((char)code) || Flags.HasFlag(JavaFlags.UnicodeCase)))
        {
            var set = CharSet.Of((code, code));
            set.FoldAsciiCase();
            Set(set.ToNet(negated: false));
        }
        else Atom(code < 128 && char.IsAsciiLetterOrDigit((char)code) ? ((char)code).ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{code:X4}"));
    }

    public void Alternative()
    {
        _net.Append('|');
        _atom = -1;
    }

    public void Begin(string net, JavaFlags flags)
    {
        if (_open.Count >= MaxGroupDepth) cursor.Fail($"groups nested deeper than {MaxGroupDepth}");
        _open.Push((_size, _net.Length, Flags));
        (_size, _atom, Flags) = (0, -1, flags);
        _net.Append(net);
    }

    public void End()
    {
        _atomSize = _size;
        (_size, _atom, Flags) = _open.Pop();
        MakeOptional();
        if (Opens("(?>")) _net.Append(Whole);
        _net.Append(')');
        Grow(_atomSize);
    }

    // (?:a+|) is (?:(?:a+)?): .NET 10 forgets the empty alternative where the group is repeated.
    private void MakeOptional()
    {
        const string opening = "(?:";
        if (_net[^1] != '|' || !Opens(opening)) return;
        while (_net[^1] == '|') _net.Length--;
        _net.Insert(_atom + opening.Length, opening).Append(")?");
    }

    private bool Opens(string opening) => _net.Length - _atom >= opening.Length && _net.ToString(_atom, opening.Length) == opening;

    /// <summary>Repeats the last atom.</summary>
    /// <param name="quantifier">In .NET's spelling, without the possessive plus.</param>
    /// <param name="times">How often at least or at most, whichever is more.</param>
    /// <param name="possessive">Whether it gives nothing back: an atomic group says the same.</param>
    public void Repeat(string quantifier, int times, bool possessive)
    {
        Grow(_atomSize * Math.Max(0, times - 1));
        if (possessive) _net.Insert(_atom, "(?>");
        _net.Append(quantifier);
        if (possessive) _net.Append(Whole).Append(')');
        _atom = -1;
    }

    private void Grow(long size)
    {
        _size += size;
        if (_size > MaxSize) cursor.Fail($"the repetitions multiply to more than {MaxSize} characters");
    }
}
