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

    public bool IsEmpty => _message.Content.Headers.ContentLength == 0;

    public bool IsNdjson => MediaType is "application/x-ndjson" or "application/ndjson" or "application/jsonlines";

    public bool IsJson => IsNdjson || MediaType is "application/json" or "text/json" || (MediaType?.EndsWith("+json", StringComparison.OrdinalIgnoreCase) ?? false);

    /// <summary>401, or a 403 that says a role is missing: a token made after consent was given would do.</summary>
    public bool IsTokenRefused => Status == 401 || (Status == 403 && Error!.IsMissingRole);

    /// <summary>Visits every header; a value's text is made only of those that are asked for.</summary>
    public void CopyHeaders(Predicate<string> isWanted, IHeaderDictionary target)
    {
        foreach (var (name, value) in _message.Headers.NonValidated)
            if (isWanted(name)) target[name] = value.ToString();
        foreach (var (name, value) in _message.Content.Headers.NonValidated)
            if (isWanted(name)) target[name] = value.ToString();
    }

    private string? MediaType => _message.Content.Headers.ContentType?.MediaType?.ToLowerInvariant();

    public static async Task<GraphResponse> ReadAsync(HttpResponseMessage message, CancellationToken cancellationToken)
    {
        if ((int)message.StatusCode < 400) return new(message, null);
        try
        {
            var body = new byte[MaxErrorBytes];
            await using var stream = await message.Content.ReadAsStreamAsync(cancellationToken);
            var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
            return new(message, SourceError.Read(body.AsMemory(0, length)));
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or InvalidDataException)
        {
            // The status is known; its body adds nothing then.
            return new(message, SourceError.Read(default));
        }
    }

    public Task<Stream> OpenAsync(CancellationToken cancellationToken) => _message.Content.ReadAsStreamAsync(cancellationToken);

    public void Dispose() => _message.Dispose();
}
