using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.Outlook;

/// <summary>Whose mailbox a request is about.</summary>
internal static class Mailbox
{
    public static Person Owner(Tenant tenant, GraphRequest request)
    {
        var owner = tenant.Directory.Find(request["user"]) ?? throw new GraphErrorException(404, "ErrorInvalidUser", $"The requested user '{request["user"]}' is invalid, Kanarie.");
        return owner.HasMailbox ? owner : throw new GraphErrorException(404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive, soft-deleted, or is hosted on-premise, Kanarie.");
    }
}
