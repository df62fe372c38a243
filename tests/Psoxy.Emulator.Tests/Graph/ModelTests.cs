using static Psoxy.Emulator.Tests.Graph.TenantFixture;

namespace Psoxy.Emulator.Tests.Graph;

/// <summary>The emulator shows every property of every type that an endpoint can answer with: what it never shows, no rule is tried on.</summary>
public sealed class ModelTests
{
    private static readonly (string Type, string Template)[] Answers =
    [
        ("User", "/v1.0/users"),
        ("Group", "/v1.0/groups"),
        ("MailboxSettings", "/v1.0/users/{person}/mailboxSettings"),
        ("Event", "/v1.0/users/{person}/events?$expand=calendar"),
        ("Message", "/v1.0/users/{person}/mailFolders/SentItems/messages?$expand=attachments"),
        ("Team", "/v1.0/teams"),
        ("Channel", "/v1.0/teams/00000002-5fad-4d73-a9f5-000000000000/allChannels"),
        ("Chat", "/v1.0/users/{person}/chats?$expand=members,lastMessagePreview"),
        ("CallRecords.CallRecord", "/v1.0/communications/callRecords"),
        ("CallRecords.PstnCallLogRow", "/v1.0/communications/callRecords/getPstnCalls(fromDateTime=2026-03-02,toDateTime=2026-03-03)"),
        ("CallRecords.DirectRoutingLogRow", "/v1.0/communications/callRecords/getDirectRoutingCalls(fromDateTime=2026-03-02,toDateTime=2026-03-03)"),
        ("OnlineMeeting", "/v1.0/users/{person}/onlineMeetings"),
        ("Drive", "/v1.0/users/{person}/drives"),
        ("AiInteraction", "/beta/copilot/users/{person}/interactionHistory/getAllEnterpriseInteractions"),
    ];

    // Not on the wire: streams have addresses of their own, and the model's name for a member of an open type is no property.
    private static readonly string[] NeverShown = ["driveItem.content", "callTranscriptionInfo.none"];

    [Test]
    public async Task Every_property_of_the_model_is_in_some_answer()
    {
        var model = new GraphModel();
        foreach (var (type, target) in Answers.Select(answer => (answer.Type, Fill(answer.Template))).Concat(Samples.Select(sample => (TypeOf(sample.Target.Split('?')[0]), sample.Target))))
        {
            if (type.Length == 0) continue;
            var body = await GetAsync(target);
            foreach (var row in body["value"]?.AsArray().Select(row => row!.AsObject()) ?? [body]) model.Note(row, GraphModel.Find(type));
        }

        Assert.That(string.Join("\n", model.Missing.Except(NeverShown)), Is.Empty);
    }

    private static string TypeOf(string path) => path switch
    {
        _ when path.Contains("/calls/", StringComparison.Ordinal) => "Call",
        _ when path.Contains("callRecords/0", StringComparison.Ordinal) => "CallRecords.CallRecord",
        _ when path.Contains("/attendanceReports", StringComparison.Ordinal) => "MeetingAttendanceReport",
        _ when path.EndsWith("activities", StringComparison.Ordinal) => "ItemActivity",
        _ when path.EndsWith("/root/delta", StringComparison.Ordinal) => "DriveItem",
        _ when path.Contains("/channels/", StringComparison.Ordinal) || path.Contains("/chats/", StringComparison.Ordinal) => "ChatMessage",
        _ => "",
    };

    private static string Fill(string template) => template.Replace("{person}", Person, StringComparison.Ordinal);
}
