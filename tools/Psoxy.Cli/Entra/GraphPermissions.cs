using System.Text.Json.Nodes;

namespace Psoxy.Cli.Entra;

/// <summary>Graph's application permissions, as the tenant's own Graph lists them: names and ids.</summary>
internal sealed class GraphPermissions
{
    /// <summary>Client id of Microsoft Graph, the same everywhere.</summary>
    public const string AppId = "00000003-0000-0000-c000-000000000000";

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    private GraphPermissions(JsonObject principal)
    {
        PrincipalId = (string)principal["id"]!;
        foreach (var role in (principal["appRoles"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if ((string?)role["id"] is not { } id || (string?)role["value"] is not { Length: > 0 } name) continue;
            _names[id] = name;
            if ((bool?)role["isEnabled"] == true && (role["allowedMemberTypes"] as JsonArray ?? []).Any(type => (string?)type == "Application")) _ids[name] = id;
        }
    }

    /// <summary>Object id of Graph's service principal: what grants are for.</summary>
    public string PrincipalId { get; }

    /// <exception cref="EntraException">Graph cannot be read.</exception>
    public static async Task<GraphPermissions> ReadAsync(GraphApi api, CancellationToken cancellation)
    {
        var answer = await api.GetAsync($"/servicePrincipals(appId='{AppId}')?$select=id,appId,appRoles", cancellation);
        return answer.IsSuccess && answer.Body is { } principal ? new(principal) : throw GraphRefusal.Of(answer, "read which permissions Microsoft Graph has");
    }

    /// <exception cref="EntraException">This cloud's Graph has no such permission.</exception>
    public string IdOf(string name) => _ids.TryGetValue(name, out var id)
        ? id
        : throw new EntraException($"Microsoft Graph of this cloud has no application permission '{name}': the connector that needs it cannot be used here.");

    public string NameOf(string id) => _names.GetValueOrDefault(id, id);
}
