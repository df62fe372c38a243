using Psoxy.Gcp.Options;

namespace Psoxy.Gcp.Graph;

/// <summary>
/// Connections to Graph. HTTP/1.1: a request has a connection of its own, so that a caller who reads slowly holds up nobody else's answer, and one that is given up is
/// closed at once; Graph counts requests, not connections.
/// </summary>
internal static class GraphConnections
{
    // Deep health checks have calls of their own.
    private const int Spare = 4;

    public static SocketsHttpHandler Create(ProxyOptions options) => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 64,

        // Two packets that are lost on the way are sent again within this.
        ConnectTimeout = TimeSpan.FromSeconds(5),

        // As many as there are requests in work: who waits, waits for a turn, where it is counted, not here.
        MaxConnectionsPerServer = options.MaxConcurrentRequests + Spare,

        // Addresses change; a connection keeps to the one that it was made to.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),

        // Load balancers forget a silent connection after some minutes and an instance may be frozen for as long: one that was idle for a minute is made anew.
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),

        // The rest of an answer that we refuse is read only where that is cheaper than another TLS handshake.
        MaxResponseDrainSize = 64 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
    };
}
