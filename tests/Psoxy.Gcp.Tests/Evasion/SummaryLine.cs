using System.Text.Json;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>What the function's log says of one request.</summary>
internal sealed record SummaryLine(string CorrelationId, string Decision, string Detail, string Error, int Status)
{
    /// <summary>The lines of all requests, in order.</summary>
    public static IReadOnlyList<SummaryLine> AllIn(IEnumerable<string> output) => [.. output.Select(Read).OfType<SummaryLine>()];

    /// <summary>Whether it can be this answer's line: an error with a body names its own.</summary>
    public bool IsOf(RawAnswer answer) => Status == answer.Status && (answer.CorrelationId is null || answer.CorrelationId == CorrelationId);

    private static SummaryLine? Read(string line)
    {
        if (!line.StartsWith('{')) return null;
        using var json = JsonDocument.Parse(line);
        return json.RootElement.TryGetProperty("format_parameters", out var values) && values.TryGetProperty(nameof(Decision), out var decision)
            ? new(values.GetProperty(nameof(CorrelationId)).GetString()!, decision.GetString()!, values.GetProperty(nameof(Detail)).GetString()!, values.GetProperty(nameof(Error)).GetString()!, int.Parse(values.GetProperty(nameof(Status)).GetString()!, null))
            : null;
    }

    public override string ToString() => $"decision={Decision} detail={Detail} error={Error} status={Status}";
}
