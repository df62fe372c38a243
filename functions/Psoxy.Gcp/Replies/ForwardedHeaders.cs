using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Net.Http.Headers;

namespace Psoxy.Gcp.Replies;

/// <summary>
/// The source's headers that go on, each with what is made of its value: written anew from what can be read of it, so that nothing else hides in it. All
/// others may carry clear ids. Content-Type is <see cref="MediaKind"/>'s.
/// </summary>
internal static class ForwardedHeaders
{
    private const int MaxQuota = 64;
    private const int MaxSecondsDigits = 9;
    private static readonly SearchValues<char> QuotaCharacters = SearchValues.Create("0123456789 ,;=w");

    /// <summary>By name; <c>null</c> where nothing of a value can go on.</summary>
    public static readonly FrozenDictionary<string, Func<string, string?>> Values = new Dictionary<string, Func<string, string?>>
    {
        ["Cache-Control"] = CacheControl,
        ["Expires"] = value => value is "0" or "-1" ? value : Date(value),
        ["Last-Modified"] = Date,
        ["Retry-After"] = value => IsSeconds(value) ? value : Date(value),
        ["RateLimit-Limit"] = Quota,
        ["RateLimit-Remaining"] = Quota,
        ["RateLimit-Reset"] = Quota,
        ["RateLimit-Policy"] = Quota,
        ["X-RateLimit-Limit"] = Quota,
        ["X-RateLimit-Remaining"] = Quota,
        ["X-RateLimit-Reset"] = Quota,
        ["X-RateLimit-Used"] = Quota,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // Without extensions and lists of field names.
    private static string? CacheControl(string value)
    {
        if (!CacheControlHeaderValue.TryParse(value, out var read)) return null;
        var written = new CacheControlHeaderValue
        {
            NoCache = read.NoCache,
            NoStore = read.NoStore,
            NoTransform = read.NoTransform,
            Private = read.Private,
            Public = read.Public,
            MustRevalidate = read.MustRevalidate,
            ProxyRevalidate = read.ProxyRevalidate,
            MaxAge = read.MaxAge,
            SharedMaxAge = read.SharedMaxAge,
        }.ToString();
        return written.Length > 0 ? written : null;
    }

    private static string? Date(string value) =>
        DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date.ToString("r", CultureInfo.InvariantCulture) : null;

    private static bool IsSeconds(string value) => value.Length is > 0 and <= MaxSecondsDigits && value.All(char.IsAsciiDigit);

    // 1200, or with windows: 1200, 1200;w=60.
    private static string? Quota(string value) => value.Length is > 0 and <= MaxQuota && !value.AsSpan().ContainsAnyExcept(QuotaCharacters) ? value : null;
}
