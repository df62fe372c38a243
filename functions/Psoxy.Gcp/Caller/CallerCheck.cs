using System.Net;
using Microsoft.AspNetCore.Http;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Caller;

/// <summary>Whether the caller may talk to us at all: over https, from an allowed address, and as somebody on the list. In this order, each costing more than the one before.</summary>
internal sealed class CallerCheck(ProxyOptions options, CallerIdentity identity)
{
    public async Task<ProxyFault?> CheckAsync(Exchange exchange)
    {
        var request = exchange.Context.Request;
        if (!IsHttps(request)) return new(ProxyError.HttpsRequired, "Call the function over https.");
        if (!IsAllowed(request)) return new(ProxyError.UnauthorizedIpAddress, "The caller's address is not on ALLOWED_DATA_ACCESS_IP_BLOCKS.");

        // Has limits of its own, shorter than the request's, and says which of them was met.
        (exchange.Caller, exchange.CallerEntry) = await identity.DecideAsync(request.Headers, exchange.Context.RequestAborted);
        return exchange.Caller.Fault();
    }

    /// <summary>Whether the address is on the list, or there is none.</summary>
    public bool IsAllowed(HttpRequest request) =>
        options.AllowedIpBlocks.IsEmpty || (AddressOf(request) is { } address && options.AllowedIpBlocks.Any(block => block.Contains(address)));

    public IPAddress? AddressOf(HttpRequest request) => CallerAddress.Of(request, options.CallerIpHop);

    // Each front end says what the leg before it was. Only where there is none, as on a developer's machine, nobody says anything.
    private static bool IsHttps(HttpRequest request) =>
        !request.Headers.TryGetValue("X-Forwarded-Proto", out var header)
        || header.ToString().Split(',').All(leg => leg.Trim(' ', '\t').Equals("https", StringComparison.OrdinalIgnoreCase));
}
