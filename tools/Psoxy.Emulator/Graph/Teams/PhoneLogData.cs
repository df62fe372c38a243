using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.Teams;

/// <summary>Calls from and to the telephone network: so many on every day that one may ask for.</summary>
internal static class PhoneLogData
{
    private const int PerDay = 15;

    /// <summary>Rows of a span, oldest first.</summary>
    public static IEnumerable<JsonObject> Rows(DateOnly from, DateOnly to, Func<int, DateTimeOffset, JsonObject> row)
    {
        for (var day = from; day < to; day = day.AddDays(1))
            for (var number = 0; number < PerDay; number++) yield return row((day.DayNumber * PerDay) + number, new DateTimeOffset(day.ToDateTime(new TimeOnly(8, number * 4)), TimeSpan.Zero));
    }

    public static JsonObject Pstn(int number, DateTimeOffset start, int people)
    {
        var who = new Person(number % people);
        return Synthetic.Shape($$"""
            {
              "id": "{{Synthetic.Id(30, number)}}", "callId": "kanarie_{{number}}", "userId": "{{who.Id}}", "userPrincipalName": "{{who.PrincipalName}}",
              "userDisplayName": "{{who.Name}}", "startDateTime": "{{Synthetic.Stamp(start)}}", "endDateTime": "{{Synthetic.Stamp(start.AddSeconds(11))}}",
              "duration": 11, "charge": 0.00, "callType": "user_in", "currency": "CHF", "calleeNumber": "+41 44 555 kanarie 1", "callerNumber": "+41 44 555 kanarie 2",
              "usageCountryCode": "CH", "tenantCountryCode": "CH", "connectionCharge": 0.00,
              "destinationContext": null, "destinationName": "Kanarie Land", "conferenceId": "kanarie-conference", "licenseCapability": "MCOPSTNU",
              "inventoryType": "Subscriber", "operator": "Kanarie Telecom", "callDurationSource": "microsoft",
              "otherPartyCountryCode": "CH", "clientLocalIpV4Address": "10.0.0.kanarie", "clientLocalIpV6Address": "fe80::kanarie",
              "clientPublicIpV4Address": "192.0.2.kanarie", "clientPublicIpV6Address": "2001:db8::kanarie",
              "administrativeUnitInfos": [{"id": "{{Synthetic.Id(12, 0)}}"}]
            }
            """);
    }

    public static JsonObject DirectRouting(int number, DateTimeOffset start, int people)
    {
        var who = new Person(number % people);
        return Synthetic.Shape($$"""
            {
              "id": "{{Synthetic.Id(31, number)}}", "correlationId": "{{Synthetic.Id(32, number)}}", "userId": "{{who.Id}}",
              "userPrincipalName": "{{who.PrincipalName}}", "userDisplayName": "{{who.Name}}", "startDateTime": "{{Synthetic.Stamp(start)}}",
              "inviteDateTime": "{{Synthetic.Stamp(start.AddSeconds(-2))}}", "failureDateTime": {{(number % 8 == 7 ? $"\"{Synthetic.Stamp(start)}\"" : "null")}},
              "endDateTime": "{{Synthetic.Stamp(start.AddSeconds(9))}}", "duration": 9, "callType": "ByotIn",
              "successfulCall": {{(number % 8 == 7 ? "false" : "true")}}, "callerNumber": "+41 44 555 kanarie 2", "calleeNumber": "+41 44 555 kanarie 1",
              "mediaPathLocation": "CHZ", "signalingLocation": "EUNO", "finalSipCode": 200, "callEndSubReason": 540000,
              "finalSipCodePhrase": "Kanarie says BYE", "trunkFullyQualifiedDomainName": "kanarie-trunk.contoso-emulated.example", "mediaBypassEnabled": false,
              "otherPartyCountryCode": "CH", "userCountryCode": "CH", "transferorCorrelationId": null
            }
            """);
    }
}
