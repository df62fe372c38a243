using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Psoxy.Benchmarks.Pages;
using Psoxy.Emulator;

namespace Psoxy.Benchmarks.Throughput;

/// <summary>The emulator, with a Graph that answers everything from memory over TLS: what it costs must not hide what the proxies cost.</summary>
internal static class UpstreamServer
{
    /// <summary>A page that the sanitizer works on.</summary>
    public static byte[] Answer { get; } = GraphPage.Messages.OfSize(3200);

    /// <summary>Prints the function's environment as one line of JSON, and serves until its input ends.</summary>
    public static async Task<int> RunAsync()
    {
        await using var emulator = await EmulatorHost.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(emulator.ServerCertificate);
        }));
        await using var app = builder.Build();
        app.Run(async http =>
        {
            http.Response.ContentType = "application/json;odata.metadata=minimal";
            http.Response.ContentLength = Answer.Length;
            await http.Response.Body.WriteAsync(Answer);
        });
        await app.StartAsync();
        var environment = new Dictionary<string, string>(emulator.FunctionEnvironment("outlook-mail", "Psoxy.Gcp.OutlookMailFunction"))
        {
            ["TARGET_HOST"] = "localhost:" + new Uri(app.Urls.Single()).Port,
        };
        Console.WriteLine(JsonSerializer.Serialize(environment));
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
