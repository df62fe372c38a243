using Psoxy.Gcp.Options;

namespace Psoxy.Gcp.Caller;

/// <summary>What a platform or gateway may leave in front of the path.</summary>
internal static class PathPrefix
{
    public static string Trim(string path, ProxyOptions options)
    {
        if (options.PathPrefix.Length > 0) path = TrimOne(path, "/" + options.PathPrefix.Trim('/'));
        return options.FunctionName.Length > 0 ? TrimOne(path, "/" + options.FunctionName) : path;
    }

    private static string TrimOne(string path, string prefix) =>
        path == prefix ? "/" : path.StartsWith(prefix + "/", StringComparison.Ordinal) ? path[prefix.Length..] : path;
}
