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
    private readonly string _host;
    private readonly GraphTokens _tokens;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 64,
        MaxResponseHeadersLength = 64,
        ActivityHeadersPropagator = null,
    });

    public GraphClient(ProxyOptions options, GraphTokens tokens) => (_host, _tokens) = (options.GraphHost, tokens);

    /// <summary>Graph's answer, its body not read yet. A token that Graph refuses is replaced once.</summary>
    public async Task<Attempt<GraphResponse>> SendAsync(GraphCall call, GraphToken token, CancellationToken cancellationToken)
    {
        var first = await SendOnceAsync(call, token, cancellationToken);
        if (!first.TryGet(out var response) || !response.IsTokenRefused) return first;
        _tokens.Drop(token);
        if (!(await _tokens.GetAsync(cancellationToken)).TryGet(out var renewed) || renewed.Value == token.Value) return response;
        response.Dispose();
        return await SendOnceAsync(call, renewed, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Attempt<GraphResponse>> SendOnceAsync(GraphCall call, GraphToken token, CancellationToken cancellationToken)
    {
        // The target must leave as the gate made it.
        var uri = new Uri($"https://{_host}{call.PathAndQuery}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), uri);
        request.Headers.TryAddWithoutValidation("Authorization", token.Header);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", BodyEncodings.Accepted);
        request.Headers.TryAddWithoutValidation("client-request-id", call.CorrelationId);
        foreach (var (name, value) in call.Headers) request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            return await GraphResponse.ReadAsync(await _http.SendAsync(request, cancellationToken), cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            return new ProxyFault(ProxyError.ApiError, "The source's answer broke off.");
        }
        catch (OperationCanceledException)
        {
            return new ProxyFault(ProxyError.SourceApiReadTimeout, "The source took too long to answer.");
        }
        catch (Exception)
        {
            // Mostly an HttpRequestException; a connection that is cut at the wrong moment, in a TLS handshake for one, ends in still other kinds.
            return new ProxyFault(ProxyError.ConnectionToSource, "Graph cannot be reached.", RetrySeconds);
        }
    }
}
