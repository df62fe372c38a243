using System.Text.Json;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>What the function's log says of one request.</summary>
internal sealed record SummaryLine(string Decision, string Detail, string Error)
{
    /// <summary>The lines of all requests, in order.</summary>
    public static IReadOnlyList<SummaryLine> AllIn(IEnumerable<string> output) => [.. output.Select(Read).OfType<SummaryLine>()];

    private static SummaryLine? Read(string line)
    {
        if (!line.StartsWith('{')) return null;
        using var json = JsonDocument.Parse(line);
        return json.RootElement.TryGetProperty("format_parameters", out var values) && values.TryGetProperty(nameof(Decision), out var decision)
            ? new(decision.GetString()!, values.GetProperty(nameof(Detail)).GetString()!, values.GetProperty(nameof(Error)).GetString()!)
            : null;
    }

    public override string ToString() => $"decision={Decision} detail={Detail} error={Error}";
}
