using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>Identity sets as Teams writes them.</summary>
internal static class Identities
{
    public static string Set(Person who) => $$"""
        {
          "application": null, "device": null,
          "user": {"@odata.type": "#microsoft.graph.teamworkUserIdentity", "id": "{{who.Id}}", "displayName": "{{who.Name}}", "userIdentityType": "aadUser", "tenantId": "d0000000-5fad-4d73-a9f5-000000000001"}
        }
        """;

    public static string Bot(int number) => $$"""
        {
          "device": null, "user": null,
          "application": {"@odata.type": "#microsoft.graph.teamworkApplicationIdentity", "id": "{{Synthetic.Id(5, number)}}", "displayName": "Kanarie bot", "applicationIdentityType": "bot"}
        }
        """;
}
