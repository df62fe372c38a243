using Psoxy.Emulator.Faults;

namespace Psoxy.Gcp.Tests.Replies;

/// <summary>Statuses, and answers with nothing in them.</summary>
public sealed class StatusTests
{
    [TestCase("200 Kanarie", 200)]
    [TestCase("201 Created", 201)]
    [TestCase("203 Non-Authoritative Information", 203)]
    public async Task A_success_keeps_its_status_and_none_of_its_words(string status, int expected)
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(Scripted.User) with { Status = status });

        Assert.That((answer.Status, answer.Body), Is.EqualTo((expected, Scripted.SafeUser)));
    }

    [TestCase("206 Partial Content", "a part")]
    [TestCase("300 Multiple Choices", "redirects")]
    [TestCase("301 Moved Permanently", "redirects")]
    [TestCase("304 Not Modified", "nothing has changed")]
    [TestCase("307 Temporary Redirect", "redirects")]
    [TestCase("600 Odd", "says nothing")]
    [TestCase("999 Odd", "says nothing")]
    public async Task A_status_that_is_no_answer_is_a_502(string status, string reason)
    {
        var body = status.StartsWith("304", StringComparison.Ordinal) ? "" : Scripted.User;

        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(body, "Content-Type: application/json", "Location: https://kanarie.example/") with { Status = status });

        Assert.That((answer.Status, answer.Error), Is.EqualTo((502, "API_ERROR")));
        Assert.That(answer.Body, Does.Contain(reason));
        Assert.That(answer.Headers.Keys, Has.None.EqualTo("Location"));
    }

    [Test]
    public async Task What_comes_before_the_answer_is_passed_over()
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(Scripted.User) with { Status = "103 Early Hints\r\nLink: </kanarie>; rel=preload\r\n\r\nHTTP/1.1 200 OK" });

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, Scripted.SafeUser)));
        Assert.That(answer.Headers.Keys, Has.None.EqualTo("Link"));
    }

    [TestCase("204 No Content", 204)]
    [TestCase("205 Reset Content", 205)]
    public async Task An_answer_that_has_no_body_has_none(string status, int expected)
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of("", "Content-Type: text/html; x=Kanarie") with { Status = status });

        Assert.That((answer.Status, answer.Error, answer.Body), Is.EqualTo((expected, (string?)null, "")));
        Assert.That(answer.Headers.Keys, Has.None.EqualTo("Content-Type"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_empty_body_is_an_empty_body(bool isChunked)
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of("") with { IsChunked = isChunked });

        Assert.That((answer.Status, answer.Error, answer.Body, answer.Headers["Content-Length"]), Is.EqualTo((200, (string?)null, "", "0")));
    }

    [Test]
    public async Task A_condition_of_the_callers_does_not_reach_Graph()
    {
        Scripted.Usual.Emulator.GraphRequests.Clear();

        var answer = await Scripted.Usual.SendAsync(Scripted.Target(Scripted.Usual), null, null, ("If-None-Match", "*"), ("If-Modified-Since", "Mon, 02 Nov 2026 10:00:00 GMT"), ("Range", "bytes=0-10"));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, Scripted.SafeUser)), "so that no 304 and no 206 can be asked for");
        Assert.That(Scripted.Usual.Emulator.GraphRequests.All.Single().Headers.Keys, Has.None.EqualTo("If-None-Match").And.None.EqualTo("If-Modified-Since").And.None.EqualTo("Range"));
    }

    [TestCase("application/json;odata.metadata=minimal", "application/json; odata.metadata=minimal; charset=utf-8")]
    [TestCase("text/html; name=Kanarie", null)]
    public async Task HEAD_has_the_headers_and_no_body(string type, string? told)
    {
        var answer = await Scripted.AskAsync(
            ScriptedAnswer.Of("", $"Content-Type: {type}", "Content-Length: 4711", "ETag: \"kanarie\"", "Cache-Control: private") with { Status = "200 Kanarie" },
            HttpMethod.Head);

        Assert.That((answer.Status, answer.Error, answer.Body), Is.EqualTo((200, (string?)null, "")));
        Assert.That(answer.Headers.GetValueOrDefault("Content-Type"), Is.EqualTo(told));
        Assert.That(answer.Headers, Does.ContainKey("X-Psoxy-Rules-SHA").And.ContainKey("Cache-Control"));
        Assert.That(answer.Headers.Keys, Has.None.EqualTo("ETag"));
        Assert.That(answer.Headers.GetValueOrDefault("Content-Length"), Is.Not.EqualTo("4711"), "the length of what was not sanitized says how long the name is");
    }

    [Test]
    public async Task HEAD_of_the_real_thing_asks_Graph_with_HEAD()
    {
        Scripted.Usual.Emulator.GraphRequests.Clear();

        var answer = await Scripted.Usual.SendAsync(Scripted.Target(Scripted.Usual), HttpMethod.Head);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, "")));
        Assert.That(Scripted.Usual.Emulator.GraphRequests.All.Single().Method, Is.EqualTo("HEAD"));
    }

    [Test]
    public async Task HEAD_of_what_is_not_there_says_so_without_a_body()
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of("", "Content-Type: application/json", "Content-Length: 812") with { Status = "404 Kanarie" }, HttpMethod.Head);

        Assert.That((answer.Status, answer.Error, answer.Body), Is.EqualTo((404, "API_ERROR", "")));
    }

    [Test]
    public async Task Without_a_body_everything_happens_but_the_body()
    {
        Scripted.Usual.Emulator.GraphRequests.Clear();

        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(Scripted.User), null, null, ("X-Psoxy-No-Response-Body", "true"));

        Assert.That((answer.Status, answer.Error, answer.Body, answer.Headers["Content-Length"]), Is.EqualTo((200, (string?)null, "", "0")));
        Assert.That(answer.Headers, Does.ContainKey("X-Psoxy-PII-Salt-Sha256"));
        Assert.That(Scripted.Usual.Emulator.GraphRequests.Count, Is.EqualTo(1), "Graph was asked");
    }

    [Test]
    public async Task Without_a_body_every_fault_is_a_clean_one()
    {
        var cut = ScriptedAnswer.Of("{\"skills\":[" + string.Join(',', Enumerable.Repeat("{}", 20_000)));

        var answer = await Scripted.AskAsync(cut, null, Scripted.Small, ("X-Psoxy-No-Response-Body", "true"));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((502, "API_ERROR")), "nothing has gone out");
    }
}
