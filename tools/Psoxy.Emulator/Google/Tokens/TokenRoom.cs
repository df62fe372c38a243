using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Psoxy.Emulator.Google.Calls;

namespace Psoxy.Emulator.Google.Tokens;

/// <summary>The OAuth token endpoint: an assertion that an account's key signed, for an access token or an identity token.</summary>
internal sealed class TokenRoom(GoogleCloud cloud)
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    public void Map(WebApplication app) => app.MapPost(ApiPlace.Of(CloudApi.Tokens).Prefix, (RequestDelegate)(context =>
    {
        var (status, answer) = Answer(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(((CloudCall)context.Items[CloudRoutes.Item]!).Raw)));
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }));

    private (int Status, JsonObject Answer) Answer(Dictionary<string, StringValues> form)
    {
        if (form.GetValueOrDefault("grant_type") != Grant) return Error("unsupported_grant_type", "Invalid grant_type: " + form.GetValueOrDefault("grant_type"));
        var email = cloud.Tokens.SignerOf(form.GetValueOrDefault("assertion").ToString(), out var claims);
        if (email.Length == 0) return Error("invalid_grant", "Invalid JWT Signature.");
        var account = cloud.Accounts.Find(email);
        var isForeign = !email.EndsWith("@" + cloud.Accounts.Domain, StringComparison.Ordinal);
        if (account is null && !isForeign) return Error("invalid_grant", "Invalid grant: account not found");
        if (account?.IsDisabled == true) return Error("invalid_grant", "Account disabled.");
        return (200, (string?)claims["target_audience"] is { Length: > 0 } audience
            ? new() { ["id_token"] = cloud.Tokens.Identity(email, account?.UniqueId ?? AccessTokens.UniqueId(email), audience) }
            : cloud.Tokens.Access(email));
    }

    private static (int Status, JsonObject Answer) Error(string error, string description) => (400, new() { ["error"] = error, ["error_description"] = description });
}
