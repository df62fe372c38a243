using System.Text.Json.Nodes;
using Psoxy.Emulator.Google.Calls;

namespace Psoxy.Emulator.Google.Iam;

/// <summary>Service accounts over REST.</summary>
internal sealed class IamRoom(GoogleCloud cloud)
{
    private const string All = "/v1/projects/{project}/serviceAccounts";
    private const string One = All + "/{account}";

    public void Map(CloudRoutes routes)
    {
        routes.Post(All, Create);
        routes.Get(All, call =>
        {
            call.Demand("iam.serviceAccounts.list");
            return new JsonObject { ["accounts"] = new JsonArray([.. cloud.Accounts.All.Select(account => account.Show())]) };
        });
        routes.Get(One, call => Find(call, "get").Show());
        routes.Patch(One, Change);
        routes.Delete(One, Delete);
        routes.Post(One + ":disable", call => Switch(call, "disable", true));
        routes.Post(One + ":enable", call => Switch(call, "enable", false));
        routes.Post(One + ":getIamPolicy", call => Find(call, "getIamPolicy").Policy.Show());
        routes.Post(One + ":setIamPolicy", call => Find(call, "setIamPolicy").Policy.Replace(call.Body, cloud.Roles, cloud.Accounts));
    }

    private JsonObject Create(CloudCall call)
    {
        call.Demand("iam.serviceAccounts.create");
        var account = call.Body["serviceAccount"];
        return cloud.Accounts.Create((string?)call.Body["accountId"] ?? "", (string?)account?["displayName"] ?? "", (string?)account?["description"] ?? "").Show();
    }

    private JsonObject Change(CloudCall call)
    {
        var account = Find(call, "update");
        if ((string?)call.Body["serviceAccount"]?["displayName"] is { } name) account.DisplayName = name;
        return account.Show();
    }

    private JsonObject Delete(CloudCall call)
    {
        var account = Find(call, "delete");
        cloud.Accounts.Delete(account);
        foreach (var policy in cloud.Policies) policy.Rename(account.Member, $"deleted:{account.Member}?uid={account.UniqueId}");
        return [];
    }

    private JsonObject Switch(CloudCall call, string verb, bool isDisabled)
    {
        Find(call, verb).IsDisabled = isDisabled;
        return [];
    }

    private ServiceAccount Find(CloudCall call, string verb)
    {
        var account = cloud.Accounts.Find(call["account"]);
        call.Demand("iam.serviceAccounts." + verb, $"projects/{cloud.Options.ProjectId}/serviceAccounts/{call["account"]}", account?.Policy);
        return account ?? throw CloudException.NotFound($"Unknown service account: {call["account"]}");
    }
}
