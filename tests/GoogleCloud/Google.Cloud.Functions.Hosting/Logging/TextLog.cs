using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>The lines for people.</summary>
internal static class TextLog
{
    public static string Format(LogRecord record)
    {
        var time = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var line = $"{time} [{record.Category}] [{Level(record.Level)}] {record.Message}";
        if (record.Scopes.Count > 0) line += $"\nScopes: [{string.Join(", ", record.Scopes)}]";
        return record.Exception is null ? line : $"{line}\n{record.Exception}";
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
