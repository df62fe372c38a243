using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Tokens;

/// <summary>Signs and reads tokens with an RSA key of this run's own.</summary>
public sealed class TokenSigner : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);

    /// <summary>The key's id, which tokens name in their header.</summary>
    public string KeyId { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>The public keys, as a JWKS document.</summary>
    public JsonObject KeySet()
    {
        var key = _key.ExportParameters(false);
        return new() { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = KeyId, ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent) }) };
    }

    /// <summary>The public key, as PEM.</summary>
    public string PublicKeyPem() => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>The private key, as a key file has it.</summary>
    internal string PrivateKeyPem() => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>An RS256 token with these claims.</summary>
    /// <param name="claims">Its payload.</param>
    public string Sign(JsonObject claims) => Sign(Header(), Encoding.UTF8.GetBytes(claims.ToJsonString()));

    /// <summary>The header of an RS256 token, to be changed.</summary>
    public JsonObject Header() => new() { ["alg"] = "RS256", ["kid"] = KeyId, ["typ"] = "JWT" };

    /// <summary>A token with any header and payload, whatever the header says of the algorithm.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="hash">What the signature is of; SHA-256.</param>
    /// <param name="padding">How it is made; PKCS #1.</param>
    public string Sign(JsonObject header, ReadOnlySpan<byte> payload, HashAlgorithmName? hash = null, RSASignaturePadding? padding = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        var signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString())) + "." + Base64Url.EncodeToString(payload);
        return signed + "." + Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), hash ?? HashAlgorithmName.SHA256, padding ?? RSASignaturePadding.Pkcs1));
    }

    /// <summary>The claims, and whether the signature is ours; <c>null</c> claims if it is not a token at all.</summary>
    /// <param name="token">Maybe a token.</param>
    public (JsonObject? Claims, bool IsOurs) Read(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        try
        {
            var parts = token.Split('.');
            if (parts.Length != 3) return (null, false);
            var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1])) as JsonObject;
            var signed = Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]);
            return (claims, _key.VerifyData(signed, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
        catch (Exception fault) when (fault is FormatException or JsonException or CryptographicException)
        {
            return (null, false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
