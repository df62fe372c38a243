using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Psoxy.Emulator.Entra.Directory;
using Psoxy.Emulator.Faults;
using Psoxy.Emulator.Graph.Copilot;
using Psoxy.Emulator.Graph.Directory;
using Psoxy.Emulator.Graph.OneDrive;
using Psoxy.Emulator.Graph.Outlook;
using Psoxy.Emulator.Graph.Routing;
using Psoxy.Emulator.Graph.Teams;
using Psoxy.Emulator.Tokens;

namespace Psoxy.Emulator.Graph;

/// <summary>Microsoft Graph over the tenant: who may read what, and in which shape. Both versions answer the same.</summary>
internal sealed class GraphServer(Tenant tenant, TenantDirectory directory, TokenSigner entra, EmulatorOptions options)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PATCH", "DELETE"];

    private readonly DirectoryServer _directory = new(directory, tenant);

    /// <summary>Graph's host and port, known when it listens.</summary>
    public string Host { get; set; } = "";

    /// <summary>While set, lists of sent messages are this long and are written message by message.</summary>
    public StreamedPage? Streamed { get; set; }

    public RouteTable Table { get; } = new([
        .. DirectoryRoutes.Of(tenant),
        .. MailRoutes.Of(tenant),
        .. CalendarRoutes.Of(tenant),
        .. TeamRoutes.Of(tenant),
        .. CallRoutes.Of(tenant),
        .. MeetingRoutes.Of(tenant, options),
        .. DriveRoutes.Of(tenant),
        .. InteractionRoutes.Of(tenant),
    ]);

    public void Map(WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            var (requestId, clientId) = (Guid.NewGuid().ToString("D"), context.Request.Headers["client-request-id"].ToString());
            context.Response.Headers["request-id"] = requestId;
            context.Response.Headers["client-request-id"] = clientId;
            context.Response.Headers["x-ms-ags-diagnostic"] = """{"ServerInfo":{"DataCenter":"Kanarie North"}}""";
            context.Response.Headers.ETag = "W/\"kanarie\"";
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers["X-RateLimit-Remaining"] = "99";
            try
            {
                await next(context);
            }
            catch (GraphErrorException error)
            {
                context.Response.StatusCode = error.Status;
                if (error.Location is { } location) context.Response.Headers.Location = location;
                await WriteAsync(context, new JsonObject
                {
                    ["error"] = new JsonObject
                    {
                        ["code"] = error.Code,
                        ["message"] = error.Message,
                        ["innerError"] = new JsonObject { ["date"] = DateTime.UtcNow.ToString("s", CultureInfo.InvariantCulture), ["request-id"] = requestId, ["client-request-id"] = Guid.TryParse(clientId, out _) ? clientId : requestId },
                    },
                });
            }
        });
        app.MapMethods("/v1.0/{**path}", Methods, (HttpContext context, string path) => AnswerAsync(context, "v1.0", path));
        app.MapMethods("/beta/{**path}", Methods, (HttpContext context, string path) => AnswerAsync(context, "beta", path));
    }

    private async Task AnswerAsync(HttpContext context, string version, string path)
    {
        var claims = Authorize(context);
        if (DirectoryServer.Takes(path, claims))
        {
            await _directory.AnswerAsync(context, version, path, Host, claims, WriteAsync);
            return;
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) throw new GraphErrorException(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
        HashSet<string> roles = [.. (claims["roles"] as JsonArray ?? []).Select(role => (string)role!)];
        var (route, captured) = Table.Find(path);
        if (!route.AnyOf.Any(roles.Contains)) throw route.Workload.Deny(route.AnyOf, roles);
        var request = new GraphRequest(context, $"https://{Host}/{version}", captured, roles, route.Workload);
        if (Streamed is { } streamed && route.Streamed is { } rows) await streamed.WriteAsync(context, rows(request));
        else await WriteAsync(context, route.Answer(request));
    }

    private JsonObject Authorize(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal)) throw new GraphErrorException(401, "InvalidAuthenticationToken", "Access token is empty.");
        var (claims, isOurs) = entra.Read(header["Bearer ".Length..]);
        if (claims is null || !isOurs) throw new GraphErrorException(401, "InvalidAuthenticationToken", "CompactToken parsing failed with error code: 80049217");
        if ((string?)claims["aud"] != "https://graph.microsoft.com" || (string?)claims["tid"] != options.TenantId)
            throw new GraphErrorException(401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.");
        if ((long)claims["exp"]! < DateTimeOffset.UtcNow.ToUnixTimeSeconds() || context.Items[FaultMiddleware.Item] is FaultKind.ExpiredToken)
            throw new GraphErrorException(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
        return claims;
    }

    // Data is written as the world's Graph has it; in answers it names itself by the host that was asked.
    private async Task WriteAsync(HttpContext context, JsonObject body)
    {
        context.Response.ContentType = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.WriteAsync(body.ToJsonString(Json).Replace("https://graph.microsoft.com/", $"https://{Host}/", StringComparison.Ordinal), Encoding.UTF8);
    }
}
