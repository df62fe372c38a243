namespace Psoxy.Cli.Demo;

/// <summary>One request of the demo.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="PathAndQuery">As a caller writes it.</param>
/// <param name="Allowed">Whether the rules let it pass: the demo fails if the function disagrees.</param>
internal sealed record DemoRequest(string Title, string PathAndQuery, bool Allowed)
{
    /// <summary>The Outlook Mail requests, made for one of the emulated tenant's people.</summary>
    /// <param name="userId">Object id of a user with a mailbox.</param>
    public static IReadOnlyList<DemoRequest> ForOutlookMail(string userId) =>
    [
        new("The directory: who is there", "/v1.0/users?$top=2", true),
        new("One person's working hours", $"/v1.0/users/{userId}/mailboxSettings", true),
        new("A group, whose address is not a person's", "/v1.0/groups?$top=1", true),
        new("What somebody sent: when and to whom, never what", $"/v1.0/users/{userId}/mailFolders/SentItems/messages?$top=1", true),
        new("Refused: mail outside Sent Items", $"/v1.0/users/{userId}/messages?$top=1", false),
        new("Refused: asking for a name that the answer would hide", "/v1.0/users?$filter=startswith(displayName,'A')", false),
        new("Refused: a path that means another one after decoding", $"/v1.0/users/{userId}/%2e%2e/{userId}/messages", false),
    ];
}
