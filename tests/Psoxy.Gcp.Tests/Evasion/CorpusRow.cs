using System.Collections.Immutable;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>One row of a corpus, as it is written: see <c>docs/gate.md</c>.</summary>
/// <param name="File">The corpus, without its ending.</param>
/// <param name="Line">Where the row begins.</param>
/// <param name="Technique">What it tries; rows are counted by it.</param>
/// <param name="Connectors">The functions that it is sent to.</param>
/// <param name="Expected">What must come of it in each spelling; <c>null</c> where it is not sent in that one.</param>
/// <param name="Request">The request line without the version, <c>RAW</c>, or <c>ENVELOPE</c> with its JSON. Escapes are read, places are not filled in.</param>
/// <param name="Lines">Headers, or of <c>RAW</c> all bytes.</param>
internal sealed record CorpusRow(
    string File,
    int Line,
    string Technique,
    ImmutableArray<string> Connectors,
    ImmutableArray<string?> Expected,
    string Request,
    ImmutableArray<string> Lines)
{
    public override string ToString() => $"{File}.txt:{Line}";
}

/// <summary>How a request is put to the function.</summary>
internal enum Spelling
{
    /// <summary>As its own request line.</summary>
    Direct,

    /// <summary>In the headers <c>X-Psoxy-TargetPath</c> and <c>X-Psoxy-TargetQuery</c>.</summary>
    Headers,

    /// <summary>In the JSON of a POST.</summary>
    Envelope,
}
