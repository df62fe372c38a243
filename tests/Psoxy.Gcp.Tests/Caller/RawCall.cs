using System.Net.Sockets;
using System.Text;

namespace Psoxy.Gcp.Tests.Caller;

/// <summary>One request over a socket of its own, byte for byte as it is spelled; clients would refuse to send some of them. The body is framed as JSON unless the headers do it.</summary>
internal static class RawCall
{
    public static async Task<Psoxy.Testing.Answer> SendAsync(Uri address, string requestLine, IEnumerable<string> headers, string body = "", bool framed = true)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        var stream = socket.GetStream();
        var text = new StringBuilder($"{requestLine} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n");
        foreach (var header in headers) text.Append(header).Append("\r\n");
        if (body.Length > 0 && framed) text.Append($"Content-Type: application/json\r\nContent-Length: {Bytes(body).Length}\r\n");
        await stream.WriteAsync(Bytes(text.Append("\r\n").Append(body).ToString()));
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return Parse(Encoding.UTF8.GetString(all.GetBuffer(), 0, (int)all.Length));
    }

    // U+0080 to U+00FF stand for single bytes, which is not UTF-8; everything else is sent as UTF-8.
    private static byte[] Bytes(string text) => [.. text.EnumerateRunes().SelectMany(rune => rune.Value is >= 0x80 and <= 0xFF ? [(byte)rune.Value] : Encoding.UTF8.GetBytes(rune.ToString()))];

    private static Psoxy.Testing.Answer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = text[..end].Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : "", StringComparer.OrdinalIgnoreCase);
        return new(int.Parse(lines[0].Split(' ')[1], null), headers, text[(end + 4)..]);
    }
}
