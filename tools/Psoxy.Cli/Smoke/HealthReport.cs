using System.Text.Json;

namespace Psoxy.Cli.Smoke;

/// <summary>What of a health check's answer these commands need (docs/health.md).</summary>
/// <param name="Failures">Each check that fails, with what to do.</param>
/// <param name="Warnings">What is no problem yet.</param>
/// <param name="SaltFingerprint">The salt's, or <c>null</c>.</param>
/// <param name="RulesSha">Of the rules in force, or <c>null</c>.</param>
/// <param name="Version">Of the build.</param>
internal sealed record HealthReport(IReadOnlyList<string> Failures, IReadOnlyList<string> Warnings, string? SaltFingerprint, string? RulesSha, string? Version)
{
    /// <summary>The report, or <c>null</c> where it is none.</summary>
    public static HealthReport? Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("checks", out var checks) || checks.ValueKind != JsonValueKind.Array) return null;
            var failures = checks.EnumerateArray().Where(check => !check.GetProperty("ok").GetBoolean()).Select(check => $"{Text(check, "name")}: {Text(check, "whatToDo")}");
            var warnings = root.TryGetProperty("warningMessages", out var told) && told.ValueKind == JsonValueKind.Array ? told.EnumerateArray().Select(warning => warning.GetString() ?? "") : [];
            return new([.. failures], [.. warnings], Text(root, "saltSha256Hash"), Text(root, "rulesSha"), Text(root, "version"));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
