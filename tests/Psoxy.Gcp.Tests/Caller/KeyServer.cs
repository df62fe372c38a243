using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Psoxy.Gcp.Tests.Caller;

/// <summary>Where Google's keys would be, under the test's control.</summary>
internal sealed class KeyServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private KeyServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single() + "/certs");

    public int Requests => _requests;

    /// <summary>What it answers.</summary>
    public Func<(int Status, string Body)> Answer { get; set; } = () => (200, "{}");

    /// <summary>Set, it answers when this is done.</summary>
    public Task? Gate { get; set; }

    /// <summary>Done when a request has arrived.</summary>
    public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<KeyServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new KeyServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        Arrived.TrySetResult();
        if (Gate is { } gate) await gate;
        var (status, body) = Answer();
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }
}
