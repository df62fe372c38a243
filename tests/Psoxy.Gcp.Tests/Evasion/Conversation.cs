using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>
/// One connection: some bytes, then a request that the host itself answers with 404 and nobody logs. It comes after the first answer, so that whatever hid in the bytes had
/// its chance, and makes the server close: all that there is has been read then.
/// </summary>
internal static class Conversation
{
    private const int EndStatus = 404;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10); // with a server that waits for more, which only a wrong row sees

    /// <summary>Every answer but the last request's, interim ones left out.</summary>
    public static async Task<ImmutableArray<RawAnswer>> HoldAsync(Uri address, byte[] bytes)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, limit.Token);
        var stream = socket.GetStream();
        var isHead = bytes.AsSpan().StartsWith("HEAD "u8);
        var received = new List<byte>();
        try
        {
            await stream.WriteAsync(bytes, limit.Token);
            if (await ReadAsync(stream, received, () => Answers(received, isHead).Count > 0, limit.Token))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /robots.txt HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"), limit.Token);
                await ReadAsync(stream, received, () => false, limit.Token);
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException)
        {
            // The server closed while it was still spoken to, or waits for more: what it said before counts.
        }

        var answers = Answers(received, isHead);
        if (answers is [.., { Status: EndStatus, IsOurs: false }]) answers.RemoveAt(answers.Count - 1);
        return [.. answers];
    }

    // Whether it ended because of the condition, not of the connection.
    private static async Task<bool> ReadAsync(NetworkStream stream, List<byte> received, Func<bool> isEnough, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (!isEnough())
        {
            var length = await stream.ReadAsync(buffer, cancellationToken);
            if (length == 0) return false;
            received.AddRange(buffer.AsSpan(0, length));
        }

        return true;
    }

    private static List<RawAnswer> Answers(List<byte> received, bool isHead)
    {
        var text = Encoding.Latin1.GetString([.. received]);
        var answers = new List<RawAnswer>();
        while (true)
        {
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) return answers;
            var lines = text[..end].Split("\r\n");
            var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToLookup(pair => pair[0], pair => pair[^1], StringComparer.OrdinalIgnoreCase);
            var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
            text = text[(end + 4)..];
            if (status < 200) continue;
            if (Body(headers, isHead && answers.Count == 0, text) is not var (body, length)) return answers;
            answers.Add(new(status, headers, body));
            text = text[length..];
        }
    }

    // Null where it has not all come yet.
    private static (string Body, int Length)? Body(ILookup<string, string> headers, bool isHead, string text)
    {
        if (isHead) return ("", 0);
        if (headers["Transfer-Encoding"].FirstOrDefault() == "chunked") return Chunks(text);
        var length = int.Parse(headers["Content-Length"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
        return text.Length < length ? null : (text[..length], length);
    }

    private static (string Body, int Length)? Chunks(string text)
    {
        var body = new StringBuilder();
        for (var at = 0; ;)
        {
            var line = text.IndexOf("\r\n", at, StringComparison.Ordinal);
            if (line < 0 || !int.TryParse(text.AsSpan(at, line - at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || text.Length < line + 2 + size + 2) return null;
            body.Append(text, line + 2, size);
            at = line + 2 + size + 2;
            if (size == 0) return (body.ToString(), at);
        }
    }
}
