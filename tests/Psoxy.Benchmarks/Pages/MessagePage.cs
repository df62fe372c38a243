using System.Globalization;

namespace Psoxy.Benchmarks.Pages;

/// <summary>Sent messages as Graph writes them: a few hundred people write to each other again and again.</summary>
internal static class MessagePage
{
    private const int People = 400;

    /// <summary>The request that has such an answer.</summary>
    public const string Path = "/v1.0/users/48d31887-5fad-4d73-a9f5-3c356e68a038/mailFolders/SentItems/messages";

    /// <summary>One message; people recur.</summary>
    public static string Message(int number)
    {
        var time = new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc).AddMinutes(number * 7).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var recipients = string.Join(',', Enumerable.Range(1, 1 + (number % 5)).Select(step => Recipient((number * 13) + (step * 31))));
        return $$"""
            {"@odata.etag":"W/\"CQAAABYAAAAiIsqMbYjsT5e/T7KzowPTAAEW{{number}}\"","id":"AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OABGAAAAAAAiQ8W967B7TKBjgx9rVEURBwAiIsqMbYjsT5e-T7KzowPTAAAAAAEGAAAiIsqMbYjsT5e_T7KzowPT{{number:x8}}AAA=","createdDateTime":"{{time}}","lastModifiedDateTime":"{{time}}","changeKey":"CQAAABYAAAAiIsqMbYjsT5e/T7KzowPTAAEW{{number}}","categories":[],"receivedDateTime":"{{time}}","sentDateTime":"{{time}}","hasAttachments":{{(number % 4 == 0 ? "true" : "false")}},"internetMessageId":"<MN2PR19MB{{number}}@MN2PR19MB.namprd19.prod.outlook.example>","subject":"Re: the quarterly plan, part {{number}}","importance":"normal","parentFolderId":"AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OAAuAAAAAAAiQ8W967B7TKBjgx9rVEUR","conversationId":"AAQkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OAAQ{{number / 3:x8}}","conversationIndex":"AQHYu7Ce{{number:x8}}","isDeliveryReceiptRequested":null,"isReadReceiptRequested":false,"isRead":true,"isDraft":false,"webLink":"https://outlook.office365.example/owa/?ItemID=AAMkAGVmMDEz{{number}}&exvsurl=1&viewmodel=ReadMessageItem","inferenceClassification":"focused","sender":{{Recipient(number)}},"from":{{Recipient(number)}},"toRecipients":[{{recipients}}],"ccRecipients":[],"bccRecipients":[],"replyTo":[],"flag":{"flagStatus":"notFlagged"} }
            """;
    }

    private static string Recipient(int person) => $$"""{"emailAddress":{"name":"Person Number {{person % People}}","address":"person.{{person % People}}@contoso.example"} }""";
}
