using System.Runtime.CompilerServices;
using System.Text;

namespace Psoxy.Cli.Rules.Review;

/// <summary>
/// HTML in the making. It takes interpolated strings only: what stands in the string literally is markup, what stands in a hole is text and escaped. So
/// nothing that comes from a file can become markup by being forgotten.
/// </summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <summary>Adds markup.</summary>
    /// <param name="markup">An interpolated string; its holes are text, or HTML made by this class.</param>
    public Html Add([InterpolatedStringHandlerArgument("")] Markup markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>Adds text that is no attribute's value: quotes stay, of which JSON has many.</summary>
    public Html Text(string text)
    {
        Escape(text, quotes: false);
        return this;
    }

    /// <summary>Adds a style sheet or script of ours, which must not be escaped.</summary>
    public Html Verbatim(string ours)
    {
        _text.Append(ours);
        return this;
    }

    private void Escape(string text, bool quotes)
    {
        foreach (var c in text)
        {
            if (c == '&') _text.Append("&amp;");
            else if (c == '<') _text.Append("&lt;");
            else if (c == '>') _text.Append("&gt;");
            else if (quotes && c == '"') _text.Append("&quot;");
            else if (quotes && c == '\'') _text.Append("&#39;");
            else if (IsInvisible(c)) _text.Append('\uFFFD');
            else _text.Append(c);
        }
    }

    // Controls, and the marks that turn the direction of text: what is read must be what is there.
    private static bool IsInvisible(char c) => (char.IsControl(c) && c != '\n') || c is (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';

    /// <summary>The compiler's way to tell literals from holes.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup(int literals, int holes, Html html)
    {
        // The compiler passes both; the builder grows by itself.
        private readonly int _ = literals + holes;

        public void AppendLiteral(string markup) => html._text.Append(markup);

        public void AppendFormatted(string? text) => html.Escape(text ?? "", quotes: true);

        public void AppendFormatted(int number) => html._text.Append(number);

        public void AppendFormatted(Html made) => html._text.Append(made._text);
    }
}
