using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>Teams, each of which is a group's, and their channels.</summary>
internal static class TeamData
{
    public const int Channels = 3;

    public static string ChannelId(int team, int channel) => $"19:{Synthetic.Opaque("", team, channel)}a1b2c3d4e5f6a7b8c9d0@thread.tacv2";

    public static JsonObject Of(int team) => Synthetic.Shape($$"""
        {
          "id": "{{Synthetic.Id(2, team)}}", "createdDateTime": "2024-05-06T07:08:09Z", "displayName": "Team Kanarie {{team}}",
          "description": "Everything about Kanarie", "internalId": "19:{{Synthetic.Opaque("internal", team)}}@thread.tacv2",
          "classification": null, "specialization": "none", "visibility": "private", "firstChannelName": null,
          "webUrl": "https://teams.example/l/team/19%3akanarie/conversations?groupId=kanarie", "isArchived": {{(team % 5 == 4 ? "true" : "false")}},
          "isMembershipLimitedToOwners": false,
          "tenantId": "{{Synthetic.TenantId}}",
          "memberSettings": {"allowCreateUpdateChannels": true, "allowCreatePrivateChannels": true, "allowDeleteChannels": true, "allowAddRemoveApps": true,
          "allowCreateUpdateRemoveTabs": true, "allowCreateUpdateRemoveConnectors": true},
          "guestSettings": {"allowCreateUpdateChannels": false, "allowDeleteChannels": false},
          "messagingSettings": {"allowUserEditMessages": true, "allowUserDeleteMessages": true, "allowOwnerDeleteMessages": true, "allowTeamMentions": true,
          "allowChannelMentions": true},
          "funSettings": {"allowGiphy": true, "giphyContentRating": "moderate", "allowStickersAndMemes": true, "allowCustomMemes": true},
          "discoverySettings": {"showInTeamsSearchAndSuggestions": true}, "summary": {"guestsCount": 0, "membersCount": 9, "ownersCount": 1}
        }
        """);

    public static JsonObject Channel(int team, int channel) => Synthetic.Shape($$"""
        {
          "@odata.id": "https://graph.microsoft.com/v1.0/tenants/d0000000-5fad-4d73-a9f5-000000000001/teams/{{Synthetic.Id(2, team)}}/channels/{{ChannelId(team, channel)}}",
          "id": "{{ChannelId(team, channel)}}", "createdDateTime": "2024-05-06T07:08:09Z",
          "displayName": "{{(channel == 0 ? "General Kanarie" : $"Kanarie talk {channel}")}}", "description": {{(channel == 0 ? "null" : "\"Where Kanarie talks\"")}},
          "isFavoriteByDefault": {{(channel == 0 ? "true" : "null")}}, "email": "kanarie-channel{{channel}}.{{team}}@emea.teams.example",
          "tenantId": "{{Synthetic.TenantId}}", "layoutType": "post",
          "webUrl": "https://teams.example/l/channel/{{channel}}/General%20Kanarie",
          "membershipType": "{{(channel == 0 ? "standard" : channel == 1 ? "private" : "shared")}}", "isArchived": false, "moderationSettings": null,
          "migrationMode": null,
          "originalCreatedDateTime": null, "summary": {"guestsCount": 0, "membersCount": 4, "ownersCount": 1,
          "hasMembersFromOtherTenants": {{(channel == 2 ? "true" : "false")}}}
        }
        """);

    /// <summary>Members of each kind that a conversation may have; the first two are people of the tenant.</summary>
    public static IEnumerable<JsonObject> Members(IEnumerable<Person> people, string conversation)
    {
        foreach (var (person, number) in people.Select((person, number) => (person, number)))
        {
            yield return Synthetic.Shape($$"""
                {
                  "@odata.type": "#microsoft.graph.aadUserConversationMember", "id": "{{Synthetic.Opaque("MCMjMSMjZA", person.Index, number)}}",
                  "roles": [{{(number == 0 ? "\"owner\"" : person.IsGuest ? "\"guest\"" : "")}}],
                  "displayName": "{{person.Name}}", "visibleHistoryStartDateTime": "0001-01-01T00:00:00Z", "userId": "{{person.Id}}", "email": "{{person.Address}}",
                  "tenantId": "{{Synthetic.TenantId}}"
                }
                """);
        }

        yield return Synthetic.Shape($$"""
            {
              "@odata.type": "#microsoft.graph.anonymousGuestConversationMember", "id": "{{Synthetic.Opaque("MCMjMiMjZA", conversation.Length)}}",
              "roles": ["anonymousGuest"], "displayName": "Kanarie visitor",
              "visibleHistoryStartDateTime": "2026-03-02T08:00:00Z", "anonymousGuestId": "teamsvisitor:kanarie{{conversation.Length}}"
            }
            """);
        yield return Synthetic.Shape("""
            {
              "@odata.type": "#microsoft.graph.phoneUserConversationMember", "id": "MCMjMyMjZA", "roles": [], "displayName": "Kanarie on the phone",
              "visibleHistoryStartDateTime": null, "phoneNumber": "+41 44 555 kanarie 3"
            }
            """);
    }
}
