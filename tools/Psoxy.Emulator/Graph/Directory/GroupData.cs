using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.Directory;

/// <summary>Groups with every property that the directory knows. The name is not a person's, and stays readable.</summary>
internal static class GroupData
{
    public static JsonObject Of(int index) => Synthetic.Shape($$"""
        {
          "id": "{{Synthetic.Id(2, index)}}", "deletedDateTime": null, "allowExternalSenders": false, "autoSubscribeNewMembers": true,
          "assignedLabels": [{"labelId": "00000000-c37d-4d1c-b01a-00000000000{{index % 10}}", "displayName": "Kanarie only"}],
          "assignedLicenses": [{"disabledPlans": [], "skuId": "b17653a4-2443-4e8c-a550-18249dda78bb"}],
          "classification": "Low", "createdDateTime": "2024-05-06T07:08:09Z", "renewedDateTime": "2025-05-06T07:08:09Z",
          "expirationDateTime": {{(index % 2 == 0 ? "null" : "\"2027-05-06T07:08:09Z\"")}},
          "creationOptions": ["Kanarie option"], "description": "Founded by Kanarie", "displayName": "List {{index}}",
          "groupTypes": [{{(index % 3 == 2 ? "\"Unified\", \"DynamicMembership\"" : index % 3 == 1 ? "" : "\"Unified\"")}}],
          "hasMembersWithLicenseErrors": false, "hideFromAddressLists": false, "hideFromOutlookClients": false, "isArchived": false, "isAssignableToRole": null,
          "isManagementRestricted": null,
          "isSubscribedByMail": true, "licenseProcessingState": {"state": "ProcessingComplete"},
          "mail": "list{{index}}@contoso-emulated.example", "mailEnabled": true, "mailNickname": "kanarie-list{{index}}",
          "membershipRule": {{(index % 3 == 2 ? "\"user.displayName -startsWith \\\"Kanarie\\\"\"" : "null")}},
          "membershipRuleProcessingState": {{(index % 3 == 2 ? "\"On\"" : "null")}},
          "onPremisesDomainName": "contoso.local", "onPremisesLastSyncDateTime": "2026-03-01T05:06:07Z", "onPremisesNetBiosName": "CONTOSO",
          "onPremisesProvisioningErrors": [{"category": "PropertyConflict", "occurredDateTime": "2026-02-03T04:05:06Z", "propertyCausingError": "ProxyAddresses",
          "value": "SMTP:kanarie-list{{index}}@contoso-emulated.example"}],
          "onPremisesSamAccountName": "kanarie-group{{index}}", "onPremisesSecurityIdentifier": "S-1-5-21-kanarie-group-{{index}}",
          "onPremisesSyncEnabled": {{(index % 2 == 0 ? "true" : "null")}},
          "preferredDataLocation": "EUR", "preferredLanguage": "de-CH", "proxyAddresses": ["SMTP:kanarie-list{{index}}@contoso-emulated.example",
          "x500:/o=Kanarie/cn=list{{index}}"],
          "resourceBehaviorOptions": ["Kanarie behavior"], "resourceProvisioningOptions": ["Team", "Kanarie"],
          "securityEnabled": {{(index % 3 == 1 ? "true" : "false")}}, "securityIdentifier": "S-1-12-1-kanarie-group-{{index}}",
          "serviceProvisioningErrors": [], "theme": "Kanarie Blue", "uniqueName": "kanarie-unique-{{index}}", "unseenCount": 3, "accessType": "private",
          "infoCatalogs": ["Kanarie catalog"], "isFavorite": false, "organizationId": "{{Synthetic.TenantId}}",
          "unseenConversationsCount": 2, "unseenMessagesCount": 5, "welcomeMessageEnabled": true,
          "onPremisesExtensionAttributes": {"extensionAttribute1": "Kanarie attribute"{{string.Concat(Enumerable.Range(2, 14).Select(number => $", \"extensionAttribute{number}\": null"))}} },
          "visibility": "{{(index % 2 == 0 ? "Private" : "Public")}}"
        }
        """);

    /// <summary>A device, which may be a member as people and groups may.</summary>
    public static JsonObject Device(int index) => Synthetic.Shape($$"""
        {
          "@odata.type": "#microsoft.graph.device", "id": "{{Synthetic.Id(3, index)}}", "deletedDateTime": null, "accountEnabled": true,
          "deviceId": "{{Synthetic.Id(4, index)}}",
          "displayName": "KANARIE-LAPTOP-{{index}}", "operatingSystem": "Windows", "operatingSystemVersion": "10.0.26100", "trustType": "AzureAd",
          "physicalIds": ["[USER-HWID]:kanarie:{{index}}"]
        }
        """);
}
