using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Tokens;

namespace Psoxy.Gcp.Tests.Caller;

/// <summary>Callers' tokens, good ones and all others. The forger has keys of its own, knows all that is public, and holds good tokens of other people.</summary>
internal sealed class CallerTokens(TokenSigner google, TokenSigner entra) : IDisposable
{
    public const string Url = "https://psoxy-outlook-mail-abcdef-uc.a.run.app";
    public const string Email = "worklytics@customer.iam.gserviceaccount.com";
    public const string UniqueId = "112233445566778899001";
    public const string OtherId = "998877665544332211009";
    public const string GcloudClient = "32555940559.apps.googleusercontent.com";

    public TokenSigner Google => google;

    public TokenSigner Entra => entra;

    public TokenSigner Forger { get; } = new();

    public ECDsa Curve { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>What Google says of a service account that is on the list by its address.</summary>
    public static JsonObject Claims(params (string Name, JsonNode? Value)[] changes)
    {
        var claims = new JsonObject
        {
            ["iss"] = "https://accounts.google.com",
            ["aud"] = Url,
            ["azp"] = OtherId,
            ["sub"] = OtherId,
            ["email"] = Email,
            ["email_verified"] = true,
            ["iat"] = Now,
            ["exp"] = Now + 3600,
        };
        foreach (var (name, value) in changes) claims[name] = value;
        return claims;
    }

    public static JsonObject Without(string name)
    {
        var claims = Claims();
        claims.Remove(name);
        return claims;
    }

    /// <summary>Signed by Google, whatever it says.</summary>
    public string Good(params (string Name, JsonNode? Value)[] changes) => google.Sign(Claims(changes));

    /// <summary>Signed by Google, with another header.</summary>
    public string Headed(params (string Name, JsonNode? Value)[] changes) => google.Sign(Header(google, changes), Payload());

    /// <summary>Signed by Google, though its payload is this text.</summary>
    public string Raw(string payload) => google.Sign(google.Header(), Encoding.UTF8.GetBytes(payload));

    /// <summary>Signed by the forger, who says what it likes in the header.</summary>
    public string Forged(params (string Name, JsonNode? Value)[] changes) => Forger.Sign(Header(Forger, changes), Payload());

    public static JsonObject Header(TokenSigner signer, params (string Name, JsonNode? Value)[] changes)
    {
        var header = signer.Header();
        foreach (var (name, value) in changes)
        {
            if (value is null) header.Remove(name);
            else header[name] = value;
        }

        return header;
    }

    public static byte[] Payload(params (string Name, JsonNode? Value)[] changes) => Encoding.UTF8.GetBytes(Claims(changes).ToJsonString());

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>Header and payload as given, and a MAC over them.</summary>
    public static string Mac(JsonObject header, byte[] key)
    {
        var signed = Encode(header.ToJsonString()) + "." + Base64Url.EncodeToString(Payload());
        return signed + "." + Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)));
    }

    public string Elliptic(JsonObject header)
    {
        var signed = Encode(header.ToJsonString()) + "." + Base64Url.EncodeToString(Payload());
        return signed + "." + Base64Url.EncodeToString(Curve.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    public void Dispose()
    {
        Forger.Dispose();
        Curve.Dispose();
    }
}
