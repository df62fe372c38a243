using System.Text;
using Psoxy.Emulator.Faults;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Tests.Replies;

/// <summary>Graph's errors, built anew from what cannot name anybody.</summary>
public sealed class SourceErrorTests
{
    private const string Id = "48d31887-5fad-4d73-a9f5-3c356e68a038";

    [Test]
    public async Task Status_code_and_ids_stay_and_the_message_is_ours()
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(
            $$"""{"error":{"code":"Request_ResourceNotFound","message":"Kanarie is not there","target":"kanarie","details":[{"code":"Kanarie","message":"Kanarie"}],"innerError":{"date":"2026-11-24T10:17:06","request-id":"{{Id}}","client-request-id":"{{Id}}","code":"kanarie","message":"Kanarie"} } }""") with { Status = "404 Kanarie" });

        Assert.That((answer.Status, answer.Error), Is.EqualTo((404, "API_ERROR")));
        var error = answer.Json.GetProperty("error");
        Assert.That(error.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "code", "message", "correlationId", "innerError" }));
        Assert.That(error.GetProperty("code").GetString(), Is.EqualTo("Request_ResourceNotFound"));
        Assert.That(error.GetProperty("message").GetString(), Is.EqualTo("There is no such resource."));
        Assert.That(error.GetProperty("innerError").GetRawText(), Is.EqualTo($$"""{"request-id":"{{Id}}","client-request-id":"{{Id}}","date":"2026-11-24T10:17:06"}"""));
    }

    [TestCase("BadRequest", "BadRequest")]
    [TestCase("ErrorInvalidUrlQueryFilter", "ErrorInvalidUrlQueryFilter")]
    [TestCase("HTTP403", "HTTP403")]
    [TestCase("AADSTS700016", "AADSTS700016")]
    [TestCase("Ines Kanarie", "unknownError")]
    [TestCase("ines.kanarie", "unknownError")]
    [TestCase("ines@kanarie", "unknownError")]
    [TestCase("_kanarie", "unknownError")]
    [TestCase("Tel31612345678", "unknownError")]
    [TestCase("u48d318875fad4d73a9f53c356e68a038", "unknownError")]
    [TestCase("Kanari\\u0065\\u0301", "unknownError")]
    [TestCase("", "unknownError")]
    public void A_code_is_one_word(string code, string told) => Assert.That(Read($$"""{"error":{"code":"{{code}}"} }""").Code, Is.EqualTo(told));

    [TestCase("2026-11-24T10:17:06", "2026-11-24T10:17:06")]
    [TestCase("2026-11-24T10:17:06.1234567Z", "2026-11-24T10:17:06")]
    [TestCase("11/24/2026 10:17:06", "2026-11-24T10:17:06")]
    [TestCase("yesterday, by Kanarie", null)]
    public void A_date_is_written_anew(string date, string? told) => Assert.That(Read($$"""{"error":{"code":"x","innerError":{"date":"{{date}}"} } }""").Date, Is.EqualTo(told));

    [TestCase("48d31887-5fad-4d73-a9f5-3c356e68a038", Id)]
    [TestCase("{48D31887-5FAD-4D73-A9F5-3C356E68A038}", Id)]
    [TestCase("kanarie", null)]
    [TestCase("48d31887-5fad-4d73-a9f5-3c356e68a038 Kanarie", null)]
    public void An_id_is_a_GUID(string id, string? told)
    {
        var error = Read($$"""{"error":{"code":"x","InnerError":{"request-id":"{{id}}","client-request-id":"{{id}}"} } }""");

        Assert.That((error.RequestId, error.ClientRequestId), Is.EqualTo((told, told)));
    }

    [TestCase("")]
    [TestCase("Kanarie")]
    [TestCase("<html>Kanarie</html>")]
    [TestCase("[]")]
    [TestCase("5")]
    [TestCase("{\"error\":\"invalid_kanarie\",\"error_description\":\"Kanarie\"}")]
    [TestCase("{\"error\":{\"code\":5}}")]
    [TestCase("{\"error\":{\"code\":\"\\ud800\"}}")]
    [TestCase("{\"\\ud800\":1,\"error\":{\"\\ud800\":1}}")]
    [TestCase("{\"error\":{\"innerError\":\"Kanarie\"}}")]
    [TestCase("{\"error\":{\"code\":\"x\"")]
    [TestCase("{\"Message\":\"Kanarie\"}")]
    public void Whatever_the_body_is_something_is_said(string body) => Assert.That(Read(body), Is.EqualTo(new SourceError("unknownError", null, null, null)));

    [Test]
    public void Invalid_UTF_8_is_no_code() =>
        Assert.That(SourceError.Read((byte[])[.. "{\"error\":{\"code\":\""u8, 0xC3, 0x28, .. "\"}}"u8]).Code, Is.EqualTo("unknownError"));

    [Test]
    public void Deep_nesting_is_no_error_of_ours() => Assert.That(Read("{\"error\":{\"code\":\"x\",\"innerError\":" + new string('[', 100_000) + "}}").Code, Is.EqualTo("unknownError"));

    [Test]
    public void A_byte_order_mark_hides_nothing() => Assert.That(Read("\uFEFF{\"error\":{\"code\":\"BadRequest\"}}").Code, Is.EqualTo("BadRequest"));

    [TestCase("application/json", "{\"error\":{\"code\":\"Ines Kanarie\",\"message\":\"Kanarie\"}}")]
    [TestCase("text/html", "<html>Kanarie</html>")]
    [TestCase("application/json", "{\"error\":{\"code\":\"\\ud800\",\"message\":\"Kanarie\"}}")]
    [TestCase("application/json; charset=utf-16", "Kanarie")]
    [TestCase("multipart/mixed; boundary=Kanarie", "--Kanarie")]
    public async Task An_error_is_an_error_whatever_its_body_is(string type, string body)
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(body, "Content-Type: " + type, "Retry-After: 30") with { Status = "409 Conflict" });

        Assert.That((answer.Status, answer.Error), Is.EqualTo((409, "API_ERROR")));
        Assert.That(answer.Json.GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("unknownError"));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(answer.Headers["Retry-After"], Is.EqualTo("30"));
    }

    [Test]
    public async Task A_huge_error_is_read_in_part_and_said_whole()
    {
        var huge = ScriptedAnswer.Of("{\"error\":{\"message\":\"Kanarie", "Content-Type: application/json", "Connection: close") with
        {
            Status = "400 Bad Request", IsChunked = true, End = new byte[4 << 20],
        };

        var answer = await Scripted.AskAsync(huge);

        Assert.That((answer.Status, answer.Json.GetProperty("error").GetProperty("code").GetString()), Is.EqualTo((400, "unknownError")));
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task When_to_try_again_goes_on(int status)
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of("{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"Kanarie\"}}", "Content-Type: application/json", "Retry-After: 1") with { Status = $"{status} No" });

        Assert.That((answer.Status, answer.Error, answer.Headers.GetValueOrDefault("Retry-After")), Is.EqualTo((status, "API_ERROR", "1")));
    }

    [TestCase("{\"error\":{\"code\":\"InternalServerError\",\"message\":\"Kanarie\"}}")]
    [TestCase("{\"value\":[],\"error\":{\"code\":\"x\",\"message\":\"Kanarie\"}}")]
    [TestCase("{\"error\":\"Kanarie\"}")]
    [TestCase("{\"\\u0065rror\":\"Kanarie\"}")]
    public async Task An_error_under_the_name_of_success_is_an_error(string body)
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(body));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((502, "API_ERROR")), "an empty object would look like no data");
        Assert.That(answer.Body, Does.Contain("an error in itself"));
    }

    private static SourceError Read(string body) => SourceError.Read(Encoding.UTF8.GetBytes(body));
}
