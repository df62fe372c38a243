using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Psoxy.Emulator.Faults;

namespace Psoxy.Emulator.Hosting;

/// <summary>One dependency on a loopback port of its own, with its faults and its record of requests.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app, RequestRecord requests) => (_app, Requests) = (app, requests);

    public RequestRecord Requests { get; }

    public int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<LoopbackServer> StartAsync(
        FaultSwitch faults, Certificates? certificates, HttpProtocols protocols, int port, Action<IServiceCollection> services, Action<WebApplication> map, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var connections = new ConnectionFaults(faults);
        services(builder.Services);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = protocols;
            listen.Use(next => connection => connections.InvokeAsync(connection, next));
            if (certificates is not null) listen.UseHttps(https => https.ServerCertificateSelector = (connection, _) => ConnectionFaults.Certificate(certificates, connection));
        }));
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        var requests = new RequestRecord();
        var middleware = new FaultMiddleware(faults);
        app.Use(async (context, next) =>
        {
            requests.Begin(context);
            try
            {
                await middleware.InvokeAsync(context, next);
            }
            finally
            {
                requests.End(context);
            }
        });
        map(app);
        await app.StartAsync(cancellationToken);
        return new(app, requests);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }
}
