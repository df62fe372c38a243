using System.Net;
using System.Net.Sockets;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize.Values;

/// <summary>IP addresses, in one spelling each.</summary>
internal static class IpAddresses
{
    public static ValueOutcome Tokenize(TokenizeIp transform, string text, Pseudonymizer pseudonymizer)
    {
        if (Canonical(text) is not { } canonical) return ValueOutcome.Null;
        return ValueOutcome.Replaced(transform.Reversible ? pseudonymizer.Tokenize(canonical) : pseudonymizer.HashToken(canonical));
    }

    /// <summary>Dotted decimal for v4 and v4-mapped; for v6 eight groups without leading zeroes, as Java writes them. <c>null</c> for anything else.</summary>
    private static string? Canonical(string text)
    {
        if (text.AsSpan().ContainsAny("[]%/ ") || !IPAddress.TryParse(text, out var address)) return null;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            Span<byte> octets = stackalloc byte[16];
            address.TryWriteBytes(octets, out _);
            var groups = new string[8];
            for (var at = 0; at < groups.Length; at++) groups[at] = ((octets[2 * at] * 256) + octets[(2 * at) + 1]).ToString("x", null);
            return string.Join(':', groups);
        }

        // IPAddress also reads "1", "0x7f.1" and "010.0.0.1": only the four plain numbers are an address here.
        return address.ToString() == text ? text : null;
    }
}
