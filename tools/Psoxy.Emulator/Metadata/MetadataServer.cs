using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Psoxy.Emulator.Faults;
using Psoxy.Emulator.Tokens;

namespace Psoxy.Emulator.Metadata;

/// <summary>Google's metadata server, as client libraries use it. Tokens are kept for a while, as the real one does.</summary>
internal sealed class MetadataServer(EmulatorOptions options, TokenSigner google)
{
    private const string Flavor = "Metadata-Flavor";
    private const string Account = "/computeMetadata/v1/instance/service-accounts/default";

    public void Map(WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            context.Response.Headers[Flavor] = "Google";
            if (context.Request.Path != "/" && context.Request.Path != "/oauth2/v3/certs" && context.Request.Headers[Flavor] != "Google")
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }

            await next(context);
        });
        app.MapGet("/", () => "computeMetadata/\n");
        app.MapGet(Account + "/email", () => options.ServiceAccountEmail);
        app.MapGet("/computeMetadata/v1/project/project-id", () => options.Cloud.ProjectId);
        app.MapGet("/computeMetadata/v1/project/numeric-project-id", () => options.Cloud.ProjectNumber);
        app.MapGet("/computeMetadata/v1/universe/universe_domain", () => "googleapis.com");
        app.MapGet(Account + "/token", () => Results.Json(new { access_token = "emulated", expires_in = 3599, token_type = "Bearer" }));
        app.MapGet("/oauth2/v3/certs", () => Results.Json(google.KeySet()));
        app.MapGet(Account + "/identity", Identity);
    }

    private IResult Identity(HttpContext context)
    {
        var audience = context.Request.Query["audience"].ToString();
        if (audience.Length == 0) return Results.Text("non-empty audience parameter required\n", statusCode: StatusCodes.Status400BadRequest);
        var now = DateTimeOffset.UtcNow;
        var issued = context.Items[FaultMiddleware.Item] is FaultKind.ExpiredToken ? now.AddHours(-2) : now;
        var claims = new JsonObject
        {
            ["aud"] = audience,
            ["azp"] = options.ServiceAccountUniqueId,
            ["exp"] = issued.AddHours(1).ToUnixTimeSeconds(),
            ["iat"] = issued.ToUnixTimeSeconds(),
            ["iss"] = options.IdentityIssuer,
            ["sub"] = options.ServiceAccountUniqueId,
        };
        if (context.Request.Query["format"] == "full")
        {
            claims["email"] = options.ServiceAccountEmail;
            claims["email_verified"] = true;
        }

        return Results.Text(google.Sign(claims));
    }
}
