using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace Psoxy.Benchmarks.Throughput;

/// <summary>YARP, as it is set up by its documentation, in front of the same upstream. It logs nothing.</summary>
internal static class YarpServer
{
    /// <summary>Prints its address and serves until its input ends.</summary>
    public static async Task<int> RunAsync(Uri upstream)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "graph", Match = new RouteMatch { Path = "{**rest}" } }],
            [new ClusterConfig { ClusterId = "graph", Destinations = new Dictionary<string, DestinationConfig> { ["graph"] = new() { Address = upstream.ToString() } } }]);
        await using var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
