using System.Text.Json;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>What the function's log says of one request.</summary>
internal sealed record SummaryLine(string CorrelationId, string Decision, string Detail, string Error, int Status)
{
    /// <summary>The lines of all requests, in order.</summary>
    public static IReadOnlyList<SummaryLine> AllIn(IEnumerable<string> output) => [.. RequestLines.Of(output).Select(Of)];

    private static SummaryLine Of(JsonElement line) =>
        new(line.Text("correlationId")!, line.Text("decision")!, line.Text("detail") ?? "", line.Text("error")!, line.GetProperty("status").GetInt32());

    /// <summary>Whether it can be this answer's line: an error with a body names its own.</summary>
    public bool IsOf(RawAnswer answer) => Status == answer.Status && (answer.CorrelationId is null || answer.CorrelationId == CorrelationId);

    public override string ToString() => $"decision={Decision} detail={Detail} error={Error} status={Status}";
}
