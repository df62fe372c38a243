using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph;

namespace Psoxy.Emulator.Entra.Directory;

/// <summary>An application's certificates: public ones only. A change replaces all of them; one that stays is named by its id, without its key.</summary>
internal static class KeyCredentials
{
    private const string Kind = "AsymmetricX509Cert";
    private const int LongestName = 90;

    /// <summary>What the list becomes.</summary>
    /// <param name="known">What it is.</param>
    /// <param name="wanted">What a request asks for.</param>
    /// <param name="mostDays">For how long a policy lets a certificate be good; 0 for any time.</param>
    /// <exception cref="GraphErrorException">Entra would refuse it.</exception>
    public static JsonArray Replace(JsonArray known, JsonArray wanted, int mostDays) =>
        [.. wanted.Select(item => (JsonNode)Take(known, item as JsonObject ?? throw DirectoryRequest.Bad("keyCredentials"), mostDays))];

    /// <summary>A certificate as the directory has it.</summary>
    public static JsonObject Of(X509Certificate2 certificate, string displayName) => new()
    {
        ["customKeyIdentifier"] = Convert.ToBase64String(certificate.GetCertHash(HashAlgorithmName.SHA1)),
        ["displayName"] = displayName,
        ["endDateTime"] = Time(certificate.NotAfter),
        ["key"] = Convert.ToBase64String(certificate.RawData),
        ["keyId"] = Guid.NewGuid().ToString("D"),
        ["startDateTime"] = Time(certificate.NotBefore),
        ["type"] = Kind,
        ["usage"] = "Verify",
    };

    /// <summary>The same application without its keys: they are shown of a single one, and only if they are asked for.</summary>
    public static JsonObject Hide(JsonObject application)
    {
        var shown = application.DeepClone().AsObject();
        foreach (var key in (JsonArray)shown["keyCredentials"]!) key!["key"] = null;
        return shown;
    }

    private static JsonObject Take(JsonArray known, JsonObject item, int mostDays)
    {
        var key = (string?)item["key"];
        if (known.FirstOrDefault(one => (string?)one!["keyId"] == (string?)item["keyId"]) is { } kept && item["keyId"] is not null)
        {
            if (key is not null && key != (string?)kept["key"]) throw DirectoryRequest.Bad($"Update to existing credential with KeyId '{kept["keyId"]}' is not allowed.");
            return Checked(kept.DeepClone().AsObject(), mostDays: 0);
        }

        if ((string?)item["usage"] is not ("Verify" or "Sign")) throw DirectoryRequest.Bad("The value for the property \"usage\" in one of your credentials is invalid. Acceptable values are Sign, Verify.");
        if ((string?)item["type"] != Kind) throw DirectoryRequest.Bad("The value for the property \"type\" in one of your credentials is invalid.");
        var name = (string?)item["displayName"] ?? "";
        if (name.Length > LongestName) throw DirectoryRequest.Bad("The value for the property \"displayName\" in one of your credentials is too long.");
        using var certificate = Load(key);
        return Checked(Of(certificate, name), mostDays);
    }

    private static JsonObject Checked(JsonObject credential, int mostDays)
    {
        var (start, end) = (Time((string)credential["startDateTime"]!), Time((string)credential["endDateTime"]!));
        return end > DateTimeOffset.UtcNow && (mostDays == 0 || end - start <= TimeSpan.FromDays(mostDays))
            ? credential
            : throw new GraphErrorException(400, "KeyCredentialsInvalidEndDate", "Key credential end date is invalid.");
    }

    private static X509Certificate2 Load(string? key)
    {
        try
        {
            // DER of a certificate, not whatever the loader takes: a file with a private key is none of Entra's business.
            var data = Convert.FromBase64String(key ?? "");
            if (data is [0x30, ..] && X509Certificate2.GetCertContentType(data) == X509ContentType.Cert) return X509CertificateLoader.LoadCertificate(data);
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            throw Invalid();
        }

        throw Invalid();

        static GraphErrorException Invalid() => DirectoryRequest.Bad("The value for the property \"key\" in one of your credentials is invalid.");
    }

    private static string Time(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
