using Spectre.Console;

namespace Psoxy.Cli.Demo;

/// <summary>Writes a comparison: coloured columns in a terminal; plain, marked lines in a pipe.</summary>
internal sealed class ComparisonView(IAnsiConsole console)
{
    private const int Longest = 120;

    public void Write(IReadOnlyList<ComparedLine> lines)
    {
        // Half of the terminal for each side; a pipe gets lines as long as they come, up to a bound.
        var width = console.Profile.Out.IsTerminal ? Math.Max(20, (console.Profile.Width - 6) / 2) : Longest;
        console.WriteLine("  " + Fit("Graph answered", width) + " │ the caller got");
        foreach (var line in lines)
        {
            var (mark, style) = line.Fate switch
            {
                Fate.Kept => ("  ", Style.Plain),
                Fate.Changed => ("~ ", new Style(Color.Yellow)),
                _ => ("- ", new Style(Color.Red)),
            };
            console.Write(new Text(mark + Fit(line.Before, width), style));
            console.Write(new Text(" │ ", Style.Plain));
            console.Write(new Text(Cut(line.After, width), line.Fate == Fate.Kept ? new Style(Color.Green) : style));
            console.WriteLine();
        }
    }

    private static string Fit(string text, int width) => Cut(text, width).PadRight(width);

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}
