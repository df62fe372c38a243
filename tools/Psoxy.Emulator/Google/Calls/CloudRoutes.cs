using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Psoxy.Emulator.Google.Calls;

/// <summary>Maps the methods of one API.</summary>
internal sealed class CloudRoutes(WebApplication app, string prefix)
{
    /// <summary>Set on the request by the front door.</summary>
    public const string Item = "cloud-call";

    public void Get(string template, Func<CloudCall, JsonNode> answer) => Map("GET", template, answer);

    public void Post(string template, Func<CloudCall, JsonNode> answer) => Map("POST", template, answer);

    public void Delete(string template, Func<CloudCall, JsonNode> answer) => Map("DELETE", template, answer);

    public void Patch(string template, Func<CloudCall, JsonNode> answer) => Map("PATCH", template, answer);

    public void Put(string template, Func<CloudCall, JsonNode> answer) => Map("PUT", template, answer);

    private void Map(string method, string template, Func<CloudCall, JsonNode> answer) => app.MapMethods(prefix + template, [method], (RequestDelegate)(context =>
    {
        var body = answer((CloudCall)context.Items[Item]!);
        context.Response.ContentType = "application/json; charset=UTF-8";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }));
}
