using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>The line that Cloud Logging parses. Every parameter of the message is in it, and the whole exception.</summary>
internal static class JsonLog
{
    public static string Format(LogRecord record)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("message", record.Message);
            writer.WriteString("category", record.Category);
            if (record.Exception is { } exception) writer.WriteString("exception", exception.ToString());
            writer.WriteString("severity", Severity(record.Level));
            var parameters = record.Parameters?.ToList();
            if (parameters is { Count: > 1 })
            {
                writer.WriteStartObject("format_parameters");
                foreach (var (name, value) in parameters) writer.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                writer.WriteEndObject();
            }

            if (record.Scopes.Count > 0)
            {
                writer.WriteStartArray("scopes");
                foreach (var scope in record.Scopes) writer.WriteStringValue(scope.ToString());
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Severity(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        _ => "CRITICAL",
    };
}
