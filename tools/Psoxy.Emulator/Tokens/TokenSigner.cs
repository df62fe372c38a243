using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Tokens;

/// <summary>Signs and reads RS256 tokens with a key of this run's own.</summary>
internal sealed class TokenSigner : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);

    public string KeyId { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>The public keys, as a JWKS document.</summary>
    public JsonObject KeySet()
    {
        var key = _key.ExportParameters(false);
        return new() { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = KeyId, ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent) }) };
    }

    public string Sign(JsonObject claims)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId, ["typ"] = "JWT" };
        var signed = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header)) + "." + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
        return signed + "." + Base64Url.EncodeToString(_key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>The claims, and whether the signature is ours; <c>null</c> claims if it is not a token at all.</summary>
    public (JsonObject? Claims, bool IsOurs) Read(string token)
    {
        try
        {
            var parts = token.Split('.');
            if (parts.Length != 3) return (null, false);
            var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1])) as JsonObject;
            var signed = System.Text.Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]);
            return (claims, _key.VerifyData(signed, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
        catch (Exception fault) when (fault is FormatException or JsonException or CryptographicException)
        {
            return (null, false);
        }
    }

    public void Dispose() => _key.Dispose();
}
