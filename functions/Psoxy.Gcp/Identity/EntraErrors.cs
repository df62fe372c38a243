using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Identity.Client;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Identity;

/// <summary>What Entra's error codes mean here, and what to do. The texts of Entra itself name tenants and applications and are not shown.</summary>
internal static class EntraErrors
{
    private const int RetrySeconds = 10;

    private static readonly FrozenDictionary<int, string> Fixes = new Dictionary<int, string>
    {
        [700211] = "the federated credential's issuer must be exactly https://accounts.google.com, without a slash at the end",
        [700212] = "the federated credential's audience must equal AUDIENCE (api://AzureADTokenExchange)",
        [700213] = "the federated credential's subject must be the service account's unique id (a number), not its e-mail; case counts",
        [70021] = "no federated credential matches: check issuer, subject and audience. One that was just created takes minutes to be known everywhere",
        [700016] = "the application is not in this tenant: check CLIENT_ID and TENANT_ID. CLIENT_ID is the application (client) id; the object id is the classic mistake",
        [7000229] = "the application has no service principal in the tenant: create its enterprise application",
        [7000112] = "the enterprise application is disabled: enable it",
        [700024] = "the identity token is outside of its time: check the clock",
        [700027] = "the identity token's signature is not accepted",
        [50027] = "the identity token is not accepted as a JWT",
        [5002727] = "the identity token's header is not accepted",
        [90002] = "the tenant does not exist in this cloud: check TENANT_ID and CLOUD",
        [900023] = "TENANT_ID is neither a GUID nor a domain of the tenant",
        [90038] = "the tenant belongs to another national cloud: check CLOUD",
        [500011] = "Graph is not in the tenant, or CLOUD names another cloud",
        [65001] = "consent is missing: an administrator must grant the application's permissions",
        [501051] = "the application is not assigned to a role that the tenant requires",
        [53003] = "a Conditional Access policy for workload identities blocks the function's address",
        [530032] = "a security policy of the tenant blocks the application",
        [530035] = "the tenant's security defaults block the application",
        [9001023] = "TENANT_ID must be one tenant, not common or consumers",
        [50194] = "TENANT_ID must be one tenant, not common",
    }.ToFrozenDictionary();

    // Directory errors that pass, throttling, and loops of requests.
    private static readonly FrozenSet<int> Transient = FrozenSet.ToFrozenSet([90033, 90024, 90012, 90006, 90090, 90055, 50000, 50196]);

    public static ProxyFault Explain(MsalServiceException refused)
    {
        var codes = Codes(refused.ResponseBody);
        if (refused.StatusCode is >= 500 or 429 or 408 || refused.ErrorCode == "temporarily_unavailable" || codes.Any(Transient.Contains))
            return new ProxyFault(ProxyError.ConnectionToSource, "Entra cannot answer now.", RetryAfter(refused.Headers) ?? RetrySeconds);
        foreach (var code in codes)
            if (Fixes.TryGetValue(code, out var fix)) return new ProxyFault(ProxyError.ConnectionSetup, $"Entra refuses (AADSTS{code}): {fix}.");
        return codes.Count > 0
            ? new ProxyFault(ProxyError.ConnectionSetup, $"Entra refuses (AADSTS{codes[0]}). Look the code up in Microsoft's list of AADSTS codes.")
            : refused.StatusCode is 200 or 0
                ? new ProxyFault(ProxyError.ConnectionToSource, "Entra does not answer as Entra does.", RetrySeconds)
                : new ProxyFault(ProxyError.ConnectionSetup, "Entra refuses, and gives no code.");
    }

    public static int? RetryAfter(HttpResponseHeaders? headers) => headers?.RetryAfter?.Delta is { } delta ? (int)Math.Clamp(delta.TotalSeconds, 1, 3600) : null;

    private static List<int> Codes(string? body)
    {
        try
        {
            using var document = JsonDocument.Parse(body ?? "");
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error_codes", out var codes) && codes.ValueKind == JsonValueKind.Array
                ? [.. codes.EnumerateArray().Where(code => code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out _)).Select(code => code.GetInt32())]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
