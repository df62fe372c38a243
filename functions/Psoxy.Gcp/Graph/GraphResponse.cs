using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Graph;

/// <summary>Graph's answer: status and headers, and the body as a stream. An error's body is read at once, for its code.</summary>
internal sealed class GraphResponse : IDisposable
{
    private const int MaxErrorBytes = 64 * 1024;
    private readonly HttpResponseMessage _message;

    private GraphResponse(HttpResponseMessage message, SourceError? error) => (_message, Error) = (message, error);

    public int Status => (int)_message.StatusCode;

    /// <summary>Of an answer of 400 and above.</summary>
    public SourceError? Error { get; }

    /// <summary>What Graph's clock says.</summary>
    public DateTimeOffset? Date => _message.Headers.Date;

    /// <summary>Throttled, or a part of Graph is out of work for now.</summary>
    public bool IsBusy => Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout;

    /// <summary>How long Graph asks to wait: seconds, or a moment (RFC 9110, section 10.2.3); <c>null</c> where it does not say, or says none.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now)
    {
        var asked = _message.Headers.RetryAfter;
        return (asked?.Delta ?? (asked?.Date - now)) is { } wait && wait > TimeSpan.Zero ? wait : null;
    }

    /// <summary>Microsoft's id of the call, for its support; empty where there is none that is one.</summary>
    public Guid RequestId =>
        Guid.TryParseExact(_message.Headers.NonValidated.TryGetValues("request-id", out var id) ? id.ToString() : Error?.RequestId, "D", out var known) ? known : Guid.Empty;

    /// <summary>What the body says that it is; <c>null</c> where that is not JSON.</summary>
    public MediaKind? Kind => MediaKind.Read(ContentHeader("Content-Type"));

    public BodyEncoding Encoding => BodyEncodings.Read(ContentHeader("Content-Encoding") ?? "");

    /// <summary>Bytes of the body as it is sent, where the source says so.</summary>
    public long? Length => _message.Content.Headers.ContentLength;

    /// <summary>401, or a 403 that says a role is missing: a token made after consent was given would do.</summary>
    public bool IsTokenRefused => Status == 401 || (Status == 403 && Error!.IsMissingRole);

    /// <summary>Visits every header; texts are made only of those that go on.</summary>
    public void CopyHeaders(FrozenDictionary<string, Func<string, string?>> values, IHeaderDictionary target)
    {
        Copy(_message.Headers.NonValidated, values, target);
        Copy(_message.Content.Headers.NonValidated, values, target);
    }

    public static async Task<GraphResponse> ReadAsync(HttpResponseMessage message, CancellationToken cancellationToken)
    {
        if ((int)message.StatusCode < 400) return new(message, null);
        try
        {
            var body = new byte[MaxErrorBytes];
            await using var stream = await new GraphResponse(message, null).OpenAsync(cancellationToken);
            var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
            return new(message, SourceError.Read(body.AsMemory(0, length)));
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or InvalidDataException)
        {
            // The status is known; its body adds nothing then.
            return new(message, SourceError.Read(default));
        }
        catch (OperationCanceledException)
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>The body without its encoding.</summary>
    /// <exception cref="InvalidDataException">The encoding is not read here; the stream throws it too, where the body is not what its encoding says.</exception>
    public async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        if (Encoding == BodyEncoding.Unknown) throw new InvalidDataException("an encoding that is not read here");
        return Encoding.Decode(await _message.Content.ReadAsStreamAsync(cancellationToken));
    }

    public void Dispose() => _message.Dispose();

    private static void Copy(HttpHeadersNonValidated headers, FrozenDictionary<string, Func<string, string?>> values, IHeaderDictionary target)
    {
        foreach (var (name, all) in headers)
            if (values.TryGetValue(name, out var write) && (write(all.ToString()) ?? all.Select(write).FirstOrDefault(written => written is not null)) is { } text) target[name] = text;
    }

    private string? ContentHeader(string name) => _message.Content.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
