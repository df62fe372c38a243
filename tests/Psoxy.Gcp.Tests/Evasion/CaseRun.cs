using System.Collections.Immutable;
using System.Text;
using Psoxy.Emulator.Hosting;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>What came of a case, here and at the far end.</summary>
internal sealed record CaseRun(CorpusCase Case, byte[] Sent, string Expected)
{
    /// <summary>Every answer on the connection, the first one's first.</summary>
    public required ImmutableArray<RawAnswer> Answers { get; init; }

    /// <summary>What Graph received meanwhile.</summary>
    public required ImmutableArray<ReceivedRequest> Graph { get; init; }

    /// <summary>How many requests Entra, the metadata server and Secret Manager received meanwhile.</summary>
    public required int Others { get; init; }

    /// <summary>The function's log lines, one for each answer of its own.</summary>
    public ImmutableArray<SummaryLine> Log { get; init; } = [];

    /// <summary>All of it, for who must find out.</summary>
    public override string ToString() =>
        $"""
        {Case} ({Case.Row.Technique})
        expected {Expected}
        sent     {Show(Encoding.Latin1.GetString(Sent))}
        answered {string.Join(" | ", Answers)} {string.Join(" | ", Answers.Select(answer => answer.Body))}
        logged   {string.Join(" | ", Log)}
        Graph    {string.Join(" | ", Graph.Select(request => $"{request.Method} {request.Target}"))}, others {Others}
        """;

    private static string Show(string text) => text.Length > 2000 ? Show(text[..2000]) + "…" : string.Concat(text.Select(c => c switch
    {
        '\r' => "\\r",
        '\n' => "\\n",
        < ' ' or > '~' => $"\\x{(int)c:X2}",
        _ => c.ToString(),
    }));
}
