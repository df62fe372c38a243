using System.Text;
using Psoxy.Emulator;
using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Replies;

/// <summary>A fault within what is held back is a clean 502; behind that the connection breaks, so that no part is taken for the whole.</summary>
public sealed class HoldBackTests
{
    private const string Broken = "not whole, valid JSON";
    private const string Ndjson = "Content-Type: application/x-ndjson";

    // An address a number; each is 64 bytes or so of output.
    private static readonly string Long = string.Join(',', Enumerable.Range(0, 4000).Select(number => $"\"p{number}.kanarie@contoso.example\""));

    [TestCase(1000, true)]
    [TestCase(Scripted.SmallBuffer, true)]
    [TestCase(Scripted.SmallBuffer + 1, false)]
    [TestCase(400 * Scripted.SmallBuffer, false)]
    public async Task What_fits_has_a_length_and_what_does_not_is_streamed(int bytes, bool fits)
    {
        var body = "{\"id\":\"" + new string('x', bytes - 9) + "\"}";

        var received = await Scripted.ReceiveAsync(ScriptedAnswer.Of(body), Scripted.Small);

        Assert.That(received.IsWhole, received.Head);
        Assert.That(Encoding.UTF8.GetString(received.Body), Is.EqualTo(body));
        Assert.That((received.Length, received.IsChunked), Is.EqualTo(fits ? (bytes, false) : ((int?)null, true)));
    }

    [TestCase("{\"otherMails\":[\"kanarie@contoso.example\"", Broken)]
    [TestCase("{\"otherMails\":[\"kanarie@contoso.example\"]}}", Broken)]
    [TestCase("{\"otherMails\":[kanarie]}", Broken)]
    [TestCase("{\"otherMails\":[\"kanarie@contoso.example\"],\"error\":{\"code\":\"x\"}}", "an error in itself")]
    [TestCase("{\"otherMails\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"kanarie", "nested deeper")]
    public async Task A_fault_within_it_is_a_clean_502(string body, string reason)
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(body), null, Scripted.Small);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((502, "API_ERROR")));
        Assert.That(answer.Body, Does.Contain(reason));
    }

    [TestCase("")]
    [TestCase("]")]
    [TestCase("]}}")]
    [TestCase("],kanarie}")]
    [TestCase("],\"error\":{\"code\":\"x\"}}")]
    [TestCase(",[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task A_fault_behind_it_breaks_the_connection(string end)
    {
        var received = await Scripted.ReceiveAsync(ScriptedAnswer.Of("{\"otherMails\":[" + Long + end), Scripted.Small);

        AssertBroken(received);
    }

    [Test]
    public async Task Where_Graphs_connection_breaks_ours_does([Values(true, false)] bool isChunked, [Values(true, false)] bool isBehind)
    {
        var body = Encoding.UTF8.GetBytes("{\"otherMails\":[" + (isBehind ? Long : "\"kanarie@contoso.example\""));
        var graph = isChunked ? ScriptedAnswer.Of(body) with { IsChunked = true } : ScriptedAnswer.Of(body, "Content-Type: application/json", $"Content-Length: {body.Length + 1}");

        var received = await Scripted.ReceiveAsync(graph with { Breaks = true }, Scripted.Small);

        if (isBehind) AssertBroken(received);
        else
        {
            Assert.That(received.Head, Does.StartWith("HTTP/1.1 502 "));
            Assert.That(Encoding.UTF8.GetString(received.Body), Does.Contain("broke off"));
        }
    }

    [Test]
    public async Task More_than_the_ceiling_is_a_502_at_once_where_Graph_says_how_long_it_is()
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of("{}", "Content-Type: application/json", $"Content-Length: {Scripted.SmallCeiling + 1}"), null, Scripted.Small);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((502, "API_ERROR")));
        Assert.That(answer.Body, Does.Contain("MAX_RESPONSE_BYTES"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task More_than_the_ceiling_is_a_502_within_what_is_held_back_and_breaks_the_connection_behind(bool stays)
    {
        var blanks = new ScriptedAnswer { IsChunked = true, Prefix = "{\"otherMails\":["u8.ToArray(), Body = Encoding.UTF8.GetBytes(stays ? "\"p.kanarie@contoso.example\"," + new string(' ', 4096) : new string(' ', 4096)), Repeat = 2 * Scripted.SmallCeiling / 4096 };

        var received = await Scripted.ReceiveAsync(blanks, Scripted.Small);

        if (stays) AssertBroken(received);
        else
        {
            Assert.That(received.Head, Does.StartWith("HTTP/1.1 502 "));
            Assert.That(Encoding.UTF8.GetString(received.Body), Does.Contain("MAX_RESPONSE_BYTES"));
        }
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\n\n \r\n")]
    public async Task Lines_are_documents_each(string end)
    {
        var line = Scripted.User.ReplaceLineEndings("");

        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(line + end + line, Ndjson), null, Scripted.Usual);
        var ended = await Scripted.AskAsync(ScriptedAnswer.Of(line + end + line + end, Ndjson), null, Scripted.Usual);

        Assert.That(answer.Body, Is.EqualTo(Scripted.SafeUser + "\n" + Scripted.SafeUser + "\n"));
        Assert.That(ended.Body, Is.EqualTo(answer.Body), "the last line's end makes no difference");
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/x-ndjson; charset=utf-8"));
    }

    [TestCase("")]
    [TestCase("\n")]
    [TestCase("\r\n\r\n")]
    public async Task No_lines_are_none(string lines)
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(lines, Ndjson));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, "")));
    }

    [TestCase("{\"id\":\"kanarie")]
    [TestCase("kanarie")]
    [TestCase("{\"error\":{\"message\":\"kanarie\"}}")]
    public async Task A_line_that_is_broken_is_a_fault_before_and_behind(string broken)
    {
        var line = Scripted.User.ReplaceLineEndings("") + "\n";

        var within = await Scripted.AskAsync(ScriptedAnswer.Of(line + broken, Ndjson));
        var behind = await Scripted.ReceiveAsync(ScriptedAnswer.Of(string.Concat(Enumerable.Repeat(line, 100)) + broken, Ndjson), Scripted.Small);

        Assert.That((within.Status, within.Error), Is.EqualTo((502, "API_ERROR")));
        AssertBroken(behind);
    }

    [Test]
    public async Task Values_that_could_not_be_treated_are_told_of()
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of("{\"id\":\"1\",\"mail\":\"\\ud800 kanarie\"}"));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, "{\"id\":\"1\",\"mail\":null}")));
        Assert.That(answer.Headers["X-Psoxy-Warning"], Is.EqualTo("1 values could not be treated as the rules ask and were left out"));
    }

    [Test]
    public async Task What_hangs_is_given_up_cleanly_within_and_by_breaking_off_behind()
    {
        await using var function = await FunctionFixture.StartAsync(null, ("REQUEST_TIMEOUT_SECONDS", "20"), ("RESPONSE_BUFFER_BYTES", "2000"));
        var within = ScriptedAnswer.Of("{\"otherMails\":[") with { IsChunked = true, Hangs = true };
        var behind = ScriptedAnswer.Of("{\"otherMails\":[" + Long + ",") with { IsChunked = true, Hangs = true };
        function.Emulator.GraphScript.Add([within]);
        var first = Received.ReadAsync(function.Function.Address, Scripted.Target(function));
        while (function.Emulator.GraphScript.Left > 0) await Task.Delay(5);
        function.Emulator.GraphScript.Add([behind]);
        var second = await Received.ReadAsync(function.Function.Address, Scripted.Target(function));

        Assert.That((await first).Head, Does.StartWith("HTTP/1.1 504 ").And.Contain("SOURCE_API_READ_TIMEOUT"));
        AssertBroken(second);
    }

    private static void AssertBroken(Received received)
    {
        Assert.That(received.Head, Does.StartWith("HTTP/1.1 200 "), "it had begun: " + Encoding.UTF8.GetString(received.Body));
        Assert.That(received.IsChunked && received.Body.Length > 0, received.Head);
        Assert.That(received.IsWhole, Is.False, "no last chunk");
        Assert.That(Canaries.FindIn(Encoding.UTF8.GetString(received.Body)), Is.Null);
    }
}
