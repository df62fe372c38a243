using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Caller;

/// <summary>The headers of an envelope: for Graph, not for us and not for the connection. Whether the endpoint lets them through is seen when it is known.</summary>
internal static class EnvelopeHeaders
{
    private const int MaxValue = 4096;

    private static readonly FrozenSet<string> OfTheConnection = FrozenSet.ToFrozenSet(
        ["Authorization", "Proxy-Authorization", "Cookie", "Host", "Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect", "Forwarded", "Via"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Families = [ControlHeaders.Prefix, "X-Forwarded-", "X-Serverless-", "Content-", "Sec-", "Proxy-"];

    public static Attempt<ImmutableDictionary<string, string>> Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return ProxyFault.Invalid("'headers' must be an object of texts.");
        var headers = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in element.EnumerateObject())
        {
            if (!IsName(header.Name)) return ProxyFault.Invalid("A name in 'headers' must be a header's name.");
            if (header.Name.StartsWith(ControlHeaders.Prefix, StringComparison.OrdinalIgnoreCase))
                return ProxyFault.Invalid("'headers' are for Graph; those that begin with X-Psoxy- are for the function, and go beside the envelope.");
            if (OfTheConnection.Contains(header.Name) || Families.Any(family => header.Name.StartsWith(family, StringComparison.OrdinalIgnoreCase)))
                return ProxyFault.Invalid("'headers' must not have headers of the connection, of the content or of who calls.");
            if (header.Value.ValueKind != JsonValueKind.String || header.Value.GetString() is not { Length: > 0 and <= MaxValue } value || !IsValue(value))
                return ProxyFault.Invalid("A value in 'headers' must be text: printable ASCII, no blank at its ends, 4,096 characters at most.");
            if (!headers.TryAdd(header.Name, value)) return ProxyFault.Invalid("'headers' must have each header once, in whatever case.");
        }

        return headers.ToImmutable();
    }

    // RFC 9110, section 5.6.2.
    private static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    private static bool IsValue(string value) => value[0] != ' ' && value[^1] != ' ' && value.All(c => c is >= ' ' and <= '~');
}
