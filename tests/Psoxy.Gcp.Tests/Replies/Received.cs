using System.Net.Sockets;
using System.Text;

namespace Psoxy.Gcp.Tests.Replies;

/// <summary>An answer as it came over a socket: its head, and all bytes behind that, framing and encoding included.</summary>
internal sealed record Received(string Head, byte[] Rest)
{
    /// <summary>Whether it ended as HTTP says that an answer ends.</summary>
    public bool IsWhole => IsChunked ? Encoding.Latin1.GetString(Rest).EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal) || Encoding.Latin1.GetString(Rest) == "0\r\n\r\n" : Rest.Length == Length;

    public bool IsChunked => Header("Transfer-Encoding") == "chunked";

    public int? Length => Header("Content-Length") is { } length ? int.Parse(length, null) : null;

    /// <summary>The body without its framing, as far as it came.</summary>
    public byte[] Body => IsChunked ? Unchunk(Rest) : Rest;

    public string? Header(string name) =>
        Head.Split("\r\n").Select(line => line.Split(": ", 2)).FirstOrDefault(pair => pair.Length == 2 && pair[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1];

    public static async Task<Received> ReadAsync(Uri address, string target, params (string Name, string Value)[] headers)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {target} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n{string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n"))}\r\n"));
        using var all = new MemoryStream();
        try
        {
            await stream.CopyToAsync(all);
        }
        catch (IOException)
        {
            // Reset: what came before counts.
        }

        var bytes = all.ToArray();
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        return end < 0 ? new(Encoding.Latin1.GetString(bytes), []) : new(Encoding.Latin1.GetString(bytes, 0, end), bytes[(end + 4)..]);
    }

    private static byte[] Unchunk(ReadOnlySpan<byte> rest)
    {
        var body = new List<byte>();
        while (rest.IndexOf("\r\n"u8) is >= 0 and var line)
        {
            var length = Convert.ToInt32(Encoding.Latin1.GetString(rest[..line]), 16);
            rest = rest[(line + 2)..];
            body.AddRange(rest[..Math.Min(length, rest.Length)]);
            rest = rest[Math.Min(length + 2, rest.Length)..];
        }

        return [.. body];
    }
}
