using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Graph.Copilot;

/// <summary>What people asked Copilot, and what it said: prompts and answers in turn.</summary>
internal static class InteractionData
{
    public const int PerPerson = 14;

    public static readonly EntityType Type = new("aiInteraction");

    private static readonly string[] Apps = ["IPM.SkypeTeams.Message.Copilot.BizChat", "IPM.SkypeTeams.Message.Copilot.Word", "IPM.SkypeTeams.Message.Copilot.Teams", "IPM.SkypeTeams.Message.Copilot.Excel"];

    public static JsonObject Of(Person who, int number)
    {
        var (isPrompt, time, app) = (number % 2 == 0, Synthetic.Epoch.AddMinutes((who.Index * 11) + (number * 7)), Apps[number / 2 % Apps.Length]);
        var id = 1_772_450_000_000L + (who.Index * 1_000_000L) + (number * 1000L);
        return Synthetic.Shape($$"""
            {
              "id": "{{id}}", "sessionId": "19:{{Synthetic.Opaque("copilot", who.Index, number / 4)}}@thread.v2",
              "requestId": "{{Synthetic.Id(60, (who.Index * 100) + (number / 2))}}", "appClass": "{{app}}",
              "interactionType": "{{(isPrompt ? "userPrompt" : "aiResponse")}}",
              "conversationType": "{{(number % 4 < 2 ? "bizchat" : "appchat")}}", "etag": "{{id}}", "createdDateTime": "{{Synthetic.Stamp(time)}}", "locale": "en-us",
              "from": {{(isPrompt ? User(who) : Bot)}},
              "body": {"contentType": "{{(isPrompt ? "text" : "html")}}",
              "content": "{{(isPrompt ? "What does Kanarie earn?" : "<attachment id=\\\"card\\\"></attachment>Kanarie earns little")}}"},
              "contexts": [{"contextReference": "https://contoso.example/sites/kanarie/plan.docx", "displayName": "Kanarie plan",
              "contextType": "{{(number % 4 == 0 ? "File" : "TeamsMeeting")}}"}],
              "attachments": [{{(isPrompt ? File(who, number) : Card(who, number))}}],
              "links": [
                {"linkUrl": "https://contoso.example/sites/kanarie/plan.docx", "displayName": "Kanarie plan.docx", "linkType": "File"},
                {"linkUrl": "https://teams.example/l/meetup-join/19%3ameeting_{{number}}%40thread.v2/0?pwd=Kanarie", "displayName": "Meeting with Kanarie",
                  "linkType": "TeamsMeeting"}
              ],
              "mentions": [{{(number % 3 == 0 ? Mention(new Person(who.Index)) : "")}}]
            }
            """);
    }

    private const string Bot = """
        {
          "user": null, "device": null,
          "application": {"@odata.type": "#microsoft.graph.teamworkApplicationIdentity", "id": "fb8d773d-7ef8-4ec0-a117-179f88add510",
          "displayName": "Copilot in Kanarie", "applicationIdentityType": "bot"}
        }
        """;

    private static string User(Person who) => $$"""
        {
          "application": null, "device": null,
          "user": {"@odata.type": "#microsoft.graph.teamworkUserIdentity", "id": "{{who.Id}}", "displayName": "{{who.Name}}", "userIdentityType": "aadUser",
          "tenantId": "d0000000-5fad-4d73-a9f5-000000000001"}
        }
        """;

    private static string File(Person who, int number) => $$"""
        {"attachmentId": "{{Synthetic.Id(61, (who.Index * 100) + number)}}", "contentType": "reference",
          "contentUrl": "https://contoso.example/sites/kanarie/plan.docx", "content": null, "name": "Kanarie plan.docx"}
        """;

    // An adaptive card is JSON in a string, with what was said in the texts within.
    private static string Card(Person who, int number) => $$"""
        {
          "attachmentId": "{{Synthetic.Id(61, (who.Index * 100) + number)}}", "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null,
          "name": "Kanarie card",
          "content": "{\"type\": \"AdaptiveCard\", \"version\": \"1.0\", \"body\": [{\"type\": \"TextBlock\", \"text\": \"Kanarie earns little\", \"id\": \"message\"}, {\"type\": \"Container\", \"items\": [{\"type\": \"TextBlock\", \"text\": \"Ask Kanarie\"}]}]}"
        }
        """;

    private static string Mention(Person who) => $$"""
        {
          "mentionId": 0, "mentionText": "{{who.Name}}",
          "mentioned": {
            "application": null, "device": null, "user": {"@odata.type": "#microsoft.graph.teamworkUserIdentity", "id": "{{who.Id}}", "displayName": "{{who.Name}}",
            "userIdentityType": "aadUser"},
            "conversation": {"id": "19:general@thread.tacv2", "displayName": "Kanarie channel", "conversationIdentityType": "channel"}, "tag": {"id": "dGFn",
            "displayName": "Kanarie tag"}
          }
        }
        """;
}
