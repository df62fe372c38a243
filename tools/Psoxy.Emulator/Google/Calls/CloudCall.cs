using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Psoxy.Emulator.Google.Access;

namespace Psoxy.Emulator.Google.Calls;

/// <summary>A call on its way: who calls, for what, and whether that is allowed.</summary>
internal sealed class CloudCall(GoogleCloud cloud, HttpContext context, byte[] raw)
{
    private JsonObject? _body;

    public HttpContext Context => context;

    public byte[] Raw => raw;

    /// <summary>The caller, as a member of policies; empty for nobody.</summary>
    public string Caller { get; init; } = "";

    public string this[string name] => context.GetRouteValue(name) as string ?? "";

    public JsonObject Body => _body ??= Parse();

    public string Query(string name) => context.Request.Query[name].ToString();

    /// <summary>Refuses who has a permission neither on the project nor on the resource.</summary>
    public void Demand(string permission, string? resource = null, IamPolicy? policy = null)
    {
        if (this["project"] is { Length: > 0 } project && project != "-" && project != cloud.Options.ProjectId && project != cloud.Options.ProjectNumber)
            throw CloudException.Denied(permission, "projects/" + project);
        if (!cloud.Roles.Grants(cloud.Project.Policy, Caller, permission) && (policy is null || !cloud.Roles.Grants(policy, Caller, permission)))
            throw CloudException.Denied(permission, resource ?? "projects/" + cloud.Options.ProjectId);
    }

    private JsonObject Parse()
    {
        if (raw.Length == 0) return [];
        try
        {
            return JsonNode.Parse(raw) as JsonObject ?? throw CloudException.Invalid("Invalid JSON payload received. The body must be an object.");
        }
        catch (JsonException wrong)
        {
            throw CloudException.Invalid(string.Create(CultureInfo.InvariantCulture, $"Invalid JSON payload received. Unexpected token in line {wrong.LineNumber}."));
        }
    }
}
