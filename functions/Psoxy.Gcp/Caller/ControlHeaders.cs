using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Caller;

/// <summary>The caller's headers for us, each at most once. What stands there twice somebody else on the way may have put there.</summary>
/// <param name="Health"><c>X-Psoxy-Health-Check</c>: anything asks for one, <c>deep</c> for the deep one.</param>
/// <param name="TargetPath"><c>X-Psoxy-TargetPath</c>.</param>
/// <param name="TargetQuery"><c>X-Psoxy-TargetQuery</c>, without a question mark.</param>
/// <param name="WantsNoBody"><c>X-Psoxy-No-Response-Body</c>.</param>
internal sealed record ControlHeaders(HealthDepth Health, string? TargetPath, string? TargetQuery, bool WantsNoBody)
{
    /// <summary>How the names of all of them begin.</summary>
    public const string Prefix = "X-Psoxy-";

    private const string HealthCheck = Prefix + "Health-Check";
    private const string Path = Prefix + "TargetPath";
    private const string Query = Prefix + "TargetQuery";
    private const string NoBody = Prefix + "No-Response-Body";
    private const string Implementation = Prefix + "Pseudonym-Implementation";
    private const string PseudonymImplementation = "v0.4";

    /// <summary>Whether the request's own target is replaced.</summary>
    public bool HasOverride => TargetPath is not null || TargetQuery is not null;

    /// <summary>Whether there is one that is ignored and that somebody may have relied on.</summary>
    public static bool HasIgnored(IHeaderDictionary headers) => headers.ContainsKey(Prefix + "User-To-Impersonate") || headers.ContainsKey(Prefix + "Skip-Sanitizer");

    public static Attempt<ControlHeaders> Read(IHeaderDictionary headers)
    {
        foreach (var name in (ReadOnlySpan<string>)[HealthCheck, Path, Query, NoBody, Implementation])
            if (headers.TryGetValue(name, out var values) && values.Count != 1) return ProxyFault.Invalid($"{name} must be there once, not several times.");

        if (Has(headers, Implementation, out var implementation) && implementation != PseudonymImplementation) return ProxyFault.Invalid($"{Implementation} must be {PseudonymImplementation}.");
        if (Has(headers, Path, out var path) && !(path.StartsWith('/') && RequestReader.IsPrintable(path) && !path.Contains('?', StringComparison.Ordinal)))
            return ProxyFault.Invalid($"{Path} must be a path: from a slash, printable ASCII, no blanks, '?' or '#', 4,096 characters at most.");
        if (Has(headers, Query, out var query) && !RequestReader.IsPrintable(query)) return ProxyFault.Invalid($"{Query} must be a query: printable ASCII, no blanks or '#', 4,096 characters at most.");
        var wantsNoBody = Has(headers, NoBody, out var noBody) && noBody.Equals("true", StringComparison.OrdinalIgnoreCase);
        if (noBody is not null && !wantsNoBody && !noBody.Equals("false", StringComparison.OrdinalIgnoreCase)) return ProxyFault.Invalid($"{NoBody} must be true or false.");
        return new ControlHeaders(
            !Has(headers, HealthCheck, out var health) ? HealthDepth.None : health.Equals("deep", StringComparison.OrdinalIgnoreCase) ? HealthDepth.Deep : HealthDepth.Shallow,
            path,
            query?.StartsWith('?') == true ? query[1..] : query,
            wantsNoBody);
    }

    private static bool Has(IHeaderDictionary headers, string name, [NotNullWhen(true)] out string? value)
    {
        value = headers.TryGetValue(name, out var values) ? values.ToString() : null;
        return value is not null;
    }
}
