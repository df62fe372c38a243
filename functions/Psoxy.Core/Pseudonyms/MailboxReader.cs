using System.Buffers;
using System.Text;

namespace Psoxy.Core.Pseudonyms;

/// <summary>Reads RFC 5322 mailboxes (section 3.4, with RFC 6531's letters) from a text, once from left to right.</summary>
internal ref struct MailboxReader(ReadOnlySpan<char> text)
{
    private const int MaxCommentDepth = 16;
    private static readonly SearchValues<char> AtomSymbols = SearchValues.Create("!#$%&'*+-/=?^_`{|}~");
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>Whether nothing but blanks and comments is left.</summary>
    public bool AtEnd => SkipBlanks() && _at == _text.Length;

    /// <summary>Takes the character if it comes next.</summary>
    public bool Take(char expected)
    {
        if (!SkipBlanks() || _at >= _text.Length || _text[_at] != expected) return false;
        _at++;
        return true;
    }

    /// <summary>Whether the character comes next; it is not taken.</summary>
    public bool IsNext(char expected) => SkipBlanks() && _at < _text.Length && _text[_at] == expected;

    /// <summary><c>[display-name] "&lt;" addr-spec "&gt;"</c> or <c>addr-spec</c>.</summary>
    public bool TryReadMailbox(out EmailAddress address)
    {
        var start = _at;
        if (TryReadAddress(out address)) return true;
        _at = start;
        while (TryReadWord(inPhrase: true, out _)) { }

        return Take('<') && TryReadAddress(out address) && Take('>');
    }

    /// <summary>A phrase followed by a colon opens a group (RFC 5322 section 3.4).</summary>
    public bool TryOpenGroup()
    {
        var start = _at;
        var any = false;
        while (TryReadWord(inPhrase: true, out _)) any = true;
        if (any && Take(':')) return true;
        _at = start;
        return false;
    }

    private bool TryReadAddress(out EmailAddress address)
    {
        address = default;
        if (!TryReadDotted(out var local) || !TakeAt() || !TryReadDomain(out var domain)) return false;
        address = new(local, domain);
        return true;
    }

    // RFC 5322 section 3.4.1: no blanks around the "@". "Thanks @bob" is no address, and bob no domain.
    private bool TakeAt() => Take('@') && !IsBlank(_at - 2) && !IsBlank(_at);

    private readonly bool IsBlank(int at) => at >= 0 && at < _text.Length && _text[at] is ' ' or '\t' or '\r' or '\n';

    // Blanks and comments around a dot are obs-domain's: "bob@contoso.com. Alice" would have a domain that ends in a name.
    private bool TakeDot()
    {
        if (_at >= _text.Length || _text[_at] != '.' || IsBlank(_at + 1)) return false;
        _at++;
        return true;
    }

    // dot-atom or quoted-string; obs-local-part mixes them, which costs nothing to accept.
    private bool TryReadDotted(out string text)
    {
        text = "";
        if (!TryReadWord(inPhrase: false, out var word)) return false;
        var builder = new StringBuilder(word);
        while (TakeDot())
        {
            if (!TryReadWord(inPhrase: false, out word)) return false;
            builder.Append('.').Append(word);
        }

        text = builder.ToString();
        return true;
    }

    private bool TryReadDomain(out string domain)
    {
        domain = "";
        if (!SkipBlanks() || _at >= _text.Length) return false;
        if (_text[_at] != '[') return TryReadAtoms(out domain);
        var end = _text[_at..].IndexOf(']');
        if (end < 0 || _text.Slice(_at + 1, end - 1).ContainsAny('[', '\\')) return false;
        domain = _text.Slice(_at, end + 1).ToString();
        _at += end + 1;
        return true;
    }

    private bool TryReadAtoms(out string domain)
    {
        domain = "";
        if (!TryReadAtom(out var label)) return false;
        var builder = new StringBuilder(label);
        while (TakeDot())
        {
            if (!TryReadAtom(out label)) return false;
            builder.Append('.').Append(label);
        }

        domain = builder.ToString();
        return true;
    }

    private bool TryReadWord(bool inPhrase, out string word)
    {
        word = "";
        if (!SkipBlanks() || _at >= _text.Length) return false;
        if (_text[_at] == '"') return TryReadQuoted(out word);

        // obs-phrase: display names such as "J. Doe" have dots without quotes.
        if (inPhrase && _text[_at] == '.')
        {
            _at++;
            return true;
        }

        return TryReadAtom(out word);
    }

    private bool TryReadAtom(out string atom)
    {
        var length = 0;
        while (_at + length < _text.Length && IsAtomText(_text[_at + length])) length++;
        atom = _text.Slice(_at, length).ToString();
        _at += length;
        return length > 0;
    }

    private bool TryReadQuoted(out string word)
    {
        word = "";
        var content = new StringBuilder();
        for (var at = _at + 1; at < _text.Length; at++)
        {
            var c = _text[at];
            if (c == '"')
            {
                word = content.ToString();
                _at = at + 1;
                return true;
            }

            if (c == '\\' && ++at == _text.Length) return false;
            if (char.IsControl(_text[at]) && _text[at] != '\t') return false;
            content.Append(_text[at]);
        }

        return false;
    }

    // Comments and folding white space; false, and nothing skipped, where a comment is not closed or nests too deep: or else its inside would be read as text.
    private bool SkipBlanks()
    {
        var depth = 0;
        var at = _at;
        for (; at < _text.Length; at++)
        {
            var c = _text[at];
            if (c == '(')
            {
                if (++depth > MaxCommentDepth) return false;
            }
            else if (depth > 0 && c == ')') depth--;
            else if (depth > 0 && c == '\\') at++;
            else if (depth == 0 && c is not (' ' or '\t' or '\r' or '\n')) break;
        }

        if (depth > 0) return false;
        _at = at;
        return true;
    }

    private static bool IsAtomText(char c) => char.IsAsciiLetterOrDigit(c) || AtomSymbols.Contains(c) || (c > 127 && !char.IsControl(c) && !char.IsWhiteSpace(c));
}
