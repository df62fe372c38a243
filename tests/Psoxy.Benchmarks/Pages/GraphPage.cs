using System.Text;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize;

namespace Psoxy.Benchmarks.Pages;

/// <summary>A kind of page, and what a function does to it.</summary>
/// <param name="Name">For people.</param>
/// <param name="Connector">Whose rules.</param>
/// <param name="Path">The request that has such an answer.</param>
/// <param name="Item">One item's JSON, by number.</param>
internal sealed record GraphPage(string Name, string Connector, string Path, Func<int, string> Item)
{
    public static readonly GraphPage Messages = new("messages", "outlook-mail", MessagePage.Path, MessagePage.Message);
    public static readonly GraphPage Users = new("users", "outlook-mail", UserPage.Path, UserPage.User);
    public static readonly GraphPage Events = new("events", "outlook-cal", EventPage.Path, EventPage.Event);

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<GraphPage> All => [Messages, Users, Events];

    /// <summary>A page of at least so many bytes.</summary>
    public byte[] OfSize(int bytes)
    {
        var page = new StringBuilder(bytes + 4096).Append("{\"@odata.nextLink\":\"https://graph.microsoft.com").Append(Path).Append("?$skip=100\",\"value\":[");
        for (var number = 0; page.Length < bytes; number++) page.Append(number > 0 ? "," : "").Append(Item(number));
        return Encoding.UTF8.GetBytes(page.Append("]}").ToString());
    }

    /// <summary>The plan by which it is sanitized.</summary>
    public SanitizerPlan Plan()
    {
        var rules = RulesLoader.Load(ConnectorCatalog.Find(Connector)!.RulesYaml, Connector).Rules!;
        var decision = new RequestGate(rules).Decide("GET", Path, "");
        return decision.IsAllowed ? SanitizerPlan.Compile(decision.Endpoint!) : throw new InvalidOperationException($"{Path} is refused: {decision.Reason}");
    }
}
