using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>For Cloud Logging, which takes one JSON object per line and stamps the time itself.</summary>
internal sealed class JsonLogFormat : ILogFormat
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Format(in LogEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("message", entry.Message);
            json.WriteString("category", entry.Category);
            if (entry.Exception is not null) json.WriteString("exception", Values.Invariant(entry.Exception));
            json.WriteString("severity", Severity(entry.Level));
            // A single pair is the message template, which says no more than the message does.
            if (Values.Pairs(entry.State) is { Count: > 1 } parameters) WritePairs(json, "format_parameters", parameters);
            WriteScopes(json, entry.Scopes);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteScopes(Utf8JsonWriter json, IExternalScopeProvider provider)
    {
        var scopes = new List<object>();
        provider.ForEachScope(static (scope, list) => { if (scope is not null) list.Add(scope); }, scopes);
        if (scopes.Count == 0) return;
        json.WriteStartArray("scopes");
        foreach (var scope in scopes)
        {
            if (Values.Pairs(scope) is { } pairs) WritePairs(json, null, pairs);
            else json.WriteStringValue(Values.Invariant(scope));
        }
        json.WriteEndArray();
    }

    private static void WritePairs(Utf8JsonWriter json, string? name, IReadOnlyList<KeyValuePair<string, object?>> pairs)
    {
        if (name is null) json.WriteStartObject();
        else json.WriteStartObject(name);
        foreach (var (key, value) in pairs) json.WriteString(key, Values.Invariant(value));
        json.WriteEndObject();
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
