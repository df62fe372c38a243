using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.OData;
using Psoxy.Emulator.Graph.Routing;

namespace Psoxy.Emulator.Graph.Outlook;

/// <summary>Mailbox settings and messages. More folders than the proxy lets through, so that a refusal refuses something.</summary>
internal static class MailRoutes
{
    private static readonly string[] Read = ["Mail.ReadBasic.All", "Mail.ReadBasic", "Mail.Read"];
    private static readonly EntityType Settings = new("mailboxSettings");

    public static IEnumerable<Route> Of(Tenant tenant)
    {
        IReadOnlyList<JsonObject> Sent(GraphRequest request) => Shown(request, tenant.Mail.Sent(Mailbox.Owner(tenant, request)));
        IReadOnlyList<JsonObject> Folder(GraphRequest request)
        {
            var owner = Mailbox.Owner(tenant, request);
            return Shown(request, request["folder"].ToLowerInvariant() switch
            {
                "inbox" or "aamkaginbox" => tenant.Mail.Received(owner),
                _ => throw new GraphErrorException(400, "ErrorInvalidIdMalformed", "Id is malformed, Kanarie."),
            });
        }

        IReadOnlyList<JsonObject> All(GraphRequest request)
        {
            var owner = Mailbox.Owner(tenant, request);
            return Shown(request, [.. tenant.Mail.Sent(owner), .. tenant.Mail.Received(owner)]);
        }

        IReadOnlyList<JsonObject> Shown(GraphRequest request, IReadOnlyList<JsonObject> messages) => tenant.Options.FullMessages || request.MayUse("Mail.Read")
            ? messages
            : [.. messages.Select(message => new JsonObject(message.Where(property => !MailData.Content.Contains(property.Key)).Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone()))))];

        JsonObject One(GraphRequest request, IReadOnlyList<JsonObject> messages)
        {
            RefuseContent(request);
            var found = messages.FirstOrDefault(message => (string?)message["id"] == request["message"]) ?? throw request.Workload.Missing(request["message"]);
            return request.Entity(found, MailData.Message, $"users('{request["user"]}')/messages/$entity");
        }

        JsonObject Page(GraphRequest request, IReadOnlyList<JsonObject> messages, string folder)
        {
            RefuseContent(request);
            return request.Page(messages, MailData.Message, $"users('{request["user"]}'){folder}/messages");
        }

        void RefuseContent(GraphRequest request)
        {
            if (!tenant.Options.FullMessages && !request.MayUse("Mail.Read") && request.Query.Expand.Count > 0) throw request.Workload.Deny(Read, []);
        }

        return
        [
            new(Workload.Exchange, "users/{user}/mailboxSettings", ["MailboxSettings.Read"], request => request.Entity(MailboxData.Of(Mailbox.Owner(tenant, request)), Settings, $"users('{request["user"]}')/mailboxSettings")),
            new(Workload.Exchange, "users/{user}/messages", Read, request => Page(request, All(request), "")),
            new(Workload.Exchange, "users/{user}/messages/{message}", Read, request => One(request, All(request))),
            new(Workload.Exchange, "users/{user}/mailFolders/SentItems/messages", Read, request => Page(request, Sent(request), "/mailFolders('SentItems')")) { Streamed = Sent },
            new(Workload.Exchange, "users/{user}/mailFolders/SentItems/messages/{message}", Read, request => One(request, Sent(request))),
            new(Workload.Exchange, "users/{user}/mailFolders/{folder}/messages", Read, request => Page(request, Folder(request), $"/mailFolders('{request["folder"]}')")),
            new(Workload.Exchange, "users/{user}/mailFolders/{folder}/messages/{message}", Read, request => One(request, Folder(request))),
        ];
    }
}
