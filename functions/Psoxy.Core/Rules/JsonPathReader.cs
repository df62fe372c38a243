using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Psoxy.Core.Rules;

/// <summary>A cursor over the text of a path.</summary>
internal ref struct JsonPathReader(string text)
{
    private readonly string _text = text;
    private int _at;

    public string? Error { get; private set; }

    public int ErrorAt { get; private set; }

    public JsonPath? ReadWhole()
    {
        if (!Take('$'))
        {
            Fail("'$' at the beginning");
            return null;
        }

        var steps = ReadSteps(relative: false);
        if (Error is null && _at < _text.Length) Fail("'.', '..' or '[' before the next step, or the end");
        return Error is null ? new JsonPath(_text, steps) : null;
    }

    /// <summary>Steps until something that cannot begin one.</summary>
    public ImmutableArray<JsonPathStep> ReadSteps(bool relative)
    {
        var steps = ImmutableArray.CreateBuilder<JsonPathStep>();
        while (Error is null && _at < _text.Length && _text[_at] is '.' or '[')
        {
            if (steps.Count == JsonPathParser.MaxSteps)
            {
                Fail($"at most {JsonPathParser.MaxSteps} steps");
                break;
            }

            var recursive = false;
            if (Take('.'))
            {
                recursive = Take('.');
                if (recursive && relative) Fail("a relative path without '..'");
                if (Peek() != '[')
                {
                    steps.Add(ReadDotted(recursive));
                    continue;
                }
            }

            if (Error is null) steps.Add(ReadBracket(recursive, relative));
        }

        return steps.ToImmutable();
    }

    public void Fail(string expected)
    {
        if (Error is not null) return;
        Error = $"expected {expected}, found {(_at < _text.Length ? $"'{_text[_at]}'" : "the end")} at character {_at + 1}";
        ErrorAt = _at;
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool Take(char c)
    {
        if (Peek() != c || _at >= _text.Length) return false;
        _at++;
        return true;
    }

    private void Blanks()
    {
        while (Peek() is ' ' or '\t') _at++;
    }

    private JsonPathStep ReadDotted(bool recursive)
    {
        if (Take('*')) return new WildcardStep(recursive);
        var start = _at;
        while (_at < _text.Length && IsNameCharacter(_text[_at])) _at++;
        if (_at == start) Fail("a property name, '*' or '['");
        else if (Peek() == '(') Fail("no function: the subset has none");
        return new PropertyStep(recursive, [_text[start.._at]]);
    }

    // What Jayway reads in dot notation, '@', '-', '+' and ':' included: "@odata.nextLink" would be two steps and must be quoted.
    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '@' or '$' or '+' or ':' or '#' || char.IsSurrogate(c);

    private JsonPathStep ReadBracket(bool recursive, bool relative)
    {
        _at++;
        Blanks();
        JsonPathStep step;
        if (Take('*')) step = new WildcardStep(recursive);
        else if (Peek() is '\'' or '"') step = new PropertyStep(recursive, ReadNames());
        else if (Peek() is '-' || char.IsAsciiDigit(Peek())) step = new IndexStep(recursive, ReadIndex());
        else if (Peek() == '?' && !relative)
        {
            _at++;
            step = new FilterStep(recursive, ReadFilter());
        }
        else
        {
            Fail(relative ? "a quoted name, an index or '*'" : "a quoted name, an index, '*' or '?('");
            return new WildcardStep(recursive);
        }

        Blanks();
        if (Error is null && !Take(']')) Fail("']' (slices, unions of indices and expressions are not in the subset)");
        return step;
    }

    private ImmutableArray<string> ReadNames()
    {
        var names = ImmutableArray.CreateBuilder<string>();
        do
        {
            Blanks();
            names.Add(ReadQuoted());
            Blanks();
        }
        while (Error is null && Take(','));
        return names.ToImmutable();
    }

    private int ReadIndex()
    {
        var start = _at;
        Take('-');
        while (char.IsAsciiDigit(Peek())) _at++;
        if (int.TryParse(_text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)) return index;
        Fail("an index");
        return 0;
    }

    private string ReadQuoted()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            Fail("a quoted name");
            return "";
        }

        _at++;
        var text = new StringBuilder();
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            if (c == quote) return text.ToString();
            if (c != '\\')
            {
                text.Append(c);
                continue;
            }

            if (ReadEscape() is not { } escaped) return "";
            text.Append(escaped);
        }

        Fail($"the closing {quote}");
        return "";
    }

    private char? ReadEscape()
    {
        var c = Peek();
        if (c == 'u' && _at + 5 <= _text.Length && ushort.TryParse(_text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            _at += 5;
            return (char)code;
        }

        if (c is '\\' or '\'' or '"' or '/' or 'n' or 't' or 'r')
        {
            _at++;
            return c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', _ => c };
        }

        Fail("one of \\\\ \\' \\\" \\/ \\n \\t \\r \\uXXXX");
        return null;
    }

    private JsonFilter ReadFilter()
    {
        Blanks();
        if (!Take('(')) Fail("'(' after '?'");
        var filter = ReadOr(0);
        Blanks();
        if (Error is null && !Take(')')) Fail("')', '&&' or '||'");
        return filter;
    }

    private static readonly JsonFilter Nothing = new ExistsFilter(new JsonPath("@", []));

    private JsonFilter ReadOr(int depth)
    {
        var left = ReadAnd(depth);
        while (TakeWord("||")) left = new OrFilter(left, ReadAnd(depth));
        return left;
    }

    private JsonFilter ReadAnd(int depth)
    {
        var left = ReadUnary(depth);
        while (TakeWord("&&")) left = new AndFilter(left, ReadUnary(depth));
        return left;
    }

    private bool TakeWord(string word)
    {
        Blanks();
        if (Error is not null || !_text.AsSpan(_at).StartsWith(word)) return false;
        _at += word.Length;
        return true;
    }

    private JsonFilter ReadUnary(int depth)
    {
        if (depth > 16) Fail("less nesting: at most 16 levels");
        Blanks();
        if (Error is not null) return Nothing;
        if (Peek() == '!' && (_at + 1 >= _text.Length || _text[_at + 1] != '='))
        {
            _at++;
            return new NotFilter(ReadUnary(depth + 1));
        }

        if (!Take('(')) return ReadComparison();
        var inner = ReadOr(depth + 1);
        Blanks();
        if (Error is null && !Take(')')) Fail("')'");
        return inner;
    }

    private JsonFilter ReadComparison()
    {
        var start = _at;
        if (!Take('@'))
        {
            Fail("'@', '!' or '('");
            return Nothing;
        }

        var steps = ReadSteps(relative: true);
        if (Error is not null) return Nothing;
        var path = new JsonPath(_text[start.._at], steps);
        if (TakeWord("==")) return new CompareFilter(path, false, ReadLiteral());
        if (TakeWord("!=")) return new CompareFilter(path, true, ReadLiteral());
        if (TakeWord("=~")) return ReadRegex(path);
        if (Peek() is '<' or '>') Fail("'==', '!=' or '=~'");
        return new ExistsFilter(path);
    }

    private string ReadLiteral()
    {
        Blanks();
        if (Peek() is '\'' or '"') return JsonSerializer.Serialize(ReadQuoted());
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '-' or '+' or '.')) _at++;
        var word = _text[start.._at];
        if (word is "true" or "false" or "null" || IsJsonNumber(word)) return word;
        _at = start;
        Fail("a quoted text, a number, true, false or null");
        return "null";
    }

    private static bool IsJsonNumber(string word)
    {
        try
        {
            return word.Length > 0 && JsonNode.Parse(word)?.GetValueKind() == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private JsonFilter ReadRegex(JsonPath path)
    {
        Blanks();
        if (!Take('/'))
        {
            Fail("'/' before the regex");
            return Nothing;
        }

        var start = _at;
        while (_at < _text.Length && _text[_at] != '/') _at += _text[_at] == '\\' ? 2 : 1;
        if (_at >= _text.Length)
        {
            _at = _text.Length;
            Fail("'/' after the regex");
            return Nothing;
        }

        var pattern = _text[start.._at].Replace(@"\/", "/", StringComparison.Ordinal);
        _at++;
        var flags = _at;
        while (char.IsAsciiLetter(Peek())) _at++;
        if (_at > flags) pattern = $"(?{_text[flags.._at]}){pattern}";

        // Jayway asks for a match of the whole text.
        if (SafeRegex.TryCompile(pattern, whole: true, RegexOptions.None, out var regex, out var error)) return new RegexFilter(path, regex);
        Fail("a regex: " + error);
        return Nothing;
    }
}
