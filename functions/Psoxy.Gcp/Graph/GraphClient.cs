using System.Security.Authentication;
using Psoxy.Gcp.Identity;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Graph;

/// <summary>
/// Graph over a plain pooled handler rather than Microsoft.Graph.Core's chain: that one follows redirects, retries with whole bodies in memory and rebuilds
/// URLs, while we need headers first, a stream, no redirects, one fixed host and the canonical target byte for byte.
/// </summary>
internal sealed class GraphClient : IDisposable
{
    private const int RetrySeconds = 10;

    // What Microsoft's own clients wait for headers; the rest of the request's time is the body's.
    private static readonly TimeSpan HeadersLimit = TimeSpan.FromSeconds(100);

    private readonly string _host;
    private readonly GraphTokens _tokens;
    private readonly GraphRetries _retries;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public GraphClient(ProxyOptions options, GraphTokens tokens, TimeProvider time)
        : this(options, tokens, time, GraphConnections.Create(options))
    {
    }

    internal GraphClient(ProxyOptions options, GraphTokens tokens, TimeProvider time, HttpMessageHandler connections) =>
        (_host, _tokens, _time, _retries, _http) = (options.GraphHost, tokens, time, new GraphRetries(options, time), new HttpMessageInvoker(connections));

    /// <summary>Graph's answer, its body not read yet. What passes quickly is waited for, and a token that Graph refuses is replaced once.</summary>
    /// <param name="call">What to ask.</param>
    /// <param name="token">With which token.</param>
    /// <param name="exchange">For whom; its time is what the call has.</param>
    /// <param name="limit">Ends the call before that.</param>
    public async Task<Attempt<GraphResponse>> SendAsync(GraphCall call, GraphToken token, Exchange exchange, CancellationToken limit = default)
    {
        var first = await _retries.RunAsync(exchange, () => SendOnceAsync(call, token, exchange, limit));
        if (!first.TryGet(out var response) || !response.IsTokenRefused) return first;
        _tokens.Drop(token);
        if (!(await _tokens.GetAsync(exchange.Cancellation)).TryGet(out var renewed) || renewed.Value == token.Value) return response;
        response.Dispose();
        return await _retries.RunAsync(exchange, () => SendOnceAsync(call, renewed, exchange, limit));
    }

    public void Dispose() => _http.Dispose();

    private async Task<GraphTry> SendOnceAsync(GraphCall call, GraphToken token, Exchange exchange, CancellationToken limit)
    {
        using var request = Request(call, token);
        using var either = limit.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(exchange.Cancellation, limit) : null;
        var cancellation = either?.Token ?? exchange.Cancellation;
        exchange.Allow(HeadersLimit);
        try
        {
            var response = await GraphResponse.ReadAsync(await _http.SendAsync(request, cancellation), cancellation);
            exchange.AllowAll();
            return new(response, call.IsIdempotent && response.IsBusy, response.RetryAfter(_time.GetUtcNow()));
        }
        catch (OperationCanceledException) when (exchange.IsOutOfTime || (limit.IsCancellationRequested && !exchange.IsCallerGone))
        {
            return new(new ProxyFault(ProxyError.SourceApiReadTimeout, "The source took too long to answer."));
        }
        catch (Exception fault) when (!exchange.IsCallerGone)
        {
            // Mostly an HttpRequestException; a connection that is cut at the wrong moment, in a TLS handshake or just after it is made, ends in still other kinds. A certificate that
            // is not accepted will not be in a second either.
            exchange.AllowAll();
            return new(new ProxyFault(ProxyError.ConnectionToSource, "Graph cannot be reached.", RetrySeconds), call.IsIdempotent && fault.InnerException is not AuthenticationException);
        }
    }

    private HttpRequestMessage Request(GraphCall call, GraphToken token)
    {
        // The target must leave as the gate made it.
        var uri = new Uri($"https://{_host}{call.PathAndQuery}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(call.Method), uri);
        request.Headers.TryAddWithoutValidation("Authorization", token.Header);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", BodyEncodings.Accepted);
        request.Headers.TryAddWithoutValidation("client-request-id", call.CorrelationId);
        foreach (var (name, value) in call.Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
