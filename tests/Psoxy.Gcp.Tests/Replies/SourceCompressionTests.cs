using System.Diagnostics;
using System.Text;
using Psoxy.Emulator.Faults;
using Psoxy.Gcp.Graph;

namespace Psoxy.Gcp.Tests.Replies;

/// <summary>Compression on the way from Graph: a part never looks like the whole, and what is small on the line is not large here.</summary>
public sealed class SourceCompressionTests
{
    private static readonly string[] Encodings = ["gzip", "br"];

    [TestCase("gzip", "gzip")]
    [TestCase("x-gzip", "gzip")]
    [TestCase("GZIP", "gzip")]
    [TestCase("br", "br")]
    [TestCase("identity", "")]
    public async Task An_encoding_that_is_known_is_undone(string name, string encoding)
    {
        var answer = await Scripted.AskAsync(Answer(name, Compressed.Encode(encoding, Bytes(Scripted.User))));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, Scripted.SafeUser)));
        Assert.That(answer.Headers.Keys, Has.None.EqualTo("Content-Encoding"));
    }

    [Test]
    public async Task Graph_is_told_what_is_known()
    {
        Scripted.Usual.Emulator.GraphRequests.Clear();

        await Scripted.Usual.SendAsync(Scripted.Target(Scripted.Usual), null, null, ("Accept-Encoding", "deflate, zstd"));

        Assert.That(Scripted.Usual.Emulator.GraphRequests.All.Single().Headers["Accept-Encoding"], Is.EqualTo("gzip, br"), "not what the caller takes");
    }

    [TestCase("deflate", "deflate")]
    [TestCase("zstd", "")]
    [TestCase("kanarie", "")]
    [TestCase("gzip, gzip", "gzip")]
    [TestCase("gzip, identity", "gzip")]
    [TestCase("identity, gzip", "gzip")]
    [TestCase("br,gzip", "gzip")]
    public async Task Any_other_is_refused_and_so_is_more_than_one(string name, string encoding)
    {
        var answer = await Scripted.AskAsync(Answer(name, Compressed.Encode(encoding, Bytes(Scripted.User))));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((502, "API_ERROR")));
        Assert.That(answer.Body, Does.Contain("compressed in a way that the proxy does not read"));
    }

    [TestCaseSource(nameof(Encodings))]
    public async Task A_plain_body_under_an_encodings_name_is_a_fault(string encoding) => await AssertBrokenAsync(Answer(encoding, Bytes(Scripted.User)));

    [Test]
    public async Task A_compressed_body_without_its_encodings_name_is_a_fault()
    {
        var answer = await Scripted.AskAsync(ScriptedAnswer.Of(Compressed.Gzip(Bytes(Scripted.User))));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((502, "API_ERROR")));
    }

    // Lines end anywhere, so that only the encoding's own end tells a part from the whole.
    [TestCaseSource(nameof(Encodings))]
    public async Task A_stream_that_breaks_off_is_a_fault_wherever_it_does(string encoding)
    {
        var whole = Compressed.Encode(encoding, Bytes(string.Concat(Enumerable.Repeat(Scripted.User.ReplaceLineEndings("") + "\n", 3))));
        var answer = await Scripted.AskAsync(Answer(encoding, whole, "application/x-ndjson"));
        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, string.Concat(Enumerable.Repeat(Scripted.SafeUser + "\n", 3)))), "the whole passes");

        foreach (var missing in (int[])[1, 4, 7, 8, 9, 20, whole.Length - 1, whole.Length]) await AssertBrokenAsync(Answer(encoding, whole[..^missing], "application/x-ndjson") with { IsChunked = true });
    }

    [Test]
    public async Task What_stands_behind_the_end_is_a_fault([ValueSource(nameof(Encodings))] string encoding, [Values(1, 8, 20_000)] int more)
    {
        var whole = Compressed.Encode(encoding, Bytes(Scripted.User));

        await AssertBrokenAsync(Answer(encoding, [.. whole, .. new byte[more]]));
        await AssertBrokenAsync(Answer(encoding, [.. whole, .. Compressed.Encode(encoding, Bytes(" "))]));
    }

    [Test]
    public async Task A_second_gzip_member_is_a_fault_whole_or_broken()
    {
        var (first, second) = (Compressed.Gzip(Bytes(Scripted.User + "\n")), Compressed.Gzip(Bytes("{\"id\":\"Kanarie\"}\n")));

        foreach (var body in (byte[][])[[.. first, .. second], [.. first, .. second[..^9]], [.. first, 0x1F, 0x8B]]) await AssertBrokenAsync(Answer("gzip", body, "application/x-ndjson"));
    }

    [Test]
    public async Task A_bit_that_is_wrong_is_a_fault()
    {
        var body = Compressed.Gzip(Bytes(Scripted.User));
        body[^6] ^= 1; // of the checksum

        await AssertBrokenAsync(Answer("gzip", body));
    }

    [Test]
    public async Task Ten_gigabytes_in_ten_megabytes_end_at_the_ceiling()
    {
        var (start, mebibyte) = Compressed.Bomb("{");
        var bomb = Answer("gzip", mebibyte) with { Prefix = start, Repeat = 10_000 };
        Assert.That((long)mebibyte.Length * bomb.Repeat, Is.LessThan(12 << 20), "small on the line");
        Assert.That(Compressed.Decode("gzip", [.. start, .. mebibyte, .. mebibyte]), Has.Length.EqualTo(1 + (2 << 20)), "each block is one more mebibyte");

        var answer = await Scripted.AskAsync(bomb, null, Scripted.Small);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((502, "API_ERROR")));
        Assert.That(answer.Body, Does.Contain("MAX_RESPONSE_BYTES"));
        Assert.That(await Scripted.LoggedAsync(answer, Scripted.Small), Does.Match($"\"bytesIn\":{Scripted.SmallCeiling / 1_000_000}\\d{{6}},"), "it was read no further than a buffer past the ceiling");
    }

    [Test]
    public async Task A_bomb_inside_of_an_error_is_read_no_further_than_an_error_is_long()
    {
        var (start, mebibyte) = Compressed.Bomb("{\"error\":{\"code\":");
        var watch = Stopwatch.StartNew();

        var answer = await Scripted.AskAsync(new() { Status = "400 Bad Request", Headers = ["Content-Type: application/json", "Content-Encoding: gzip"], Prefix = start, Body = mebibyte, Repeat = 10_000 });

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, "API_ERROR")));
        TestContext.Out.WriteLine($"10 GB of error: answered in {watch.ElapsedMilliseconds} ms");
    }

    [TestCaseSource(nameof(Encodings))]
    public async Task An_error_is_read_through_its_encoding(string encoding)
    {
        var answer = await Scripted.AskAsync(Answer(encoding, Compressed.Encode(encoding, Bytes("{\"error\":{\"code\":\"ErrorItemNotFound\",\"message\":\"Kanarie\"}}"))) with { Status = "404 Not Found" });

        Assert.That((answer.Status, answer.Json.GetProperty("error").GetProperty("code").GetString()), Is.EqualTo((404, "ErrorItemNotFound")));
    }

    [Test]
    public async Task However_the_bytes_come_they_decode_to_the_same([ValueSource(nameof(Encodings))] string encoding, [Values(1, 3, 1000)] int chunk)
    {
        var plain = Bytes(string.Concat(Enumerable.Range(0, 5000).Select(number => $"{number} Kanarie ")));
        var coded = Compressed.Encode(encoding, plain);
        await using var body = BodyEncodings.Read(encoding).Decode(new Drip(coded, chunk));
        using var read = new MemoryStream();

        await body.CopyToAsync(read, chunk);

        Assert.That(read.ToArray(), Is.EqualTo(plain));
    }

    private static async Task AssertBrokenAsync(ScriptedAnswer graph)
    {
        var answer = await Scripted.AskAsync(graph);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((502, "API_ERROR")), answer.Body);
        Assert.That(answer.Body, Does.Contain("not compressed as it says"));
    }

    private static ScriptedAnswer Answer(string encoding, byte[] body, string type = "application/json") => ScriptedAnswer.Of(body, "Content-Type: " + type, "Content-Encoding: " + encoding);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private sealed class Drip(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
