using System.Net;

namespace Psoxy.Core.Settings;

/// <summary>A block of addresses, or one address.</summary>
public static class AddressBlock
{
    /// <summary>
    /// The block, or <c>null</c>. A network that is written by one of its hosts (10.0.0.1/8) is refused: the framework reads it without a word as the whole of it, which is more than somebody
    /// meant, maybe.
    /// </summary>
    /// <param name="text">CIDR, or an address alone.</param>
    public static IPNetwork? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var whole = text.Contains('/', StringComparison.Ordinal) ? text : text + (text.Contains(':', StringComparison.Ordinal) ? "/128" : "/32");
        return IPNetwork.TryParse(whole, out var block) && IPAddress.TryParse(whole.AsSpan(0, whole.IndexOf('/', StringComparison.Ordinal)), out var address) && block.BaseAddress.Equals(address) ? block : null;
    }
}
