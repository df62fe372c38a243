using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Logging;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Log;

/// <summary>
/// One request as one line of JSON with the fields that Cloud Logging takes out of it (severity, trace, span, labels, httpRequest). docs/observability.md has all of them.
/// Not in httpRequest: URL, referrer, user agent and addresses, which hold what a caller wrote or tell who it is.
/// </summary>
internal sealed class RequestLine : IDisposable
{
    // Templates hold quotes and braces, and nobody puts a log line into a web page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly Utf8JsonWriter _json = new(Stream.Null, Options);

    /// <summary>The line with its end; good until the next one.</summary>
    public ReadOnlySpan<byte> Write(RequestSummary summary, LogLevel level, string? project)
    {
        _bytes.ResetWrittenCount();
        _json.Reset(_bytes);
        _json.WriteStartObject();
        _json.WriteString("severity"u8, level switch { LogLevel.Error => "ERROR"u8, LogLevel.Warning => "WARNING"u8, _ => "INFO"u8 });
        _json.WriteString("message"u8, Message(summary));
        Trace(summary.Trace, project);
        _json.WriteStartObject("logging.googleapis.com/labels"u8);
        _json.WriteString("connector"u8, summary.Connector.Value);
        _json.WriteString("rules"u8, summary.Rules.Value ?? "none");
        _json.WriteString("version"u8, Reply.Version);
        _json.WriteEndObject();
        Http(summary);
        _json.WriteString("correlationId"u8, summary.CorrelationId);
        _json.WriteString("connector"u8, summary.Connector.Value);
        _json.WriteString("kind"u8, summary.Kind.ToString());
        _json.WriteString("caller"u8, summary.Caller.ToString());
        if (summary.CallerEntry > 0) _json.WriteNumber("callerEntry"u8, summary.CallerEntry);
        _json.WriteString("decision"u8, summary.Decision.ToString());
        if (summary.Endpoint.Value is { } endpoint) _json.WriteString(summary.IsAllowed ? "endpoint"u8 : "nearestEndpoint"u8, endpoint);
        if (summary.DiffersAt > 0) _json.WriteNumber("differsAt"u8, summary.DiffersAt);
        if (summary.Detail.Value is { } detail) _json.WriteString("detail"u8, detail);
        _json.WriteString("error"u8, summary.Error.ToString());
        _json.WriteNumber("status"u8, summary.Status);
        Source(summary);
        Milliseconds(summary);
        _json.WriteNumber("bytesIn"u8, summary.BytesIn);
        _json.WriteNumber("bytesOut"u8, summary.BytesOut);
        _json.WriteNumber("dropped"u8, summary.Dropped);
        _json.WriteNumber("changed"u8, summary.Changed);
        _json.WriteNumber("unknown"u8, summary.Unknown);
        _json.WriteNumber("warnings"u8, summary.Warnings);
        _json.WriteNumber("ignoredHeaders"u8, summary.IgnoredHeaders);
        _json.WriteBoolean("coldStart"u8, summary.IsColdStart);
        _json.WriteEndObject();
        _json.Flush();
        _bytes.Write("\n"u8);
        return _bytes.WrittenSpan;
    }

    public void Dispose() => _json.Dispose();

    /// <summary>What a list of entries shows beside method, status, size and latency.</summary>
    public static string Message(RequestSummary summary)
    {
        var what = summary.Kind == RequestKind.HealthCheck ? "health check" : summary.Endpoint.Value ?? "no endpoint";
        return summary.Error == ProxyError.None ? what : $"{summary.Error}: {what}";
    }

    private void Trace(TraceContext trace, string? project)
    {
        if (trace.IsNone) return;
        _json.WriteString("logging.googleapis.com/trace"u8, project is null ? trace.TraceId.ToHexString() : $"projects/{project}/traces/{trace.TraceId.ToHexString()}");
        if (trace.SpanId != default(ActivitySpanId)) _json.WriteString("logging.googleapis.com/spanId"u8, trace.SpanId.ToHexString());
        _json.WriteBoolean("logging.googleapis.com/trace_sampled"u8, trace.IsSampled);
    }

    private void Http(RequestSummary summary)
    {
        Span<byte> text = stackalloc byte[40];
        _json.WriteStartObject("httpRequest"u8);
        _json.WriteString("requestMethod"u8, summary.Method switch { RequestMethod.Get => "GET"u8, RequestMethod.Head => "HEAD"u8, RequestMethod.Post => "POST"u8, _ => "OTHER"u8 });
        _json.WriteNumber("status"u8, summary.Status);
        Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{summary.BytesOut}", out var length);
        _json.WriteString("responseSize"u8, text[..length]); // 64 bits are a string in Google's JSON
        Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{summary.Duration.TotalSeconds:F6}s", out length);
        _json.WriteString("latency"u8, text[..length]);
        _json.WriteEndObject();
    }

    private void Source(RequestSummary summary)
    {
        _json.WriteNumber("retries"u8, summary.Retries);
        if (summary.SourceStatus == 0) return;
        _json.WriteNumber("sourceStatus"u8, summary.SourceStatus);
        if (summary.SourceError.Value is { } error) _json.WriteString("sourceError"u8, error);
        if (summary.SourceRequestId != Guid.Empty) _json.WriteString("sourceRequestId"u8, summary.SourceRequestId);
    }

    private void Milliseconds(RequestSummary summary)
    {
        _json.WriteStartObject("ms"u8);
        _json.WriteNumber("total"u8, Round(summary.Duration));
        _json.WriteNumber("secrets"u8, Round(summary.Secrets));
        _json.WriteNumber("identity"u8, Round(summary.Identity));
        _json.WriteNumber("graph"u8, Round(summary.Graph));
        _json.WriteNumber("relay"u8, Round(summary.Relay));
        _json.WriteEndObject();
    }

    private static double Round(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);
}
