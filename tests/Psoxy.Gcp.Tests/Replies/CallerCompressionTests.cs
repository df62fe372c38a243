using System.Buffers;
using System.IO.Compression;
using System.Text;
using Psoxy.Emulator.Faults;

namespace Psoxy.Gcp.Tests.Replies;

/// <summary>Compression on the way to the caller.</summary>
public sealed class CallerCompressionTests
{
    [TestCase(null, null)]
    [TestCase("", null)]
    [TestCase("identity", null)]
    [TestCase("gzip", "gzip")]
    [TestCase("br", "br")]
    [TestCase("gzip, br", "br")]
    [TestCase("gzip;q=1.0, br;q=0.5", "gzip")]
    [TestCase("gzip;q=0, br;q=0", null)]
    [TestCase("identity;q=0, gzip", "gzip")]
    [TestCase("gzip;q=0.5, identity;q=1", null)]
    [TestCase("*", "br")]
    [TestCase("*;q=0", null)]
    [TestCase("deflate, zstd", null)]
    [TestCase("gzip;q=Kanarie", null)]
    public async Task The_caller_gets_what_it_takes(string? accepts, string? encoding)
    {
        var received = await Scripted.ReceiveAsync(ScriptedAnswer.Of(Scripted.User), Scripted.Usual, accepts is null ? [] : [("Accept-Encoding", accepts)]);

        Assert.That(received.Head, Does.StartWith("HTTP/1.1 200 "));
        Assert.That(received.Header("Content-Encoding"), Is.EqualTo(encoding));
        Assert.That(received.IsWhole, received.Head);
        Assert.That(Encoding.UTF8.GetString(Compressed.Decode(encoding, received.Body)), Is.EqualTo(Scripted.SafeUser));
        Assert.That(received.Length, Is.EqualTo(encoding is null ? Encoding.UTF8.GetByteCount(Scripted.SafeUser) : null), "the length of what is sent, or none");
        Assert.That(received.Header("Vary"), Is.EqualTo(accepts is null or "" ? received.Header("Vary") : "Accept-Encoding"));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task An_error_and_lines_are_compressed_too(string encoding)
    {
        var error = await Scripted.ReceiveAsync(ScriptedAnswer.Of("{}") with { Status = "404 Not Found" }, Scripted.Usual, ("Accept-Encoding", encoding));
        var lines = await Scripted.ReceiveAsync(ScriptedAnswer.Of(Scripted.User.ReplaceLineEndings(""), "Content-Type: application/x-ndjson"), Scripted.Usual, ("Accept-Encoding", encoding));

        Assert.That((error.Header("Content-Encoding"), lines.Header("Content-Encoding")), Is.EqualTo((encoding, encoding)));
        Assert.That(Encoding.UTF8.GetString(Compressed.Decode(encoding, error.Body)), Does.Contain("unknownError"));
        Assert.That(Encoding.UTF8.GetString(Compressed.Decode(encoding, lines.Body)), Is.EqualTo(Scripted.SafeUser + "\n"));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task A_compressed_answer_that_is_aborted_does_not_end_as_a_whole_one(string encoding)
    {
        var broken = ScriptedAnswer.Of("{\"otherMails\":[" + string.Join(',', Enumerable.Range(0, 20_000).Select(number => $"\"p{number}.kanarie@contoso.example\"")));

        var received = await Scripted.ReceiveAsync(broken, Scripted.Small, ("Accept-Encoding", encoding));

        Assert.That(received.Head, Does.StartWith("HTTP/1.1 200 ").And.Contain("Content-Encoding: " + encoding), "it had begun");
        Assert.That(received.IsWhole, Is.False, "no last chunk");
        Assert.That(received.Body, Has.Length.GreaterThan(0));
        Assert.That(IsEnded(encoding, received.Body), Is.False, "no end of the compressed stream either");
    }

    [Test]
    public async Task HEAD_and_no_body_have_no_encoding()
    {
        var head = await Scripted.AskAsync(ScriptedAnswer.Of(""), HttpMethod.Head, null, ("Accept-Encoding", "gzip"));
        var none = await Scripted.AskAsync(ScriptedAnswer.Of(Scripted.User), null, null, ("Accept-Encoding", "gzip"), ("X-Psoxy-No-Response-Body", "true"));

        Assert.That((head.Status, head.Body, none.Status, none.Body), Is.EqualTo((200, "", 200, "")));
        Assert.That(none.Headers.GetValueOrDefault("Content-Encoding"), Is.Null);
    }

    private static bool IsEnded(string encoding, byte[] body)
    {
        if (encoding == "gzip") return BitConverter.ToUInt32(body.AsSpan()[^4..]) == (uint)Compressed.Decode(encoding, body).Length;
        using var decoder = default(BrotliDecoder);
        return decoder.Decompress(body, new byte[16 << 20], out _, out _) == OperationStatus.Done;
    }
}
