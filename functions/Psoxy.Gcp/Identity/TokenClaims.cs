using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;

namespace Psoxy.Gcp.Identity;

/// <summary>
/// What our own tokens say, for the health check. Not verified: they come straight from who makes them, and nothing is decided by it. Microsoft reserves the right to
/// make Graph's unreadable.
/// </summary>
/// <param name="Subject">The service account's unique id, of a Google token; <c>null</c> if it is no number.</param>
/// <param name="Roles">Application permissions, of an Entra token: none where consent is missing.</param>
internal sealed record TokenClaims(string? Subject, ImmutableArray<string> Roles)
{
    private const int MostRoles = 200;
    private const int LongestName = 100;

    /// <summary>The claims, or <c>null</c> if they cannot be read.</summary>
    public static TokenClaims? Read(string jwt)
    {
        var parts = jwt.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1])) return null;
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static TokenClaims Read(JsonElement claims) => new(
        claims.TryGetProperty("sub", out var subject) && Text(subject) is { Length: > 0 } id && id.All(char.IsAsciiDigit) ? id : null,
        claims.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array
            ? [.. roles.EnumerateArray().Select(Text).OfType<string>().Where(IsRole).Order(StringComparer.Ordinal).Take(MostRoles)]
            : []);

    // What Graph's permissions look like; anything else is not shown.
    private static bool IsRole(string name) => name.Length <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');

    private static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;
}
