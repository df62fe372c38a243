using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Google.Iam;
using Psoxy.Emulator.Tokens;

namespace Psoxy.Emulator.Google.Tokens;

/// <summary>Keys of accounts that gcloud signs in with, and the tokens that they get.</summary>
internal sealed class AccessTokens(EmulatorOptions options, TokenSigner google) : IDisposable
{
    private const int Seconds = 3599;
    private readonly ConcurrentDictionary<string, TokenSigner> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Email, DateTimeOffset Until)> _tokens = new(StringComparer.Ordinal);

    /// <summary>A key file as IAM gives it out.</summary>
    /// <param name="email">Whose.</param>
    /// <param name="tokenUri">Where it gets tokens.</param>
    public JsonObject KeyFile(string email, string tokenUri)
    {
        var key = _keys.GetOrAdd(email, _ => new());
        return new()
        {
            ["type"] = "service_account",
            ["project_id"] = email.Split('@')[1].Split('.')[0],
            ["private_key_id"] = key.KeyId,
            ["private_key"] = key.PrivateKeyPem(),
            ["client_email"] = email,
            ["client_id"] = UniqueId(email),
            ["auth_uri"] = "https://accounts.google.com/o/oauth2/auth",
            ["token_uri"] = tokenUri,
        };
    }

    /// <summary>Who signed an assertion; empty if nobody known here.</summary>
    public string SignerOf(string assertion, out JsonObject claims)
    {
        foreach (var (email, key) in _keys)
        {
            var (read, isOurs) = key.Read(assertion);
            if (!isOurs || (string?)read!["iss"] != email || (long?)read["exp"] is not { } until || until <= DateTimeOffset.UtcNow.ToUnixTimeSeconds()) continue;
            claims = read;
            return email;
        }

        claims = [];
        return "";
    }

    public JsonObject Access(string email)
    {
        var token = "ya29.c." + Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)).Replace('+', '-').Replace('/', '_');
        _tokens[token] = (email, DateTimeOffset.UtcNow.AddSeconds(Seconds));
        return new() { ["access_token"] = token, ["expires_in"] = Seconds, ["token_type"] = "Bearer" };
    }

    /// <summary>An identity token as the token endpoint makes it: with the e-mail.</summary>
    /// <param name="email">Whose.</param>
    /// <param name="uniqueId">Whose, in digits.</param>
    /// <param name="audience">Whom it is for.</param>
    public string Identity(string email, string uniqueId, string audience)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return google.Sign(new JsonObject
        {
            ["aud"] = audience,
            ["azp"] = email,
            ["email"] = email,
            ["email_verified"] = true,
            ["exp"] = now + 3600,
            ["iat"] = now,
            ["iss"] = options.IdentityIssuer,
            ["sub"] = uniqueId,
        });
    }

    /// <summary>Whose access token an Authorization header holds, as a member of policies; empty for nobody's.</summary>
    public string CallerOf(string authorization) =>
        authorization.StartsWith("Bearer ", StringComparison.Ordinal) && _tokens.TryGetValue(authorization[7..], out var held) && held.Until > DateTimeOffset.UtcNow ? "serviceAccount:" + held.Email : "";

    /// <summary>The unique id of an account of another project.</summary>
    public static string UniqueId(string email) => ServiceAccount.NewUniqueId(email);

    public void Dispose()
    {
        foreach (var key in _keys.Values) key.Dispose();
    }
}
