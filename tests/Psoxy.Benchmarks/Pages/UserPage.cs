using System.Globalization;

namespace Psoxy.Benchmarks.Pages;

/// <summary>A directory as Graph lists it with everything asked for: each person once, so that no pseudonym is known before.</summary>
internal static class UserPage
{
    /// <summary>The request that has such an answer.</summary>
    public const string Path = "/v1.0/users";

    /// <summary>One person.</summary>
    public static string User(int number)
    {
        var created = new DateTime(2021, 5, 3, 9, 0, 0, DateTimeKind.Utc).AddMinutes(number * 37).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var address = $"person.{number}@contoso.example";
        return $$"""
            {"id":"48d31887-5fad-4d73-a9f5-{{number:x12}}","businessPhones":["+41 44 555 {{number % 10000:0000}}"],"displayName":"Person Number {{number}}","givenName":"Person","surname":"Number {{number}}","jobTitle":"Clerk of the {{number % 40}}th floor","mail":"{{address}}","mobilePhone":null,"officeLocation":"{{number % 12}}/1106","preferredLanguage":"en-US","userPrincipalName":"{{address}}","mailNickname":"person{{number}}","accountEnabled":{{(number % 17 == 0 ? "false" : "true")}},"userType":"{{(number % 9 == 0 ? "Guest" : "Member")}}","createdDateTime":"{{created}}","department":"Department {{number % 25}}","companyName":"Contoso","city":"Zurich","state":null,"country":"CH","usageLocation":"CH","employeeId":"E{{number:000000}}","employeeType":"Employee","employeeHireDate":"{{created}}","streetAddress":"Long Street {{number}}","postalCode":"{{8000 + (number % 60)}}","faxNumber":null,"imAddresses":["{{address}}"],"otherMails":[],"proxyAddresses":["SMTP:{{address}}","smtp:p{{number}}@contoso.example"],"identities":[{"signInType":"userPrincipalName","issuer":"contoso.example","issuerAssignedId":"{{address}}"}],"onPremisesSamAccountName":"p{{number}}","onPremisesDistinguishedName":"CN=Person Number {{number}},OU=People,DC=contoso","onPremisesImmutableId":null,"onPremisesExtensionAttributes":{"extensionAttribute1":null,"extensionAttribute2":"x{{number}}"},"securityIdentifier":"S-1-12-1-{{number}}-{{number * 7L}}" }
            """;
    }
}
