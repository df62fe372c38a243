using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Caller;

/// <summary>Reads what the caller asks for (gateway section 2).</summary>
internal static class RequestReader
{
    public const int MaxEnvelopeBytes = 16 * 1024;
    private const int MaxOverride = 4096;
    private const string PseudonymImplementation = "v0.4";
    private const string TargetPath = "X-Psoxy-TargetPath";
    private const string TargetQuery = "X-Psoxy-TargetQuery";

    public static async Task<Attempt<ProxyRequest>> ReadAsync(Exchange exchange)
    {
        var http = exchange.Context.Request;
        exchange.HadIgnoredHeader = http.Headers.ContainsKey("X-Psoxy-User-To-Impersonate") || http.Headers.ContainsKey("X-Psoxy-Skip-Sanitizer");
        if (IsFramedOddly(http)) return Invalid("A request has either a length, or chunks and no other transfer encoding.");
        if (http.Headers.TryGetValue("X-Psoxy-Pseudonym-Implementation", out var implementation) && implementation != PseudonymImplementation)
            return Invalid($"X-Psoxy-Pseudonym-Implementation must be {PseudonymImplementation}.");
        if (http.Headers.ContainsKey("X-Psoxy-Health-Check")) return new ProxyRequest { Method = http.Method, IsHealthCheck = true };

        var target = exchange.Context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/')) return Invalid("The request target must be a path.");
        var options = exchange.Context.RequestServices.GetRequiredService<ProxyOptions>();
        var hasBody = http.ContentLength > 0 || exchange.Context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        if (http.Method == HttpMethods.Post) return await EnvelopeAsync(http, target); // methods have a case (RFC 9110, section 9.1)
        if (hasBody) return Invalid("A request with this method has no body.");

        var question = target.IndexOf('?', StringComparison.Ordinal);
        var request = new ProxyRequest
        {
            Method = http.Method,
            RawPath = PathPrefix.Trim(question < 0 ? target : target[..question], options),
            RawQuery = question < 0 ? "" : target[(question + 1)..],
            Headers = http.Headers.Where(header => header.Value.Count == 1).ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            WantsNoBody = http.Headers["X-Psoxy-No-Response-Body"].ToString().Equals("true", StringComparison.OrdinalIgnoreCase),
        };
        return Override(request, http);
    }

    private static Attempt<ProxyRequest> Override(ProxyRequest request, HttpRequest http)
    {
        if (http.Headers.TryGetValue(TargetPath, out var path))
        {
            if (path.Count != 1 || !IsPrintable(path.ToString()) || !path.ToString().StartsWith('/') || path.ToString().Contains('?', StringComparison.Ordinal))
                return Invalid("X-Psoxy-TargetPath must be a path: from a slash, printable ASCII, no '?' or '#', 4,096 characters at most.");
            request = request with { RawPath = path.ToString() };
        }

        if (!http.Headers.TryGetValue(TargetQuery, out var query)) return request;
        if (query.Count != 1 || !IsPrintable(query.ToString())) return Invalid("X-Psoxy-TargetQuery must be a query: printable ASCII, no blanks or '#', 4,096 characters at most.");
        return request with { RawQuery = query.ToString().StartsWith('?') ? query.ToString()[1..] : query.ToString() };
    }

    private static async Task<Attempt<ProxyRequest>> EnvelopeAsync(HttpRequest http, string target)
    {
        if (target != "/") return Invalid("POST is for envelopes only, and they go to '/'.");
        if (http.Headers.ContainsKey(TargetPath) || http.Headers.ContainsKey(TargetQuery)) return Invalid($"An envelope holds the whole request: send no {TargetPath} or {TargetQuery} with it.");
        if (http.ContentType?.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) != true) return Invalid("An envelope is application/json.");
        var body = new byte[MaxEnvelopeBytes + 1];
        int length;
        try
        {
            length = await http.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.HttpContext.RequestAborted);
        }
        catch (IOException) // also BadHttpRequestException; chunks whose size overflows have no kind of their own
        {
            length = body.Length;
        }

        if (length > MaxEnvelopeBytes) return Invalid("An envelope has 16 KB at most.");
        return Envelope.Read(body.AsMemory(0, length)) is { } request ? request
            : Invalid("""An envelope is {"path","query","method","headers"} with at least a path, or {"healthCheck":true}; it has no other keys.""");
    }

    // What front ends cut into requests differently (RFC 9112, section 6.1). Kestrel reads the chunks in all of these, and keeps a length that stood beside them under the other name.
    private static bool IsFramedOddly(HttpRequest http) =>
        http.Headers.TryGetValue("Transfer-Encoding", out var encoding)
        && (!encoding.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase) || !HttpProtocol.IsHttp11(http.Protocol) || http.ContentLength is not null || http.Headers.ContainsKey("X-Content-Length"));

    public static bool IsPrintable(string text) => text.Length <= MaxOverride && text.All(c => c is > ' ' and <= '~' and not '#');

    private static ProxyFault Invalid(string message) => new(ProxyError.InvalidRequest, message);
}
