using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Psoxy.Emulator.Faults;

/// <summary>
/// An answer byte for byte, past all that a server would see to: a length that is not true, a trailer, a header twice or with a byte that no header may have, an
/// encoding that the body does not have. It is the connection's last.
/// </summary>
public sealed record ScriptedAnswer
{
    private static readonly SearchValues<string> Framing = SearchValues.Create(["Content-Length:", "Transfer-Encoding:"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Status line's code and reason.</summary>
    public string Status { get; init; } = "200 OK";

    /// <summary>Header lines as they are written, without their ends; as Latin-1, so that U+0080 to U+00FF are single bytes.</summary>
    public IReadOnlyList<string> Headers { get; init; } = ["Content-Type: application/json"];

    /// <summary>What stands before the body, once: the beginning of a long answer.</summary>
    public ReadOnlyMemory<byte> Prefix { get; init; }

    /// <summary>The body; given again and again as often as <see cref="Repeat"/> says.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How often the body is sent: a very long answer needs no memory.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>What follows the body, once: the end of a long answer.</summary>
    public ReadOnlyMemory<byte> End { get; init; }

    /// <summary>Whether the body is sent in chunks; else with a length, unless the headers have one.</summary>
    public bool IsChunked { get; init; }

    /// <summary>Trailer lines of a chunked body.</summary>
    public IReadOnlyList<string> Trailers { get; init; } = [];

    /// <summary>Whether the connection stays open behind the last byte, and nothing more comes: a chunked body has no end then.</summary>
    public bool Hangs { get; init; }

    /// <summary>Whether the connection is cut behind the last byte, whatever the head has promised: a chunked body has no end then.</summary>
    public bool Breaks { get; init; }

    /// <summary>An answer with a text as its body.</summary>
    /// <param name="body">As UTF-8.</param>
    /// <param name="headers">All of its header lines; that it is JSON where there are none.</param>
    public static ScriptedAnswer Of(string body, params string[] headers) => Of(Encoding.UTF8.GetBytes(body), headers);

    /// <summary>An answer with these bytes as its body.</summary>
    /// <param name="body">As they are.</param>
    /// <param name="headers">All of its header lines; that it is JSON where there are none.</param>
    public static ScriptedAnswer Of(byte[] body, params string[] headers) => headers.Length == 0 ? new() { Body = body } : new() { Body = body, Headers = headers };

    internal async Task WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        var head = new StringBuilder("HTTP/1.1 ").Append(Status).Append("\r\n");
        foreach (var header in Headers) head.Append(header).Append("\r\n");
        if (IsChunked) head.Append("Transfer-Encoding: chunked\r\n");
        else if (!Headers.Any(header => header.AsSpan().ContainsAny(Framing))) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Prefix.Length + ((long)Body.Length * Repeat) + End.Length}\r\n");
        output.Write(Encoding.Latin1.GetBytes(head.Append("Connection: close\r\n\r\n").ToString()));
        await PartAsync(output, Prefix, cancellationToken);
        for (var times = 0; times < Repeat; times++) await PartAsync(output, Body, cancellationToken);
        await PartAsync(output, End, cancellationToken);
        if (IsChunked && !Hangs && !Breaks) output.Write(Encoding.Latin1.GetBytes("0\r\n" + string.Concat(Trailers.Select(trailer => trailer + "\r\n")) + "\r\n"));
        await output.FlushAsync(cancellationToken);
    }

    private async Task PartAsync(PipeWriter output, ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        if (part.IsEmpty) return;
        if (IsChunked) output.Write(Encoding.Latin1.GetBytes(part.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"));
        output.Write(part.Span);
        if (IsChunked) output.Write("\r\n"u8);
        await output.FlushAsync(cancellationToken);
    }
}
