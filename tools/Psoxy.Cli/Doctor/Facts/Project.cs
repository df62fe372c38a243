using System.Text.Json.Nodes;

namespace Psoxy.Cli.Doctor.Facts;

/// <summary>The Google Cloud project.</summary>
/// <param name="Number">Its number.</param>
/// <param name="State">Such as <c>ACTIVE</c>.</param>
internal sealed record Project(string Number, string State)
{
    public static Project Of(JsonNode body) => new((string?)body["projectNumber"] ?? "", (string?)body["lifecycleState"] ?? "");
}

/// <summary>A service account.</summary>
/// <param name="UniqueId">The subject of its identity tokens.</param>
/// <param name="IsDisabled">Whether it gets any.</param>
internal sealed record Account(string UniqueId, bool IsDisabled)
{
    public static Account Of(JsonNode body) => new((string?)body["uniqueId"] ?? "", (bool?)body["disabled"] == true);
}
