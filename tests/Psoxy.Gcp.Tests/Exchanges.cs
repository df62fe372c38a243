using Microsoft.AspNetCore.Http;
using Psoxy.Core.Connectors;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Options;

namespace Psoxy.Gcp.Tests;

/// <summary>Requests to Outlook Mail, without a host.</summary>
internal static class Exchanges
{
    public static Engine Engine(ProxyOptions options) => new(ConnectorCatalog.Find("outlook-mail")!, options, []);

    /// <summary>A request that the gate has decided on.</summary>
    public static Exchange Of(Engine engine, TimeProvider time, string path = "/v1.0/users", HttpContext? context = null)
    {
        var exchange = new Exchange(context ?? new DefaultHttpContext(), engine, time);
        exchange.Decision = engine.Decide(new ProxyRequest { Method = "GET", RawPath = path });
        Assert.That(exchange.Decision.IsAllowed, Is.True, path);
        return exchange;
    }
}
