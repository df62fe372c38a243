using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>Identities and sets of them, as Teams writes them.</summary>
internal static class Identities
{
    public static string User(Person who) => $$"""
        {"@odata.type": "#microsoft.graph.teamworkUserIdentity", "id": "{{who.Id}}", "displayName": "{{who.Name}}", "userIdentityType": "aadUser", "tenantId": "{{Synthetic.TenantId}}"}
        """;

    public static string Set(Person who) => $$"""
        {"application": null, "device": null, "user": {{User(who)}} }
        """;

    public static string Bot(int number) => $$"""
        {
          "device": null, "user": null,
          "application": {
            "@odata.type": "#microsoft.graph.teamworkApplicationIdentity", "id": "{{Synthetic.Id(5, number)}}", "displayName": "Kanarie bot", "applicationIdentityType": "bot"
          }
        }
        """;
}
