using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Emulator.Graph;

namespace Psoxy.Cli.Demo;

/// <summary>One request of the demo.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="PathAndQuery">As a caller writes it.</param>
/// <param name="Allowed">Whether the rules let it pass: the demo fails if the function disagrees.</param>
internal sealed record DemoRequest(string Title, string PathAndQuery, bool Allowed)
{
    /// <summary>The Outlook Mail requests, made for one of the emulated tenant's people.</summary>
    /// <param name="userId">Object id of a user with a mailbox.</param>
    public static IReadOnlyList<DemoRequest> ForOutlookMail(string userId) =>
    [
        new("The directory: who is there", "/v1.0/users?$top=2", true),
        new("One person's working hours", $"/v1.0/users/{userId}/mailboxSettings", true),
        new("A group, whose address is not a person's", "/v1.0/groups?$top=1", true),
        new("What somebody sent: when and to whom, never what", $"/v1.0/users/{userId}/mailFolders/SentItems/messages?$top=1", true),
        new("Refused: mail outside Sent Items", $"/v1.0/users/{userId}/messages?$top=1", false),
        new("Refused: asking for a name that the answer would hide", "/v1.0/users?$filter=startswith(displayName,'A')", false),
        new("Refused: a path that means another one after decoding", $"/v1.0/users/{userId}/%2e%2e/{userId}/messages", false),
    ];

    /// <summary>What the emulated tenant answers a connector, and something that is nobody's business.</summary>
    /// <param name="connector">Which.</param>
    /// <param name="tenant">Whose samples.</param>
    public static IReadOnlyList<DemoRequest> For(Connector connector, Tenant tenant)
    {
        if (connector.Id == "outlook-mail") return ForOutlookMail((string)tenant.Users[1]["id"]!);
        var gate = new RequestGate(RulesLoader.Load(connector.RulesYaml, connector.Id).Rules!);
        return
        [
            .. from sample in tenant.Samples
               where sample.ConnectorId == connector.Id
               let parts = sample.Target.Split('?', 2)
               let decision = gate.Decide("GET", parts[0], parts.Length > 1 ? parts[1] : "")
               select new DemoRequest(decision.IsAllowed ? decision.Endpoint!.Name : "Refused: asks for more than the rules return", sample.Target, decision.IsAllowed),
            new("Refused: nobody's business", "/v1.0/auditLogs/signIns", false),
        ];
    }
}
