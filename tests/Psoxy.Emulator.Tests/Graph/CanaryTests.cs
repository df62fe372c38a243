using System.Text.Json;
using System.Text.Json.Nodes;
using static Psoxy.Emulator.Tests.Graph.TenantFixture;

namespace Psoxy.Emulator.Tests.Graph;

/// <summary>Where a leak test looks for the canary, it must have been: each property that names, describes or reaches somebody holds it in every answer.</summary>
public sealed class CanaryTests
{
    // By name alone. Groups and languages have names that may stay, so displayName is looked at beside what owns it.
    private static readonly string[] Telling =
    [
        "givenName", "surname", "preferredName", "jobTitle", "aboutMe", "mySite", "mailNickname", "faxNumber", "mobilePhone", "businessPhones", "streetAddress", "employeeId", "userPrincipalName", "imAddresses", "otherMails",
        "proxyAddresses", "issuerAssignedId", "onPremisesSamAccountName", "onPremisesUserPrincipalName", "onPremisesDistinguishedName", "onPremisesImmutableId", "onPremisesSecurityIdentifier", "securityIdentifier", "certificateUserIds",
        "responsibilities", "skills", "interests", "schools", "pastProjects", "costCenter", "division", "description", "theme", "internalReplyMessage", "externalReplyMessage",
        "subject", "bodyPreview", "address", "webLink", "categories", "internetMessageId", "transactionId", "street", "postalCode", "locationEmailAddress", "conferenceId", "tollNumber", "quickDial", "number",
        "topic", "summary", "mentionText", "contentUrl", "thumbnailUrl", "webUrl", "email", "emailAddress", "phoneNumber", "joinWebUrl", "justificationText", "generalText", "complianceUrl", "reactionContentUrl",
        "teamDescription", "chatDisplayName", "channelDisplayName", "callRecordingUrl", "headerValue", "captureDeviceName", "renderDeviceName", "ipAddress", "subnet", "macAddress", "reflexiveIPAddress", "relayIPAddress", "dnsSuffix",
        "basicServiceSetIdentifier", "text", "reason", "userDisplayName", "callerNumber", "calleeNumber", "callId", "passcode", "upn", "joinUrl", "dialinUrl", "videoTeleconferenceId", "meetingCode",
        "oldName", "newName", "from", "to", "title", "artist", "siteUrl", "path", "loginName", "webDavUrl", "eTag", "contextReference", "linkUrl",
    ];

    private static readonly Lazy<Task<ILookup<string, string>>> Values = new(ReadAsync);

    [TestCaseSource(nameof(Telling))]
    public async Task What_tells_of_somebody_holds_the_canary(string property)
    {
        var values = (await Values.Value)[property].Distinct().ToList();

        Assert.That(values, Is.Not.Empty, "else the property is not in any answer");
        Assert.That(values.Where(value => Canaries.FindIn(value) is null), Is.Empty);
    }

    [Test]
    public async Task Names_of_people_hold_it_and_those_of_groups_may_stay()
    {
        var without = (await Values.Value)["displayName"].Where(name => Canaries.FindIn(name) is null).Distinct();

        Assert.That(without, Is.All.Match("^(List [0-9]+|Room 4[.][0-9]+)$|[?]pwd="), "groups, and places whose passcode is taken out");
    }

    // What is called 'from' or 'callId' in one place is an object or an id in another; only strings that no id is are looked at.
    private static async Task<ILookup<string, string>> ReadAsync()
    {
        var values = new List<(string Property, string Value)>();
        foreach (var sample in Samples) Collect(await GetAsync(sample.Target), "", values);
        return values.Where(pair => !Guid.TryParse(pair.Value, out _)).ToLookup(pair => pair.Property, pair => pair.Value);
    }

    private static void Collect(JsonNode? node, string property, List<(string Property, string Value)> values)
    {
        if (node is JsonObject owner)
            foreach (var (name, value) in owner) Collect(value, name, values);
        else if (node is JsonArray array)
            foreach (var item in array) Collect(item, property, values);
        else if (node?.GetValueKind() == JsonValueKind.String) values.Add((property, (string)node!));
    }
}
