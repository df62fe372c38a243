using System.Collections.Immutable;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>A row in one spelling, for one function.</summary>
internal sealed record CorpusCase(CorpusRow Row, string Connector, Spelling Spelling, string Expected)
{
    private static readonly ImmutableArray<string> Files = ["targets", "headers", "framing", "envelopes", "ignored", "legitimate"];

    private static readonly Lazy<IReadOnlyList<CorpusCase>> Read = new(() =>
    [
        .. from file in Files
           from row in CorpusReader.Read(file)
           from connector in row.Connectors
           from each in row.Expected.Index()
           where each.Item is not null
           select new CorpusCase(row, connector, (Spelling)each.Index, each.Item),
    ]);

    public static IReadOnlyList<CorpusCase> All => Read.Value;

    /// <summary>An evasion must be refused; of all others the row says what Graph must be asked.</summary>
    public string Kind => Row.File is "ignored" or "legitimate" ? Row.File : "evasion";

    public override string ToString() => $"{Row} {Connector} {Spelling}";
}
