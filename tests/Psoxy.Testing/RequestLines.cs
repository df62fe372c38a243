using System.Text.Json;
using Psoxy.Emulator;

namespace Psoxy.Testing;

/// <summary>The lines that a function writes about requests, among all that it writes.</summary>
public static class RequestLines
{
    /// <summary>All of them, in order. A request's line is written after its answer: stop the function first, or wait with <see cref="OfAsync"/>.</summary>
    public static IReadOnlyList<JsonElement> Of(IEnumerable<string> output) => [.. output.Where(IsOne).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>The first for which something holds, as soon as it is there.</summary>
    public static async Task<JsonElement> OfAsync(FunctionProcess function, Func<JsonElement, bool> isIt)
    {
        ArgumentNullException.ThrowIfNull(function);
        return JsonDocument.Parse(await function.LineAsync(line => IsOne(line) && isIt(JsonDocument.Parse(line).RootElement))).RootElement;
    }

    /// <summary>A field's text, or <c>null</c>.</summary>
    public static string? Text(this JsonElement line, string field) => line.TryGetProperty(field, out var value) ? value.ToString() : null;

    private static bool IsOne(string line) => line.StartsWith("{\"severity\":", StringComparison.Ordinal) && line.Contains("\"correlationId\":", StringComparison.Ordinal);
}
