using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>Records of calls; their sessions and segments come by expansion.</summary>
internal static class CallRecordData
{
    /// <summary>More than two pages.</summary>
    public const int Records = 130;

    private static readonly string[] Kinds =
        ["user", "phone", "guest", "onPremises", "encrypted", "azureCommunicationServicesUser", "applicationInstance", "assertedIdentity"];

    public static string Id(int number) => Synthetic.Id(20, number);

    public static JsonObject Of(int number, int people)
    {
        var (organizer, other, start) = (new Person(number % people), new Person((number + 1) % people), Start(number));
        return Synthetic.Shape($$"""
            {
              "id": "{{Id(number)}}", "version": {{1 + (number % 3)}}, "type": "{{(number % 4 == 0 ? "groupCall" : "peerToPeer")}}",
              "modalities": ["audio"{{(number % 2 == 0 ? ", \"video\", \"screenSharing\"" : "")}}],
              "lastModifiedDateTime": "{{Synthetic.Stamp(start.AddHours(2))}}", "startDateTime": "{{Synthetic.Stamp(start)}}",
              "endDateTime": "{{Synthetic.Stamp(start.AddMinutes(20))}}",
              "joinWebUrl": {{(number % 4 == 0 ? $"\"https://teams.example/l/meetup-join/19%3ameeting_{number}%40thread.v2/0?pwd=Kanarie\"" : "null")}},
              "organizer": {{Old(organizer)}}, "participants": [{{Old(organizer)}}, {{Old(other)}}],
              "organizer_v2@odata.context": "https://graph.microsoft.com/v1.0/$metadata#communications/callRecords('{{Id(number)}}')/organizer_v2/$entity",
              "organizer_v2": {{Participant(organizer, 0)}},
              "participants_v2@odata.context": "https://graph.microsoft.com/v1.0/$metadata#communications/callRecords('{{Id(number)}}')/participants_v2",
              "participants_v2": [{{Participant(organizer, 0)}}, {{Participant(other, 1 + (number % 7))}}]
            }
            """);
    }

    public static EntityType Type(int people)
    {
        var participant = new EntityType("callRecords.participant");
        var session = new EntityType("callRecords.session", Navigation.Many("segments", session => [CallSessionData.Segment((string)session["id"]!, people)], new EntityType("callRecords.segment")));
        return new(
            "callRecords.callRecord",
            Navigation.Many("sessions", record => CallSessionData.Sessions(NumberOf(record), people), session),
            Navigation.One("organizer_v2", record => (JsonObject)record["organizer_v2"]!, participant),
            Navigation.Many("participants_v2", record => ((JsonArray)record["participants_v2"]!).Select(one => (JsonObject)one!), participant));
    }

    public static DateTimeOffset Start(int number) => Synthetic.Epoch.AddMinutes(number * 97);

    private static int NumberOf(JsonObject record) => Convert.ToInt32(((string)record["id"]!)[^12..], 16);

    private static string Old(Person who) => $$"""
        {"acsUser": null, "spoolUser": null, "phone": null, "guest": null, "encrypted": null, "onPremises": null, "acsApplicationInstance": null,
          "spoolApplicationInstance": null, "applicationInstance": null, "application": null, "device": null, "user": {"id": "{{who.Id}}",
          "displayName": "{{who.Name}}", "tenantId": "{{Synthetic.TenantId}}"} }
        """;

    // A participant is one of these; the id of who calls by telephone is their number.
    private static string Participant(Person who, int kind)
    {
        var (name, type, more) = kind switch
        {
            0 => ("user", "communicationsUser", $"\"tenantId\": \"{Synthetic.TenantId}\", \"userPrincipalName\": \"{who.PrincipalName}\""),
            1 => ("phone", "communicationsPhone", ""),
            2 => ("guest", "communicationsGuest", $"\"email\": \"{who.Address}\""),
            3 => ("onPremises", "communicationsUser", $"\"tenantId\": \"{Synthetic.TenantId}\""),
            4 => ("encrypted", "communicationsEncrypted", ""),
            5 => ("azureCommunicationServicesUser", "azureCommunicationServicesUser", "\"azureCommunicationServicesResourceId\": \"kanarie-resource\""),
            6 => ("applicationInstance", "communicationsApplicationInstance", $"\"tenantId\": \"{Synthetic.TenantId}\", \"hidden\": false"),
            _ => ("assertedIdentity", "identity", ""),
        };
        var id = kind switch { 0 => who.Id, 1 => who.Phone, _ => Synthetic.Id(13 + kind, who.Index) };
        var identity = $$"""
            {"@odata.type": "#microsoft.graph.{{(type == "identity" ? type : type + "Identity")}}", "id": "{{id}}", "displayName": "{{who.Name}}"{{(more.Length == 0 ? "" : ", " + more)}}}
            """;
        var members = Kinds.Select(one => $"\"{one}\": {(one == name ? identity : "null")}");
        return $$"""
            {
              "id": "{{id}}", "administrativeUnitInfos": [{"id": "{{Synthetic.Id(12, who.Index)}}"}],
              "identity": {"endpointType": null, "application": null, "device": null, {{string.Join(", ", members)}} }
            }
            """;
    }
}
