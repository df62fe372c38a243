using Psoxy.Emulator.Graph.OData;
using Psoxy.Emulator.Graph.Routing;

namespace Psoxy.Emulator.Graph.Copilot;

/// <summary>The export of what people and Copilot said to each other.</summary>
internal static class InteractionRoutes
{
    private static readonly string[] Filtered = ["appClass", "createdDateTime", "interactionType", "sessionId"];

    public static IEnumerable<Route> Of(Tenant tenant) =>
    [
        new(Workload.Copilot, "copilot/users/{user}/interactionHistory/getAllEnterpriseInteractions", ["AiEnterpriseInteraction.Read.All"], request =>
        {
            var owner = tenant.Directory.Find(request["user"]) ?? throw request.Workload.Missing(request["user"]);
            Check(request);
            return request.Page(Enumerable.Range(0, owner.IsGuest ? 0 : InteractionData.PerPerson).Select(number => InteractionData.Of(owner, number)), InteractionData.Type, "Collection(microsoft.graph.aiInteraction)");
        }),
    ];

    private static void Check(GraphRequest request)
    {
        if (request.Query.OrderBy is not null || request.Query.Expand.Count > 0) throw request.Workload.Refuse("Query option is not allowed.");
        if (request.Query.Filter is not { } text) return;
        try
        {
            if (Filter.Parse(text).Paths.FirstOrDefault(path => !Filtered.Contains(path, StringComparer.Ordinal)) is { } other) throw request.Workload.Refuse($"The property '{other}' cannot be filtered.");
        }
        catch (FilterException unreadable)
        {
            throw request.Workload.Refuse(unreadable.Message);
        }
    }
}
