using Psoxy.Core.Gate;

namespace Psoxy.Gcp.Replies;

/// <summary>The gate's refusals over HTTP: what cannot be read is 400, what no rule allows is 403.</summary>
internal static class GateFault
{
    public static ProxyFault Of(Decision decision) => decision.Reason switch
    {
        GateReason.MalformedPath => new(ProxyError.InvalidRequest, "The path cannot be read safely: encoding, empty or dot segments, or characters that no path may hold."),
        GateReason.MalformedQuery => new(ProxyError.InvalidRequest, "The query cannot be read safely: encoding, or characters that no query may hold."),
        GateReason.DuplicateQueryOption => new(ProxyError.InvalidRequest, "A query option stands there twice."),
        _ => new(ProxyError.BlockedByRules, ""),
    };
}
