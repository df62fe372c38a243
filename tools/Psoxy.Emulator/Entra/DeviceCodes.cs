using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Psoxy.Emulator.Tokens;

namespace Psoxy.Emulator.Entra;

/// <summary>Signing in with a device code. Somebody is always quick to type it in: the emulator's engineer.</summary>
internal sealed class DeviceCodes(EmulatorOptions options, Engineers engineers, TokenSigner entra)
{
    // The standard's name, and the one that Microsoft's own library sends.
    private static readonly string[] GrantTypes = ["urn:ietf:params:oauth:grant-type:device_code", "device_code"];

    private const string Code = "emulated-device-code";

    private int _polls;

    public static void Map(WebApplication app) => app.MapPost("/{tenant}/oauth2/v2.0/devicecode", (string tenant) => Results.Json(new
    {
        user_code = "EMULATED1",
        device_code = Code,
        verification_uri = "https://microsoft.com/devicelogin",
        expires_in = 900,
        interval = 0,
        message = $"To sign in to {tenant}, open https://microsoft.com/devicelogin and enter the code EMULATED1.",
    }));

    public static bool Takes(IFormCollection form) => GrantTypes.Contains(form["grant_type"].ToString());

    /// <summary>Pending once, then a token.</summary>
    public IResult Redeem(IFormCollection form)
    {
        if (form["device_code"] != Code && form["code"] != Code) return Results.Json(new { error = "bad_verification_code", error_description = "AADSTS70020: The device code is unknown.", error_codes = (int[])[70020] }, statusCode: 400);
        if (Interlocked.Increment(ref _polls) == 1) return Results.Json(new { error = "authorization_pending", error_description = "AADSTS70016: Authorization is pending.", error_codes = (int[])[70016] }, statusCode: 400);
        var now = DateTimeOffset.UtcNow;
        var identity = new JsonObject
        {
            ["aud"] = form["client_id"].ToString(),
            ["iss"] = $"https://login.microsoftonline.com/{options.TenantId}/v2.0",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
            ["oid"] = engineers.DeviceUser,
            ["sub"] = engineers.DeviceUser,
            ["tid"] = options.TenantId,
            ["preferred_username"] = "engineer@example.com",
            ["ver"] = "2.0",
        };
        var client = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(new JsonObject { ["uid"] = engineers.DeviceUser, ["utid"] = options.TenantId }.ToJsonString()));
        return Results.Json(new { token_type = "Bearer", scope = form["scope"].ToString(), expires_in = 3599, ext_expires_in = 3599, access_token = engineers.Token(engineers.DeviceUser, engineers.DeviceRole), id_token = entra.Sign(identity), client_info = client });
    }
}
