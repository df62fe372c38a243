using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Psoxy.Emulator.Faults;
using Psoxy.Emulator.Tokens;

namespace Psoxy.Emulator.Graph;

/// <summary>Microsoft Graph over the tenant: who may read what, and in which shape.</summary>
internal sealed class GraphServer(Tenant tenant, TokenSigner entra, EmulatorOptions options)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Graph's host and port, known when it listens.</summary>
    public string Host { get; set; } = "";

    /// <summary>While set, lists of sent messages are this long and are written message by message.</summary>
    public StreamedPage? Streamed { get; set; }

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
        app.MapMethods("/v1.0/{**path}", ["GET", "HEAD"], AnswerAsync);
    }

    private async Task AnswerAsync(HttpContext context, string path)
    {
        var roles = Authorize(context);
        var onlyUsers = path.EndsWith("/members/microsoft.graph.user", StringComparison.Ordinal);
        switch (Normalize(path))
        {
            case ["users"]:
                Need(roles, "User.Read.All");
                await WriteAsync(context, new CollectionQuery(context, Host, byKey: true).Page(tenant.Users, "users"));
                break;
            case ["users", var user]:
                Need(roles, "User.Read.All");
                await WriteAsync(context, Entity(context, User(user), "users/$entity"));
                break;
            case ["users", var user, "mailboxSettings"]:
                Need(roles, "MailboxSettings.Read");
                await WriteAsync(context, Entity(context, Tenant.MailboxSettings(User(user)), $"users('{user}')/mailboxSettings"));
                break;
            case ["users", var user, "messages"]:
                Need(roles, "Mail.ReadBasic.All");
                if (Streamed is { } streamed) await streamed.WriteAsync(context, tenant.Sent[(string)User(user)["id"]!]);
                else await WriteAsync(context, new CollectionQuery(context, Host, byKey: false).Page(tenant.Sent[(string)User(user)["id"]!], $"users('{user}')/mailFolders('SentItems')/messages"));
                break;
            case ["users", var user, "messages", var message]:
                Need(roles, "Mail.ReadBasic.All");
                var found = tenant.Sent[(string)User(user)["id"]!].FirstOrDefault(sent => (string?)sent["id"] == message)
                    ?? throw new GraphErrorException(404, "ErrorItemNotFound", "The specified object was not found in the store, Kanarie.");
                await WriteAsync(context, Entity(context, found, $"users('{user}')/messages/$entity"));
                break;
            case ["groups"]:
                Need(roles, "Group.Read.All");
                await WriteAsync(context, new CollectionQuery(context, Host, byKey: true).Page(tenant.Groups, "groups"));
                break;
            case ["groups", var group]:
                Need(roles, "Group.Read.All");
                await WriteAsync(context, Entity(context, Group(group), "groups/$entity"));
                break;
            case ["groups", var group, "members"]:
                Need(roles, "Group.Read.All");
                var members = tenant.Members(Group(group)).Where(member => !onlyUsers || (string?)member["@odata.type"] == "#microsoft.graph.user");
                await WriteAsync(context, new CollectionQuery(context, Host, byKey: true).Page(members, "directoryObjects"));
                break;
            default:
                throw new GraphErrorException(400, "BadRequest", "Resource not found for the segment 'Kanarie'.");
        }
    }

    // All of a person's mail here is in Sent Items, and a cast changes who is listed, not how.
    private static string[] Normalize(string path) => path
        .Replace("mailFolders('SentItems')", "mailFolders/SentItems", StringComparison.Ordinal)
        .Replace("/mailFolders/SentItems/messages", "/messages", StringComparison.Ordinal)
        .Replace("/members/microsoft.graph.user", "/members", StringComparison.Ordinal)
        .Split('/');

    private JsonObject Entity(HttpContext context, JsonObject entity, string contextName)
    {
        var body = new JsonObject { ["@odata.context"] = $"https://{Host}/v1.0/$metadata#{contextName}" };
        foreach (var (name, value) in new CollectionQuery(context, Host, byKey: false).Select(entity)) body[name] = value?.DeepClone();
        return body;
    }

    private JsonObject User(string key) => tenant.FindUser(key) ?? throw new GraphErrorException(404, "Request_ResourceNotFound", $"Resource '{key}' does not exist, says Kanarie.");

    private JsonObject Group(string id) => tenant.FindGroup(id) ?? throw new GraphErrorException(404, "Request_ResourceNotFound", $"Resource '{id}' does not exist, says Kanarie.");

    private HashSet<string> Authorize(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal)) throw new GraphErrorException(401, "InvalidAuthenticationToken", "Access token is empty.");
        var (claims, isOurs) = entra.Read(header["Bearer ".Length..]);
        if (claims is null || !isOurs) throw new GraphErrorException(401, "InvalidAuthenticationToken", "CompactToken parsing failed with error code: 80049217");
        if ((string?)claims["aud"] != "https://graph.microsoft.com" || (string?)claims["tid"] != options.TenantId)
            throw new GraphErrorException(401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.");
        if ((long)claims["exp"]! < DateTimeOffset.UtcNow.ToUnixTimeSeconds() || context.Items[FaultMiddleware.Item] is FaultKind.ExpiredToken)
            throw new GraphErrorException(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
        return [.. (claims["roles"] as JsonArray ?? []).Select(role => (string)role!)];
    }

    private static void Need(HashSet<string> roles, string role)
    {
        if (!roles.Contains(role)) throw new GraphErrorException(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation, Kanarie.");
    }

    private static async Task WriteAsync(HttpContext context, JsonObject body)
    {
        context.Response.ContentType = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.WriteAsync(body.ToJsonString(Json), Encoding.UTF8);
    }
}
