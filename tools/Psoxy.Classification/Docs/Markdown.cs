using System.Text;

namespace Psoxy.Classification.Docs;

/// <summary>The little Markdown that generated pages need. Lines end with a line feed on every system, so that a page has one content.</summary>
internal sealed class Markdown
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public void Heading(int level, string text) => Paragraph($"{new string('#', level)} {text}");

    public void Paragraph(string text)
    {
        if (_text.Length > 0) _text.Append('\n');
        _text.Append(text).Append('\n');
    }

    public void List(IEnumerable<string> items)
    {
        _text.Append('\n');
        foreach (var item in items) _text.Append("- ").Append(item).Append('\n');
    }

    public void Table(string header, IEnumerable<IEnumerable<string>> rows)
    {
        var columns = header.Split('|');
        _text.Append('\n');
        Row(columns);
        Row(columns.Select(_ => "---"));
        foreach (var row in rows) Row(row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)));
    }

    public static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";

    public static string Codes(IEnumerable<string> texts) => string.Join(", ", texts.Select(Code));

    /// <summary>A link to the heading that is just this text, as GitHub names it.</summary>
    public static string ToHeading(string text) => $"[{text}](#{string.Concat(text.ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetterOrDigit(c) || c == '-'))})";

    private void Row(IEnumerable<string> cells) => _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
