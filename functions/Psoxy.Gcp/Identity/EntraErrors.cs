using System.Net.Http.Headers;
using Microsoft.Identity.Client;
using Psoxy.Core.Entra;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Identity;

/// <summary>What an error of Entra's is to the caller: our own words for its code (connectors/entra-errors.yaml), and where its logs have it.</summary>
internal static class EntraErrors
{
    private const int RetrySeconds = 10;

    public static ProxyFault Explain(MsalServiceException refused)
    {
        var refusal = EntraRefusal.Read(refused.ResponseBody);
        var isPassing = refused.StatusCode is >= 500 or 429 or 408
            || refused.ErrorCode == "temporarily_unavailable"
            || refusal.Codes.Any(code => EntraErrorCatalog.Find(code)?.Retry == EntraRetry.Later);
        if (isPassing) return new ProxyFault(ProxyError.ConnectionToSource, "Entra cannot answer now." + Words(refusal), RetryAfter(refused.Headers) ?? RetrySeconds) { Entra = refusal };
        if (refusal.Code is null && refused.StatusCode is 200 or 0) return new ProxyFault(ProxyError.ConnectionToSource, "Entra does not answer as Entra does.", RetrySeconds);
        return new ProxyFault(ProxyError.ConnectionSetup, "Entra refuses." + (refusal.Code is null ? " It gives no code." : Words(refusal))) { Entra = refusal };
    }

    public static int? RetryAfter(HttpResponseHeaders? headers) => headers?.RetryAfter?.Delta is { } delta ? (int)Math.Clamp(delta.TotalSeconds, 1, 3600) : null;

    private static string Words(EntraRefusal refusal) => refusal switch
    {
        { Error: { } error } => $" AADSTS{error.Code}: {error.Cause} {error.Fix}",
        { Code: { } code } => $" AADSTS{code}: look the code up at https://login.microsoftonline.com/error?code={code}.",
        _ => "",
    } + refusal.Whereabouts();
}
