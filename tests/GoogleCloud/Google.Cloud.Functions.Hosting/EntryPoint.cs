using System.Reflection;
using Google.Cloud.Functions.Hosting.Targets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting;

/// <summary>What the generated <c>Main</c> of a function project calls.</summary>
public static class EntryPoint
{
    /// <summary>The environment variable with the full name of the function class.</summary>
    public const string FunctionTargetEnvironmentVariable = "FUNCTION_TARGET";

    /// <summary>The environment variable with the TCP port to listen on; 8080 without it.</summary>
    public const string PortEnvironmentVariable = "PORT";

    /// <summary>Builds the host of a function assembly and runs it until the process is told to stop.</summary>
    /// <param name="functionAssembly">The assembly that holds the function classes.</param>
    /// <param name="args">The command line: a bare class name, or <c>--target</c>, <c>--port</c> and any <c>--Key=Value</c> of the configuration.</param>
    /// <returns>The exit code of the process, 0.</returns>
    /// <exception cref="ArgumentException">No target is named and there is not exactly one function class.</exception>
    /// <exception cref="InvalidOperationException">The named target does not exist, or is no function.</exception>
    public static async Task<int> StartAsync(Assembly functionAssembly, string[] args)
    {
        ArgumentNullException.ThrowIfNull(functionAssembly);
        // The base image of .NET sets this variable, and it would make ASP.NET listen in a second place.
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", null);
        using var host = CreateHost(functionAssembly, args);
        await host.RunAsync();
        return 0;
    }

    internal static IHost CreateHost(Assembly functionAssembly, string[] args)
    {
        var guess = GuessTarget(functionAssembly, args);
        var host = CreateHostBuilder(functionAssembly, args, guess).Build();
        try
        {
            RequireSameStartups(functionAssembly, guess, host.Services.GetRequiredService<FunctionTarget>().Type);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private static IHostBuilder CreateHostBuilder(Assembly functionAssembly, string[] args, Type? guess) =>
        Host.CreateDefaultBuilder().ConfigureWebHostDefaults(web => web
            .ConfigureAppConfiguration((_, configuration) => configuration.AddFunctionsEnvironment().AddFunctionsCommandLine(args))
            .ConfigureLogging((context, logging) => logging.ClearProviders().AddFunctionsConsoleLogging(context))
            .ConfigureKestrelForFunctionsFramework()
            .ConfigureServices((context, services) => services.AddFunctionTarget(context, functionAssembly))
            .UseFunctionsStartups(functionAssembly, guess)
            .Configure((context, app) => app.UseFunctionsFramework(context)));

    // The startups may change the configuration that names the target, and the target names startups: so the target is guessed first.
    private static Type? GuessTarget(Assembly functionAssembly, string[] args)
    {
        var early = new ConfigurationBuilder().AddEnvironmentVariables().AddFunctionsEnvironment().AddFunctionsCommandLine(args).Build();
        return FunctionTarget.Guess(early, functionAssembly)?.Type;
    }

    private static void RequireSameStartups(Assembly functionAssembly, Type? guess, Type target)
    {
        var applied = FunctionsStartupAttribute.GetStartupTypes(functionAssembly, guess).ToHashSet();
        if (!applied.SetEquals(FunctionsStartupAttribute.GetStartupTypes(functionAssembly, target)))
            throw new InvalidOperationException($"The function is '{target.FullName}', but the startups that ran are those of '{guess?.FullName}'");
    }
}
