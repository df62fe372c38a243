using System.Net;
using System.Reflection;
using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting.Logging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting;

/// <summary>Starts the host. The generated Main calls it.</summary>
public static class EntryPoint
{
    /// <summary>Names the function class.</summary>
    public const string FunctionTargetEnvironmentVariable = "FUNCTION_TARGET";

    /// <summary>Port to listen on.</summary>
    public const string PortEnvironmentVariable = "PORT";

    private const int DefaultPort = 8080;

    /// <summary>Runs until the process is told to stop.</summary>
    /// <param name="functionAssembly">Where the function class is.</param>
    /// <param name="args">One bare argument is the target; else <c>--target X --port N</c>.</param>
    /// <returns>0.</returns>
    public static async Task<int> StartAsync(Assembly functionAssembly, string[] args)
    {
        // The platform's base images set it, and it would win over PORT.
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", null);
        var settings = HostSettings.Read(Environment.GetEnvironmentVariable, args);
        var target = FunctionTarget.Find(functionAssembly, settings.Target);
        var startups = FunctionsStartupAttribute.GetStartupTypes(functionAssembly, target).Select(type => (FunctionsStartup)Activator.CreateInstance(type)!).ToList();
        using var host = Build(settings, target, startups);
        await host.RunAsync();
        return 0;
    }

    private static IHost Build(HostSettings settings, Type target, List<FunctionsStartup> startups) => Host.CreateDefaultBuilder()
        .ConfigureWebHostDefaults(web =>
        {
            web.ConfigureAppConfiguration((context, configuration) => startups.ForEach(startup => startup.ConfigureAppConfiguration(context, configuration)));
            web.ConfigureLogging((context, logging) =>
            {
                logging.ClearProviders();
                logging.AddProvider(new ConsoleLogProvider(settings.JsonLogging, Console.Out));
                logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => level >= LogLevel.Error);
                startups.ForEach(startup => startup.ConfigureLogging(context, logging));
            });
            web.ConfigureServices((context, services) =>
            {
                services.AddScoped(typeof(IHttpFunction), target);
                startups.ForEach(startup => startup.ConfigureServices(context, services));
            });
            web.ConfigureKestrel(kestrel => kestrel.Listen(settings.AnyAddress ? IPAddress.Any : IPAddress.Loopback, settings.Port));
            web.Configure((context, app) =>
            {
                startups.ForEach(startup => startup.Configure(context, app));
                foreach (var noise in (string[])["/robots.txt", "/favicon.ico"])
                    app.Map(noise, branch => branch.Run(request => { request.Response.StatusCode = StatusCodes.Status404NotFound; return Task.CompletedTask; }));
                app.Run(request => request.RequestServices.GetRequiredService<IHttpFunction>().HandleAsync(request));
            });
        })
        .Build();

    private sealed record HostSettings(string? Target, int Port, bool AnyAddress, bool JsonLogging)
    {
        public static HostSettings Read(Func<string, string?> environment, string[] args)
        {
            var target = environment(FunctionTargetEnvironmentVariable);
            var port = environment(PortEnvironmentVariable);
            if (args.Length == 1 && !args[0].StartsWith("--", StringComparison.Ordinal)) target = args[0];
            else
            {
                var line = new ConfigurationBuilder().AddCommandLine(args).Build();
                (target, port) = (line["target"] ?? target, line["port"] ?? port);
            }

            return new(
                target,
                string.IsNullOrEmpty(port) ? DefaultPort : int.Parse(port, null),
                environment("DOTNET_RUNNING_IN_CONTAINER") == "true",
                !string.IsNullOrEmpty(environment("K_SERVICE")));
        }
    }
}
