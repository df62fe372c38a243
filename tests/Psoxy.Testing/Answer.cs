using System.Text.Json;

namespace Psoxy.Testing;

/// <summary>What the caller got: everything of it.</summary>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Error => Headers.GetValueOrDefault("X-Psoxy-Error");

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>Body and headers, for looking for what must not be there.</summary>
    public string Everything => Body + "\n" + string.Join('\n', Headers.Select(header => $"{header.Key}: {header.Value}"));

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        await response.Content.ReadAsStringAsync());
}
