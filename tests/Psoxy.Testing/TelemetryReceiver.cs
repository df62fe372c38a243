using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Psoxy.Testing;

/// <summary>
/// A collector on loopback that takes OTLP, over gRPC or over HTTP, and keeps every byte. A function sends to it with <see cref="Environment"/>; once it has been stopped, all is here.
/// </summary>
public sealed class TelemetryReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

    private readonly bool _isGrpc;
    private readonly Action<byte[]>? _take;

    private TelemetryReceiver(WebApplication app, bool isGrpc, Action<byte[]>? take) => (_app, _isGrpc, _take) = (app, isGrpc, take);

    /// <summary>What makes a function send here.</summary>
    public (string Name, string? Value)[] Environment =>
        [("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", _isGrpc ? null : "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "1000")];

    /// <summary>How many messages have come.</summary>
    public int Count => _received.Count;

    /// <summary>All spans.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. Of("trace").SelectMany(OtlpReader.Spans)];

    /// <summary>All points of all metrics, as often as they were sent.</summary>
    public IReadOnlyList<ReceivedPoint> Points => [.. Of("metrics").SelectMany(OtlpReader.Points)];

    /// <summary>Resource attributes of both.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Resources => [.. _received.SelectMany(message => OtlpReader.Resources(message.Body))];

    /// <summary>Every byte, for looking for what must not be there: text stands in protobuf as it is.</summary>
    public string Everything => string.Join('\n', _received.Select(message => Encoding.UTF8.GetString(message.Body)));

    /// <summary>Starts it on a free port.</summary>
    /// <param name="isGrpc">What an exporter does that is told only where to send.</param>
    /// <param name="take">Gets each message; nothing is kept then.</param>
    public static async Task<TelemetryReceiver> StartAsync(bool isGrpc = false, Action<byte[]>? take = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        builder.Services.AddRequestDecompression();
        var receiver = new TelemetryReceiver(builder.Build(), isGrpc, take);
        receiver._app.UseRequestDecompression();
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    // /v1/traces, or /opentelemetry.proto.collector.trace.v1.TraceService/Export
    private IEnumerable<byte[]> Of(string signal) => _received.Where(message => message.Path.Contains(signal, StringComparison.Ordinal)).Select(message => message.Body);

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var message = body.ToArray()[(_isGrpc ? 5 : 0)..];
        if (_take is null) _received.Enqueue((context.Request.Path, message));
        else _take(message);
        context.Response.ContentType = _isGrpc ? "application/grpc" : "application/x-protobuf";
        if (!_isGrpc) return;

        // A frame of length 0 is an answer without fields.
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}

/// <summary>A span.</summary>
public sealed record ReceivedSpan(string TraceId, string SpanId, string ParentId, string TraceState, string Name, int Events, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A point of a metric; of a histogram the sum and the count.</summary>
public sealed record ReceivedPoint(string Metric, double Value, long Count, IReadOnlyDictionary<string, string> Attributes);
