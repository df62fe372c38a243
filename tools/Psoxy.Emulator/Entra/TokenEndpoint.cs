using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Psoxy.Emulator.Entra.Directory;
using Psoxy.Emulator.Faults;
using Psoxy.Emulator.Tokens;

namespace Psoxy.Emulator.Entra;

/// <summary>Entra's token endpoint for client credentials, with a federated assertion or one signed with a certificate; refuses as Entra does. Knows what the directory knows.</summary>
internal sealed class TokenEndpoint(EmulatorOptions options, TenantDirectory directory, Engineers engineers, DeviceCodes devices, TokenSigner google, TokenSigner entra, TokenClock clock)
{
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public void Map(WebApplication app)
    {
        app.MapPost("/{tenant}/oauth2/v2.0/token", AnswerAsync);
        DeviceCodes.Map(app);
    }

    /// <summary>Which roles a token gets, whosoever's it is; each application its own where <c>null</c>. A test may change what is consented to.</summary>
    public IReadOnlyList<string>? Roles { get; set; } = options.GrantedRoles;

    private async Task<IResult> AnswerAsync(string tenant, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (DeviceCodes.Takes(form)) return devices.Redeem(form);
        if (form["client_id"] == engineers.AutomationClientId) return Automation(form, context.Request.Headers["client-request-id"].ToString());
        EntraError? error;
        DirectoryApplication application;
        DirectoryPrincipal principal;
        IReadOnlyList<string> roles;
        lock (directory.Lock)
        {
            (error, application, principal) = Refuse(tenant, form, $"{context.Request.Scheme}://{context.Request.Host}/{tenant}");
            roles = error is null ? Roles ?? [.. principal.Assignments.Select(assignment => GraphRoles.NameOf((string?)assignment["appRoleId"])!)] : [];
        }

        if (error is not null) return Error(error, context.Request.Headers["client-request-id"].ToString());
        var now = DateTimeOffset.UtcNow + clock.EntraIsAhead;
        var seconds = context.Items[FaultMiddleware.Item] is FaultKind.ExpiredToken ? -60 : clock.GraphTokenSeconds;
        var claims = new JsonObject
        {
            ["aud"] = "https://graph.microsoft.com",
            ["iss"] = $"https://sts.windows.net/{options.TenantId}/",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.AddMinutes(-5).ToUnixTimeSeconds(),
            ["exp"] = now.AddSeconds(seconds).ToUnixTimeSeconds(),
            ["appid"] = application.AppId,
            ["appidacr"] = "2",
            ["idtyp"] = "app",
            ["oid"] = principal.Id,
            ["sub"] = principal.Id,
            ["tid"] = options.TenantId,
            ["uti"] = Guid.NewGuid().ToString("N"),
            ["ver"] = "1.0",
        };
        if (roles.Count > 0) claims["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]);
        return Results.Json(new { token_type = "Bearer", expires_in = clock.ExpiresIn ?? clock.GraphTokenSeconds, ext_expires_in = clock.ExpiresIn ?? clock.GraphTokenSeconds, access_token = entra.Sign(claims) });
    }

    private IResult Automation(IFormCollection form, string correlationId) => form["client_secret"] == engineers.AutomationSecret
        ? Results.Json(new { token_type = "Bearer", expires_in = 3599, ext_expires_in = 3599, access_token = engineers.ApplicationToken(engineers.AutomationClientId, engineers.AutomationRoles) })
        : Error(new(401, 7000215, "invalid_client", "Invalid client secret provided."), correlationId);

    private (EntraError? Error, DirectoryApplication Application, DirectoryPrincipal Principal) Refuse(string tenant, IFormCollection form, string authority)
    {
        var clientId = form["client_id"].ToString();
        var application = directory.Applications.Find(application => application.AppId == clientId);
        var principal = directory.Principals.Find(principal => principal.AppId == clientId);
        return (Refuse(tenant, form, clientId, authority, application, principal), application!, principal!);
    }

    private EntraError? Refuse(string tenant, IFormCollection form, string clientId, string authority, DirectoryApplication? application, DirectoryPrincipal? principal)
    {
        if (tenant != options.TenantId)
            return Guid.TryParse(tenant, out _) ? new(400, 90002, "invalid_request", $"Tenant '{tenant}' not found.") : new(400, 900023, "invalid_request", $"Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain.");
        if (form["grant_type"] != "client_credentials") return new(400, 70003, "unsupported_grant_type", "The app requested an unsupported grant type.");
        if (application is null) return new(400, 700016, "unauthorized_client", $"Application with identifier '{clientId}' was not found in the directory '{tenant}'.");
        if (form["scope"] != "https://graph.microsoft.com/.default") return new(400, 1002012, "invalid_scope", "The provided value for scope is not valid.");
        if (principal is null) return new(401, 7000229, "invalid_client", $"The client application {clientId} is missing service principal in the tenant {tenant}.");
        if (!principal.IsEnabled) return new(400, 7000112, "unauthorized_client", $"Application '{clientId}'(Kanarie App) is disabled.");
        if (form["client_assertion_type"] != JwtBearer || form["client_assertion"].Count != 1) return new(401, 7000218, "invalid_client", "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        var assertion = form["client_assertion"].ToString();
        return CertificateAssertion.Read(assertion) is { } signed
            ? signed.Refuse(clientId, [authority + "/oauth2/v2.0/token", authority + "/v2.0"], (JsonArray)application.Body["keyCredentials"]!, DateTimeOffset.UtcNow + clock.EntraIsAhead)
            : RefuseAssertion(assertion, application.Credentials);
    }

    private EntraError? RefuseAssertion(string assertion, List<JsonObject> credentials)
    {
        var (claims, isOurs) = google.Read(assertion);
        if (claims is null) return new(400, 50027, "invalid_request", "JWT token is invalid or malformed.");
        if (!options.AllowsFederation) return new(401, 700223, "invalid_client", "Workload identity federation is disabled by policy.");
        var (issuer, subject, audience) = ((string?)claims["iss"], (string?)claims["sub"], (string?)claims["aud"]);
        var known = credentials.FindAll(credential => (string?)credential["issuer"] == issuer);
        if (known.Count == 0) return new(401, 700211, "invalid_client", $"No matching federated identity record found for presented assertion issuer '{issuer}'.");
        if (!isOurs) return new(401, 700027, "invalid_client", "Client assertion failed signature validation.");
        known = known.FindAll(credential => (string?)credential["subject"] == subject);
        if (known.Count == 0)
            return new(401, 700213, "invalid_client", $"No matching federated identity record found for presented assertion subject '{subject}'. The matching is done using a case-sensitive comparison.");
        if (!known.Exists(credential => (string?)credential["audiences"]![0] == audience)) return new(401, 700212, "invalid_client", $"No matching federated identity record found for presented assertion audience '{audience}'.");
        var now = (DateTimeOffset.UtcNow + clock.EntraIsAhead).ToUnixTimeSeconds();
        return (long)claims["exp"]! < now - 300 || (long)claims["iat"]! > now + 300
            ? new(401, 700024, "invalid_client", "Client assertion is not within its valid time range.")
            : null;
    }

    private static IResult Error(EntraError error, string correlationId)
    {
        var (trace, time) = (Guid.NewGuid().ToString("D"), DateTimeOffset.UtcNow.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        var body = new JsonObject
        {
            ["error"] = error.Name,
            ["error_description"] = $"AADSTS{error.Code}: {error.Text} Trace ID: {trace} Correlation ID: {correlationId} Timestamp: {time}",
            ["error_codes"] = new JsonArray(error.Code),
            ["timestamp"] = time,
            ["trace_id"] = trace,
            ["correlation_id"] = correlationId,
        };
        return Results.Json(body, statusCode: error.Status);
    }
}
