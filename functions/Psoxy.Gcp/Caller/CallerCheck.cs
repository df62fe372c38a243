using System.Net;
using Microsoft.AspNetCore.Http;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Caller;

/// <summary>Whether the caller may talk to us at all: over https, and from an allowed address.</summary>
internal sealed class CallerCheck(ProxyOptions options)
{
    public ProxyFault? Check(HttpRequest request)
    {
        if (request.Headers["X-Forwarded-Proto"].ToString().Split(',')[^1].Trim().Equals("http", StringComparison.OrdinalIgnoreCase))
            return new(ProxyError.HttpsRequired, "Call the function over https.");
        return IsAllowed(request) ? null : new(ProxyError.UnauthorizedIpAddress, "The caller's address is not on ALLOWED_DATA_ACCESS_IP_BLOCKS.");
    }

    public bool IsAllowed(HttpRequest request) =>
        options.AllowedIpBlocks.IsEmpty || (AddressOf(request) is { } address && options.AllowedIpBlocks.Any(block => block.Contains(address)));

    /// <summary>
    /// The platform's front end appends the caller's address and its own to X-Forwarded-For; what stands before them anybody may have written. So the
    /// last but one is the caller's; without the platform, the connection's.
    /// </summary>
    public static IPAddress? AddressOf(HttpRequest request)
    {
        var hops = request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var address = hops.Length == 0 ? request.HttpContext.Connection.RemoteIpAddress : IPAddress.TryParse(hops[Math.Max(0, hops.Length - 2)], out var hop) ? hop : null;
        return address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
    }
}
