using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Graph;

/// <summary>A request that has found its route and may have what it asks for.</summary>
/// <param name="context">The HTTP request.</param>
/// <param name="root">Scheme, host, port and version.</param>
/// <param name="captured">What the route's placeholders stand for.</param>
/// <param name="roles">What the application may do.</param>
/// <param name="workload">Who answers.</param>
internal sealed class GraphRequest(HttpContext context, string root, IReadOnlyDictionary<string, string> captured, IReadOnlySet<string> roles, Workload workload)
{
    /// <summary>OData's options.</summary>
    public QueryOptions Query { get; } = QueryOptions.Of(context.Request);

    public Workload Workload => workload;

    /// <summary>What a placeholder of the route stands for.</summary>
    public string this[string placeholder] => captured[placeholder];

    /// <summary>The same where the route may have no such placeholder.</summary>
    public string? Find(string placeholder) => captured.GetValueOrDefault(placeholder);

    public bool MayUse(string role) => roles.Contains(role);

    /// <summary>An annotation's value that says what follows.</summary>
    public string Context(string name) => $"{root}/$metadata#{name}";

    /// <summary>One entity as the answer.</summary>
    public JsonObject Entity(JsonObject entity, EntityType type, string contextName)
    {
        var body = new JsonObject { ["@odata.context"] = Context(contextName) };
        foreach (var (name, value) in Project(entity, type)) body[name] = value?.DeepClone();
        return body;
    }

    /// <summary>A page of a collection as the answer.</summary>
    public JsonObject Page(IEnumerable<JsonObject> rows, EntityType type, string contextName, PageSize? size = null) => new CollectionPage(this, type, size ?? workload.Pages).Of(rows, contextName);

    public JsonObject Project(JsonObject entity, EntityType type)
    {
        try
        {
            return Projection.Apply(entity, Query, type, keepsId: workload != Workload.Directory);
        }
        catch (FilterException unreadable)
        {
            throw workload.Refuse(unreadable.Message);
        }
    }

    /// <summary>This request once more, with some of its options left out and one added.</summary>
    public string Link(string added, params IReadOnlyList<string> removed)
    {
        var kept = context.Request.QueryString.Value!.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => !removed.Contains(Uri.UnescapeDataString(pair.Split('=')[0]).TrimStart('$'), StringComparer.OrdinalIgnoreCase));
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return $"{new Uri(root).GetLeftPart(UriPartial.Authority)}{path}?{string.Join('&', kept.Append(added))}";
    }
}
