using System.Reflection;
using Google.Cloud.Functions.Hosting;
using Google.Cloud.Functions.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>What the functions host sets on a web host.</summary>
public static class FunctionsFrameworkWebHostBuilderExtensions
{
    /// <summary>Listens on the one configured address and port, with plain HTTP and every other setting of Kestrel as it is.</summary>
    public static IWebHostBuilder ConfigureKestrelForFunctionsFramework(this IWebHostBuilder builder) => builder.ConfigureKestrel((context, kestrel) =>
    {
        var options = FunctionsFrameworkOptions.Read(context.Configuration);
        kestrel.Listen(options.Address, options.Port);
    });

    /// <summary>Applies every startup that an assembly and a function class name.</summary>
    public static IWebHostBuilder UseFunctionsStartups(this IWebHostBuilder builder, Assembly assembly, Type? target)
    {
        foreach (var type in FunctionsStartupAttribute.GetStartupTypes(assembly, target))
            builder.UseFunctionsStartup((FunctionsStartup)Activator.CreateInstance(type)!);
        return builder;
    }

    /// <summary>Applies one startup.</summary>
    public static IWebHostBuilder UseFunctionsStartup(this IWebHostBuilder builder, FunctionsStartup startup)
    {
        ArgumentNullException.ThrowIfNull(startup);
        return builder
            .ConfigureAppConfiguration(startup.ConfigureAppConfiguration)
            .ConfigureLogging(startup.ConfigureLogging)
            .ConfigureServices((context, services) =>
            {
                services.AddSingleton(startup);     // for UseFunctionsFramework, which runs its Configure
                startup.ConfigureServices(context, services);
            });
    }
}
