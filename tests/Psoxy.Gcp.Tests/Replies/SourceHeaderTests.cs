using Psoxy.Emulator.Faults;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Tests.Replies;

/// <summary>Headers that go on, each made anew of what can be read of it; nothing else of Graph's.</summary>
public sealed class SourceHeaderTests
{
    [TestCase("Cache-Control", "no-cache", "no-cache")]
    [TestCase("Cache-Control", "private, max-age=0, must-revalidate", "must-revalidate, max-age=0, private")]
    [TestCase("Cache-Control", "private=\"Kanarie\", x=Kanarie, no-store", "no-store, private")]
    [TestCase("Cache-Control", "kanarie", null)]
    [TestCase("Expires", "Mon, 02 Nov 2026 10:00:00 GMT", "Mon, 02 Nov 2026 10:00:00 GMT")]
    [TestCase("Expires", "-1", "-1")]
    [TestCase("Expires", "Mon, 02 Nov 2026 10:00:00 Kanarie", null)]
    [TestCase("Last-Modified", "Mon, 02 Nov 2026 10:00:00 GMT", "Mon, 02 Nov 2026 10:00:00 GMT")]
    [TestCase("Last-Modified", "by Ines Kanarie", null)]
    [TestCase("Retry-After", "120", "120")]
    [TestCase("Retry-After", "Mon, 02 Nov 2026 10:00:00 GMT", "Mon, 02 Nov 2026 10:00:00 GMT")]
    [TestCase("Retry-After", "-5", null)]
    [TestCase("Retry-After", "12 Kanarie", null)]
    [TestCase("Retry-After", "99999999999999999999", null)]
    [TestCase("Retry-After", "１２", null)]
    [TestCase("RateLimit-Limit", "1200, 1200;w=60", "1200, 1200;w=60")]
    [TestCase("RateLimit-Remaining", "Ines", null)]
    [TestCase("X-RateLimit-Reset", "1793700000", "1793700000")]
    [TestCase("X-RateLimit-Reset", "31612345678@kanarie", null)]
    public void A_value_is_written_anew_or_dropped(string name, string value, string? written) => Assert.That(ForwardedHeaders.Values[name](value), Is.EqualTo(written));

    [TestCase("ETag")]
    [TestCase("Link")]
    [TestCase("Set-Cookie")]
    [TestCase("Location")]
    [TestCase("Content-Location")]
    [TestCase("x-ms-ags-diagnostic")]
    [TestCase("X-RateLimit-Kanarie")]
    [TestCase("RateLimit")]
    [TestCase("Content-Encoding")]
    [TestCase("WWW-Authenticate")]
    [TestCase("Server")]
    public void All_else_is_dropped(string name) => Assert.That(ForwardedHeaders.Values, Does.Not.ContainKey(name));

    [TestCase("application/json", "application/json; charset=utf-8")]
    [TestCase("application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8", "application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8")]
    [TestCase("Application/JSON; Charset=\"UTF-8\"", "application/json; charset=utf-8")]
    [TestCase("application/json; charset=us-ascii", "application/json; charset=utf-8")]
    [TestCase("application/json; odata.metadata=Kanarie; name=\"Ines Kanarie\"", "application/json; charset=utf-8")]
    [TestCase("text/json", "application/json; charset=utf-8")]
    [TestCase("application/vnd.kanarie+json", "application/json; charset=utf-8")]
    [TestCase("application/x-ndjson", "application/x-ndjson; charset=utf-8")]
    [TestCase("application/jsonlines", "application/x-ndjson; charset=utf-8")]
    public void A_type_that_the_sanitizer_reads_is_told_in_known_words(string type, string told) => Assert.That(MediaKind.Read(type)?.ContentType, Is.EqualTo(told));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("json")]
    [TestCase("application/json; charset=utf-16")]
    [TestCase("application/json; charset=iso-8859-1")]
    [TestCase("application/json; charset=utf-7")]
    [TestCase("application/json; charset=utf-8; charset=utf-7")]
    [TestCase("application/json, text/html")]
    [TestCase("application/json; charset")]
    [TestCase("multipart/mixed; boundary=x")]
    [TestCase("application/json-seq")]
    [TestCase("text/html")]
    [TestCase("application/octet-stream")]
    public void Any_other_type_is_not_read(string? type) => Assert.That(MediaKind.Read(type), Is.Null);

    [Test]
    public async Task Nothing_hides_in_a_header()
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(
            Scripted.User,
            "Content-Type: application/json; name=\"Ines Kanarie\"; charset=utf-8",
            "Cache-Control: private=\"Kanarie\"",
            "Cache-Control: no-store,\r\n x=Kanarie",
            "Expires: Kanarie",
            "Last-Modified: Kanarie",
            "Retry-After: 7\u00a0Kanarie",
            "X-RateLimit-Remaining: 99\u00ebKanarie",
            "X-RateLimit-Kanarie: 1",
            "RateLimit-Limit: 1200",
            "ETag: W/\"kanarie\"",
            "Link: <https://graph.microsoft.com/v1.0/users/kanarie>; rel=next",
            "Set-Cookie: who=kanarie",
            "Location: https://kanarie.example/",
            "Content-Location: /v1.0/users/kanarie",
            "x-ms-ags-diagnostic: Kanarie North",
            "request-id: kanarie",
            "X-Psoxy-Error: Kanarie"));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, Scripted.SafeUser)));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(answer.Headers["Cache-Control"], Is.EqualTo("no-store, private"));
        Assert.That(answer.Headers.Keys.Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            "Cache-Control", "Content-Length", "Content-Type", "Date", "RateLimit-Limit", "Vary", "X-Psoxy-PII-Salt-Sha256", "X-Psoxy-Psoxy-Version", "X-Psoxy-Rules-SHA",
        }).Or.EqualTo(new[]
        {
            "Cache-Control", "Content-Length", "Content-Type", "Date", "RateLimit-Limit", "X-Psoxy-PII-Salt-Sha256", "X-Psoxy-Psoxy-Version", "X-Psoxy-Rules-SHA",
        }));
    }

    [Test]
    public async Task A_header_that_stands_twice_does_no_harm()
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(
            "{}", "Content-Type: application/json", "Retry-After: 7", "Retry-After: 9", "Last-Modified: Kanarie", "Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT") with { Status = "404 Not Found" });

        Assert.That(answer.Status, Is.EqualTo(404));
        Assert.That(answer.Headers["Retry-After"], Is.EqualTo("7"));
        Assert.That(answer.Headers["Last-Modified"], Is.EqualTo("Mon, 02 Nov 2026 10:00:00 GMT"));
    }

    [TestCase("Content-Type: application/json", "Content-Type: text/html")]
    [TestCase("Content-Type: text/html")]
    [TestCase("Content-Type: multipart/mixed; boundary=kanarie")]
    [TestCase("Content-Type: application/json; charset=utf-16")]
    [TestCase("Content-Type: application/json; charset=iso-8859-1")]
    [TestCase("X: y")]
    public async Task What_is_not_said_to_be_JSON_in_UTF_8_does_not_pass(params string[] headers)
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(Scripted.User, headers));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((502, "API_ERROR")));
        Assert.That(answer.Body, Does.Contain("not JSON in UTF-8"));
    }

    [Test]
    public async Task A_byte_order_mark_is_left_out()
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of("\uFEFF" + Scripted.User));

        Assert.That(answer.Body, Is.EqualTo(Scripted.SafeUser));
    }

    [Test]
    public async Task UTF_16_under_the_name_of_UTF_8_does_not_pass()
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(System.Text.Encoding.Unicode.GetPreamble().Concat(System.Text.Encoding.Unicode.GetBytes(Scripted.User)).ToArray()));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((502, "API_ERROR")));
        Assert.That(answer.Body, Does.Contain("not whole, valid JSON"));
    }

    [Test]
    public async Task Trailers_are_dropped()
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(Scripted.User, "Content-Type: application/json", "Trailer: X-Name, Cache-Control") with { IsChunked = true, Trailers = ["X-Name: Kanarie", "Cache-Control: kanarie"] });

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, Scripted.SafeUser)));
        Assert.That(answer.Headers.Keys, Has.None.EqualTo("Trailer").And.None.EqualTo("X-Name"));
    }
}
