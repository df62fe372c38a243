using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>For people: time, category, level and message; scopes and exception on lines of their own.</summary>
internal sealed class TextLogFormat(TimeProvider time) : ILogFormat
{
    public string Format(in LogEntry entry)
    {
        var text = new StringBuilder()
            .Append(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            .Append(" [").Append(entry.Category).Append("] [").Append(Brief(entry.Level)).Append("] ").Append(entry.Message);
        var scopes = new List<string>();
        entry.Scopes.ForEachScope(static (scope, list) => list.Add(Describe(scope)), scopes);
        if (scopes.Count > 0) text.AppendLine().Append("Scopes: [").AppendJoin(", ", scopes).Append(']');
        if (entry.Exception is not null) text.AppendLine().Append(Values.Invariant(entry.Exception));
        return text.ToString();
    }

    private static string Describe(object? scope) => Values.Pairs(scope) is { } pairs
        ? "{ " + string.Join(", ", pairs.Select(pair => $"{pair.Key}: {Values.Invariant(pair.Value)}")) + " }"
        : Values.Invariant(scope);

    // The console logger of ASP.NET Core uses these too.
    private static string Brief(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
