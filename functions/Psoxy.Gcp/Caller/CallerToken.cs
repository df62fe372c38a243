using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Psoxy.Gcp.Caller;

/// <summary>Finds the token that counts.</summary>
internal static class CallerToken
{
    private const string Authorization = "Authorization";
    private const string Serverless = "X-Serverless-Authorization";
    private const string Scheme = "Bearer ";

    /// <summary>
    /// As Cloud Run documents it: where both headers are there, only X-Serverless-Authorization counts, and the other one is the application's. If it does not hold
    /// a good token, the request is refused: a fallback would let a caller be one person to the platform and another one here.
    /// </summary>
    public static (string? Token, CallerVerdict Verdict) Find(IHeaderDictionary headers) =>
        headers.TryGetValue(Serverless, out var serverless) ? Read(serverless)
        : headers.TryGetValue(Authorization, out var authorization) ? Read(authorization)
        : (null, CallerVerdict.Missing);

    // The name of a scheme has no case (RFC 9110, section 11.1). Everything else is to the letter: it becomes part of what is verified.
    private static (string? Token, CallerVerdict Verdict) Read(StringValues values)
    {
        if (values.Count > 1) return (null, CallerVerdict.Ambiguous);
        var value = values.ToString();
        if (value.Length == 0) return (null, CallerVerdict.Missing);
        return value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && value.Length > Scheme.Length
            ? (value[Scheme.Length..], CallerVerdict.Undecided)
            : (null, CallerVerdict.NotBearer);
    }
}
