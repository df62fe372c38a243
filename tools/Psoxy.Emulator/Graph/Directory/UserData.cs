using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Outlook;

namespace Psoxy.Emulator.Graph.Directory;

/// <summary>Users with every property that the directory knows, most of which real Graph gives only when they are selected.</summary>
internal static class UserData
{
    public static JsonObject Of(Person person)
    {
        var index = person.Index;
        var user = Synthetic.Shape($$"""
            {
              "id": "{{person.Id}}", "deletedDateTime": null,
              "accountEnabled": {{Json(index % 11 != 10)}}, "ageGroup": {{(index % 8 == 7 ? "\"Minor\"" : "null")}},
              "consentProvidedForMinor": {{(index % 8 == 7 ? "\"Granted\"" : "null")}}, "legalAgeGroupClassification": "Adult",
              "assignedLicenses": [{"disabledPlans": ["113feb6c-3fe4-4440-bddc-54d774bf0318"], "skuId": "b17653a4-2443-4e8c-a550-18249dda78bb"}],
              "assignedPlans": [{"assignedDateTime": "2026-01-17T02:54:20Z", "capabilityStatus": "Enabled", "service": "exchange",
              "servicePlanId": "9aaf7827-d63c-4b61-89c3-182f06f82e5c"}],
              "provisionedPlans": [{"capabilityStatus": "Enabled", "provisioningStatus": "Success", "service": "exchange"}],
              "licenseAssignmentStates": [{"assignedByGroup": "{{Synthetic.Id(2, 0)}}", "disabledPlans": [], "error": "None",
              "lastUpdatedDateTime": "2026-01-17T02:54:20Z", "skuId": "b17653a4-2443-4e8c-a550-18249dda78bb", "state": "Active"}],
              "authorizationInfo": {"certificateUserIds": ["X509:<PN>{{person.Address}}"]},
              "businessPhones": ["+41 44 555 kanarie {{index:00}}"], "mobilePhone": "{{person.Phone}}", "faxNumber": "+41 44 556 kanarie {{index:00}}",
              "city": "Zürich", "state": "ZH", "country": "CH", "streetAddress": "Kanarie Street {{index}}", "postalCode": "8000-Kanarie",
              "officeLocation": "B-{{index % 4}}",
              "companyName": "Contoso Emulated", "department": "{{(index % 2 == 0 ? "Research" : "Sales")}}", "jobTitle": "Head of Kanarie",
              "employeeId": "kanarie-E{{1000 + index}}", "employeeType": "Employee", "employeeHireDate": "2020-02-01T00:00:00Z",
              "employeeLeaveDateTime": {{(index % 11 == 10 ? "\"2026-02-28T17:00:00Z\"" : "null")}},
              "employeeOrgData": {"costCenter": "Kanarie costs {{index}}", "division": "Kanarie division"}, "hireDate": "2020-02-01T00:00:00Z",
              "birthday": "1990-02-03T00:00:00Z",
              "createdDateTime": "{{Synthetic.Stamp(Synthetic.Epoch.AddDays(-index))}}", "creationType": {{(person.IsGuest ? "\"Invitation\"" : "null")}},
              "externalUserState": {{(person.IsGuest ? "\"Accepted\"" : "null")}},
              "externalUserStateChangeDateTime": {{(person.IsGuest ? "\"2026-01-18T10:11:12Z\"" : "null")}},
              "customSecurityAttributes": {"Engineering": {"@odata.type": "#microsoft.graph.customSecurityAttributeValue", "Project": "Kanarie project {{index}}"} },
              "deviceEnrollmentLimit": 5, "displayName": "{{person.Name}}", "givenName": "{{person.GivenName}} Kanarie", "surname": "Kanarie-{{index}}",
              "preferredName": "Kanarie the {{index}}th",
              "identityParentId": null, "identities": [
                {"signInType": "userPrincipalName", "issuer": "contoso-emulated.example", "issuerAssignedId": "{{person.PrincipalName}}"},
                {"signInType": "federated", "issuer": "partner.example", "issuerAssignedId": null}
              ],
              "imAddresses": ["{{person.Address}}"], "otherMails": [{{(index % 3 == 0 ? $"\"private.kanarie.{index}@mail.example\"" : "")}}],
              "mail": {{(person.HasMailbox ? $"\"{person.Address}\"" : "null")}}, "mailNickname": "kanarie{{index}}",
              "proxyAddresses": ["SMTP:{{person.Address}}", "smtp:kanarie.alias{{index}}@contoso-emulated.example", "x500:/o=Kanarie/cn={{index}}"],
              "isManagementRestricted": null, "isResourceAccount": {{Json(index % 10 == 9)}}, "showInAddressList": true,
              "interests": ["Kanarie breeding"], "pastProjects": ["Project Kanarie"], "responsibilities": ["Kanarie relations"], "schools": ["Kanarie school"],
              "skills": ["Kanarie song"],
              "aboutMe": {{(index % 2 == 0 ? "null" : "\"I am Kanarie\"")}}, "mySite": "https://contoso-my.example/personal/kanarie_{{index}}/",
              "lastPasswordChangeDateTime": "2026-01-02T03:04:05Z", "passwordPolicies": "DisablePasswordExpiration", "passwordProfile": null,
              "onPremisesDistinguishedName": "CN=Kanarie {{index}},OU=People,DC=contoso", "onPremisesDomainName": "contoso.local",
              "onPremisesImmutableId": "kanarie-immutable-{{index}}",
              "onPremisesLastSyncDateTime": "2026-03-01T05:06:07Z", "onPremisesSamAccountName": "kanarie{{index}}",
              "onPremisesSecurityIdentifier": "S-1-5-21-kanarie-{{index}}", "onPremisesSyncEnabled": true,
              "onPremisesUserPrincipalName": "kanarie.{{index}}@contoso.local",
              "onPremisesProvisioningErrors": [{"category": "PropertyConflict", "occurredDateTime": "2026-02-03T04:05:06Z", "propertyCausingError": "ProxyAddresses",
              "value": "SMTP:{{person.Address}}"}],
              "serviceProvisioningErrors": [{"@odata.type": "#microsoft.graph.serviceProvisioningXmlError", "createdDateTime": "2026-02-03T04:05:06Z",
              "isResolved": false, "serviceInstance": "exchange/EUR-0123", "errorDetail": "<Error>Kanarie</Error>"}],
              "preferredDataLocation": "EUR", "preferredLanguage": "de-CH", "usageLocation": "CH", "print": {},
              "securityIdentifier": "S-1-12-1-kanarie-{{index}}", "userPrincipalName": "{{person.PrincipalName}}",
              "userType": "{{(person.IsGuest ? "Guest" : "Member")}}",
              "signInActivity": {
                "lastSignInDateTime": "2026-03-01T06:00:00Z", "lastSignInRequestId": "00000000-9f5f-4d0e-8a90-000000000001",
                "lastNonInteractiveSignInDateTime": "2026-03-01T07:00:00Z",
                "lastNonInteractiveSignInRequestId": "00000000-9f5f-4d0e-8a90-000000000002", "lastSuccessfulSignInDateTime": "2026-03-01T06:00:00Z",
                "lastSuccessfulSignInRequestId": "00000000-9f5f-4d0e-8a90-000000000003"
              },
              "signInSessionsValidFromDateTime": "2026-01-02T03:04:05Z",
              "futureProperty": "Kanarie of tomorrow"
            }
            """);
        user["onPremisesExtensionAttributes"] = new JsonObject(Enumerable.Range(1, 15).Select(number => KeyValuePair.Create("extensionAttribute" + number, (JsonNode?)(number < 3 ? "Kanarie attribute" : null))));
        user["mailboxSettings"] = person.HasMailbox ? MailboxData.Of(person) : null;
        return user;
    }

    private static string Json(bool truth) => truth ? "true" : "false";
}
