using System.Security.Cryptography;
using System.Text;
using Psoxy.Emulator.Entra.Directory;

namespace Psoxy.Emulator.Entra;

/// <summary>An application of the tenant.</summary>
/// <param name="ConnectorId">The connector it is for.</param>
/// <param name="ClientId">Its client id.</param>
/// <param name="ObjectId">Its object id.</param>
/// <param name="Roles">Graph's application permissions that it was granted.</param>
public sealed record ConnectorApplication(string ConnectorId, string ClientId, string ObjectId, IReadOnlyList<string> Roles);

/// <summary>One application for every connector, with the permissions that the connector asks for. The same tenant has the same ids.</summary>
internal sealed class Applications
{
    private static readonly Dictionary<string, string[]> Permissions = new(StringComparer.Ordinal)
    {
        ["msft-entra-id"] = ["User.Read.All", "Group.Read.All", "MailboxSettings.Read"],
        ["outlook-cal"] = ["Calendars.Read", "MailboxSettings.Read", "Group.Read.All", "User.Read.All"],
        [Default] = ["Mail.ReadBasic.All", "MailboxSettings.Read", "Group.Read.All", "User.Read.All"],
        ["msft-teams"] = ["User.Read.All", "Team.ReadBasic.All", "Channel.ReadBasic.All", "Chat.Read.All", "ChannelMessage.Read.All", "CallRecords.Read.All", "OnlineMeetings.Read.All", "OnlineMeetingArtifact.Read.All"],
        ["msft-onedrive"] = ["Files.Read.All", "User.Read.All", "Group.Read.All"],
        ["msft-copilot"] = ["User.Read.All", "AiEnterpriseInteraction.Read.All"],
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal) { ["entra-id"] = "msft-entra-id", ["azure-ad"] = "msft-entra-id" };

    private const string Default = "outlook-mail";

    public Applications(EmulatorOptions options) => All =
    [
        .. Permissions.Select(connector => connector.Key == Default
            ? new ConnectorApplication(Default, options.ClientId, options.ObjectId, connector.Value)
            : new ConnectorApplication(connector.Key, Derive(options.ClientId, connector.Key), Derive(options.ObjectId, connector.Key), connector.Value)),
    ];

    public IReadOnlyList<ConnectorApplication> All { get; }

    /// <summary>Puts them into the directory, with their federated credentials, service principals and grants.</summary>
    public void Register(TenantDirectory directory, EmulatorOptions options)
    {
        foreach (var connector in All)
        {
            var application = directory.Make(connector.ObjectId, connector.ClientId, "Psoxy " + connector.ConnectorId);
            application.Body["requiredResourceAccess"] = TenantDirectory.Requests(connector.Roles);
            application.Credentials.Add(TenantDirectory.Credential("emulator", options.CredentialIssuer, options.CredentialSubject ?? options.ServiceAccountUniqueId, options.CredentialAudience));
            if (!options.HasServicePrincipal) continue;
            var principal = directory.AddPrincipal(connector.ClientId, "Psoxy " + connector.ConnectorId);
            principal.Body["accountEnabled"] = !options.IsDisabled;
            foreach (var role in connector.Roles) directory.Assign(principal, GraphRoles.IdOf[role]);
        }
    }

    /// <summary>The application of a connector or of its alias; Outlook Mail's for connectors that are not known here.</summary>
    public ConnectorApplication For(string connectorId)
    {
        var id = Aliases.GetValueOrDefault(connectorId, connectorId);
        return All.FirstOrDefault(application => application.ConnectorId == id) ?? All.Single(application => application.ConnectorId == Default);
    }

    private static string Derive(string id, string connectorId) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(id + connectorId)).AsSpan(0, 16)).ToString("D");
}
