using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Entra;

/// <summary>A client assertion that an application signed itself: by the key of one of the certificates that the directory knows.</summary>
internal sealed record CertificateAssertion(string Signed, byte[] Signature, JsonObject Header, JsonObject Claims)
{
    // A little for clocks, as Entra gives it; ten minutes is what Microsoft's own library makes an assertion good for.
    private const int SkewSeconds = 300;
    private const int MostSeconds = 600;

    /// <summary>The assertion, or <c>null</c> if it is not of this kind: those of others name no certificate in their header.</summary>
    public static CertificateAssertion? Read(string assertion)
    {
        try
        {
            var parts = assertion.Split('.');
            if (parts.Length != 3 || Parse(parts[0]) is not { } header || Parse(parts[1]) is not { } claims) return null;
            return header.ContainsKey("x5t#S256") || header.ContainsKey("x5t") || header.ContainsKey("x5c")
                ? new($"{parts[0]}.{parts[1]}", Base64Url.DecodeFromChars(parts[2]), header, claims)
                : null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Why it is refused, or <c>null</c>.</summary>
    /// <param name="clientId">The application that asks.</param>
    /// <param name="audiences">What stands for the tenant's token endpoint.</param>
    /// <param name="keys">The application's <c>keyCredentials</c>.</param>
    /// <param name="now">Entra's time.</param>
    public EntraError? Refuse(string clientId, IReadOnlyCollection<string> audiences, JsonArray keys, DateTimeOffset now)
    {
        var (issuer, subject) = (Text("iss"), Text("sub"));
        if (issuer != clientId) return new(401, 700021, "invalid_client", $"Client assertion application identifier doesn't match 'client_id' parameter. Assertion application identifier: '{issuer}'.");
        if (subject != issuer) return new(400, 50048, "invalid_request", "Subject doesn't match Issuer claim in the client assertion.");
        if (!audiences.Contains(Text("aud"))) return new(401, 700023, "invalid_client", "Client assertion audience claim does not match Realm issuer.");
        if (keys.Count == 0) return new(401, 700026, "invalid_client", $"Client application has no configured keys. Application identifier '{clientId}'.");

        using var certificate = Find(keys);
        if (certificate is null) return NotRegistered("The key was not found.");
        if (now.UtcDateTime > certificate.NotAfter.ToUniversalTime()) return NotRegistered("The key used is expired.");
        if (!IsSignedBy(certificate)) return new(401, 700027, "invalid_client", $"Client assertion contains an invalid signature. [Reason - The provided signature value did not match the expected signature value., Thumbprint of key used by client: '{certificate.Thumbprint}']");
        return IsInTime(now.ToUnixTimeSeconds()) ? null : new(401, 700024, "invalid_client", "Client assertion is not within its valid time range.");
    }

    private X509Certificate2? Find(JsonArray keys)
    {
        foreach (var key in keys)
        {
            if ((string?)key!["key"] is not { } der) continue;
            var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(der));
            if (Thumbprint(certificate, HashAlgorithmName.SHA256) == (string?)Header["x5t#S256"] || Thumbprint(certificate, HashAlgorithmName.SHA1) == (string?)Header["x5t"]) return certificate;
            certificate.Dispose();
        }

        return null;
    }

    private bool IsSignedBy(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPublicKey();
        var padding = (string?)Header["alg"] switch
        {
            "RS256" => RSASignaturePadding.Pkcs1,
            "PS256" => RSASignaturePadding.Pss,
            _ => null,
        };
        return key is not null && padding is not null && key.VerifyData(Encoding.ASCII.GetBytes(Signed), Signature, HashAlgorithmName.SHA256, padding);
    }

    private bool IsInTime(long now) => Seconds("exp") is { } expires && expires >= now - SkewSeconds && expires <= now + MostSeconds + SkewSeconds && (Seconds("nbf") ?? now) <= now + SkewSeconds;

    private EntraError NotRegistered(string reason)
    {
        var named = (string?)Header["x5t"] ?? (string?)Header["x5t#S256"] ?? "";
        return new(401, 700027, "invalid_client", $"The certificate with identifier used to sign the client assertion is not registered on application. [Reason - {reason}, Thumbprint of key used by client: '{named}']");
    }

    private string? Text(string claim) => Claims[claim] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // A number by the standard; Microsoft's own library writes it as text.
    private long? Seconds(string claim) => Claims[claim] is JsonValue value
        ? value.TryGetValue<long>(out var number) ? number : long.TryParse(Text(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? written : null
        : null;

    private static string Thumbprint(X509Certificate2 certificate, HashAlgorithmName hash) => Base64Url.EncodeToString(certificate.GetCertHash(hash));

    private static JsonObject? Parse(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part)) as JsonObject;
}
