using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Google.Cloud.SecretManager.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace GoogleCloud.Tests.SecretManager;

/// <summary>AccessSecretVersion in gRPC's own framing, without any gRPC library, so that the client is not tested against itself.</summary>
internal sealed class GrpcServer : IAsyncDisposable
{
    private const int FramePrefix = 5;
    private const string Method = "/google.cloud.secretmanager.v1.SecretManagerService/AccessSecretVersion";
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Name, Dictionary<string, string> Headers)> requests = new();

    private GrpcServer(WebApplication app) => this.app = app;

    public IReadOnlyList<(string Name, Dictionary<string, string> Headers)> Requests => [.. requests];

    /// <summary>Its host and port.</summary>
    public string Endpoint => new Uri(app.Urls.Single()).Authority;

    /// <param name="answer">What to answer to the n-th request, counted from 1. A code that is not OK is a failure; a null payload hangs.</param>
    /// <param name="certificate">For TLS; without it, HTTP/2 in plain text.</param>
    public static async Task<GrpcServer> StartAsync(Func<int, (StatusCode Code, SecretPayload? Payload)> answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        var server = new GrpcServer(builder.Build());
        server.app.Run(http => server.AnswerAsync(http, answer));
        await server.app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // What hangs is not waited for.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http, Func<int, (StatusCode Code, SecretPayload? Payload)> answer)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var request = AccessSecretVersionRequest.Parser.ParseFrom(body.ToArray().AsSpan(FramePrefix));
        requests.Enqueue((request.Name, http.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString())));
        var (code, payload) = http.Request.Path == Method ? answer(requests.Count) : (StatusCode.Unimplemented, null);
        http.Response.ContentType = "application/grpc";
        if (code == StatusCode.OK && payload is null) await Task.Delay(Timeout.Infinite, http.RequestAborted);
        if (code == StatusCode.OK) await WriteAsync(http.Response, new AccessSecretVersionResponse { Name = request.Name, Payload = payload });
        http.Response.AppendTrailer("grpc-status", $"{(int)code}");
        http.Response.AppendTrailer("grpc-message", "as the test says");
    }

    private static async Task WriteAsync(HttpResponse response, AccessSecretVersionResponse message)
    {
        var frame = new byte[FramePrefix + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.CalculateSize());
        message.WriteTo(frame.AsSpan(FramePrefix));
        await response.Body.WriteAsync(frame);
    }
}
