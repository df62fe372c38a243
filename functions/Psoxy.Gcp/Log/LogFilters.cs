using Microsoft.Extensions.Logging;

namespace Psoxy.Gcp.Log;

/// <summary>What is logged at all. Nothing that the environment says (<c>Logging__LogLevel__…</c>) adds to it: one variable would otherwise put every URL into the log.</summary>
internal static class LogFilters
{
    /// <summary>Puts our rules in place of all others.</summary>
    public static void Set(LoggerFilterOptions filters)
    {
        filters.Rules.Clear();
        filters.MinLevel = LogLevel.Error;
        Add(filters, "Microsoft.AspNetCore", LogLevel.None);
        Add(filters, "Microsoft.Hosting.Lifetime", LogLevel.Information);
        Add(filters, "System.Net.Http", LogLevel.None);
        Add(filters, "Grpc", LogLevel.None);
        Add(filters, "Psoxy", LogLevel.Information);

        // By one logger, not by both.
        filters.Rules.Add(new LoggerFilterRule(null, RequestLogProvider.Category, LogLevel.Information, static (provider, _, _) => provider == typeof(RequestLogProvider).FullName));
    }

    private static void Add(LoggerFilterOptions filters, string category, LogLevel level) => filters.Rules.Add(new LoggerFilterRule(null, category, level, null));
}
