using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Psoxy.Core.Connectors;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>Reads the files of <c>Corpus/</c>. A row that cannot be read is a fault of the row's author and stops all.</summary>
internal static class CorpusReader
{
    private const int Spellings = 3;

    public static IReadOnlyList<CorpusRow> Read(string file)
    {
        var rows = new List<CorpusRow>();
        var clients = new Dictionary<string, ImmutableArray<string>>();
        string? client = null;
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Evasion", "Corpus", file + ".txt")))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            if (line.StartsWith("client ", StringComparison.Ordinal)) clients[client = line["client ".Length..]] = [];
            else if (!line.StartsWith("  ", StringComparison.Ordinal))
            {
                client = null;
                rows.Add(Row(file, number, line));
            }
            else if (client is not null) clients[client] = clients[client].Add(Unescape(line.Trim(' ')));
            else if (line.StartsWith("  @", StringComparison.Ordinal)) rows[^1] = rows[^1] with { Lines = rows[^1].Lines.AddRange(clients[line[3..]]) };
            else rows[^1] = rows[^1] with { Lines = rows[^1].Lines.Add(Unescape(line[2..])) };
        }

        return rows;
    }

    private static CorpusRow Row(string file, int number, string line)
    {
        var columns = line.Split(" | ", 4, StringSplitOptions.TrimEntries);
        if (columns.Length < 4) throw new FormatException($"{file}.txt:{number} has {columns.Length} columns: technique | connectors | expected | request");
        ImmutableArray<string> connectors = columns[1] == "all" ? [.. ConnectorCatalog.All.Select(connector => connector.Id)] : [.. columns[1].Split(',')];
        return new(file, number, columns[0], connectors, Expected(columns[2]), Unescape(columns[3]), []);
    }

    // "a" is sent directly, "a x3" in all spellings, "a / b / -" in those that say what comes of it.
    private static ImmutableArray<string?> Expected(string column)
    {
        if (column.EndsWith(" x3", StringComparison.Ordinal)) return [.. Enumerable.Repeat(column[..^3].Trim(), Spellings)];
        return [.. column.Split(" / ", StringSplitOptions.TrimEntries).Select(each => each == "-" ? null : each)];
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                result.Append(text[at]);
                continue;
            }

            var escape = text[++at];
            result.Append(escape switch
            {
                'r' => '\r',
                'n' => '\n',
                't' => '\t',
                '0' => '\0',
                's' => ' ',
                '\\' => '\\',
                'x' => (char)byte.Parse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                _ => throw new FormatException($"\\{escape} is no escape"),
            });
            if (escape == 'x') at += 2;
        }

        return result.ToString();
    }
}
