using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Psoxy.Gcp.Caller;

/// <summary>The caller's address, as the platform saw it.</summary>
internal static class CallerAddress
{
    /// <summary>
    /// Front ends append to X-Forwarded-For; what stands before their entries anybody may have written. So the caller's is counted from the end, and where
    /// there are fewer entries the request did not come the way that the deployment says: nobody's. Without the header there is no front end, and it is the connection's.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="hop">1 for the last entry, 2 for the last but one.</param>
    /// <returns>The address; v4 where it is v4 in v6's clothes. <c>null</c> if it cannot be told.</returns>
    public static IPAddress? Of(HttpRequest request, int hop)
    {
        if (!request.Headers.TryGetValue("X-Forwarded-For", out var header)) return Plain(request.HttpContext.Connection.RemoteIpAddress);
        var hops = header.ToString().Split(','); // several headers are one list (RFC 9110, section 5.3)
        return hops.Length >= hop ? Parse(hops[^hop].Trim(' ', '\t')) : null;
    }

    // Front ends write bare addresses. Ports, brackets, zones, and numbers that C's old parsers take for addresses (1, 0x7f.1, 010.0.0.1) are somebody else's.
    private static IPAddress? Parse(string text)
    {
        if (text.AsSpan().ContainsAny('[', ']', '%') || !IPAddress.TryParse(text, out var address)) return null;
        return address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != text ? null : Plain(address);
    }

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
