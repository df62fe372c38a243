using Microsoft.AspNetCore.Http;
using Psoxy.Emulator.Tokens;

namespace Psoxy.Emulator.Google.Run;

/// <summary>What Cloud Run makes of a caller's identity token.</summary>
/// <param name="Header">The header that counts.</param>
/// <param name="Member">The caller as a member of policies; empty for nobody.</param>
/// <param name="IsBad">Whether there is a token, and it is none of Google's for this service.</param>
/// <param name="Audience">Whom the token is for.</param>
internal sealed record CallerToken(string Header, string Member, bool IsBad, string Audience)
{
    /// <summary>The client id of gcloud, for which <c>gcloud functions call</c> gets its tokens.</summary>
    public const string GcloudAudience = "32555940559.apps.googleusercontent.com";

    public const string Serverless = "X-Serverless-Authorization";
    private const string Removed = "SIGNATURE_REMOVED_BY_GOOGLE";
    private const string Scheme = "Bearer ";

    public static CallerToken Read(IHeaderDictionary headers, TokenSigner google, Uri service, string issuer)
    {
        var header = headers.ContainsKey(Serverless) ? Serverless : "Authorization";
        var value = headers[header].ToString();
        if (value.Length == 0) return new(header, "", false, "");
        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return new(header, "", true, "");
        var (claims, isOurs) = google.Read(value[Scheme.Length..]);
        var audience = (string?)claims?["aud"] ?? "";
        var isGood = isOurs && (string?)claims!["iss"] == issuer && (long?)claims["exp"] > DateTimeOffset.UtcNow.ToUnixTimeSeconds() && IsFor(audience, service) && (bool?)claims["email_verified"] == true;
        return isGood ? new(header, Kind((string)claims!["email"]!), false, audience) : new(header, "", true, audience);
    }

    /// <summary>Takes the signature out of what is sent on.</summary>
    public static string Strip(string value) => value.LastIndexOf('.') is var dot and > 0 ? value[..(dot + 1)] + Removed : value;

    private static bool IsFor(string audience, Uri service) => audience == GcloudAudience || audience.TrimEnd('/') == service.AbsoluteUri.TrimEnd('/');

    private static string Kind(string email) => (email.EndsWith(".gserviceaccount.com", StringComparison.Ordinal) ? "serviceAccount:" : "user:") + email;
}
