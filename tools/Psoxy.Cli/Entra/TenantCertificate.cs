using System.Globalization;
using System.Text.Json.Nodes;

namespace Psoxy.Cli.Entra;

/// <summary>A certificate that an application may sign with; its public part, as the tenant has it.</summary>
/// <param name="KeyId">Id of the entry.</param>
/// <param name="DisplayName">Its name.</param>
/// <param name="Thumbprint">SHA-1, in hexadecimal as the portal shows it; empty where it is not known.</param>
/// <param name="End">Until when it is good.</param>
/// <param name="Entry">What has to be sent for it to stay, when others change: the entry without its key.</param>
internal sealed record TenantCertificate(string KeyId, string DisplayName, string Thumbprint, DateTimeOffset? End, JsonObject Entry)
{
    public static TenantCertificate Of(JsonNode body)
    {
        var entry = body.DeepClone().AsObject();
        entry.Remove("key");
        var end = DateTimeOffset.TryParse((string?)body["endDateTime"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : (DateTimeOffset?)null;
        return new((string?)body["keyId"] ?? "", (string?)body["displayName"] ?? "", Hexadecimal((string?)body["customKeyIdentifier"]), end, entry);
    }

    public bool IsExpired(DateTimeOffset now) => End <= now;

    // Base64 of the bytes; who uploads in the portal gets the hexadecimal text there.
    private static string Hexadecimal(string? identifier)
    {
        var bytes = new byte[20];
        return identifier is not null && Convert.TryFromBase64String(identifier, bytes, out var length) && length == bytes.Length ? Convert.ToHexString(bytes) : identifier ?? "";
    }
}
