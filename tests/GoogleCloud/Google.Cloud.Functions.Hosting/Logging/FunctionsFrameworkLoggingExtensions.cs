using Google.Cloud.Functions.Hosting.Configuration;
using Google.Cloud.Functions.Hosting.Logging;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Logging;

/// <summary>The log output of the functions host.</summary>
public static class FunctionsFrameworkLoggingExtensions
{
    /// <summary>Logs to standard output: JSON where the configuration says so (on Cloud Run), else text.</summary>
    public static ILoggingBuilder AddFunctionsConsoleLogging(this ILoggingBuilder builder, WebHostBuilderContext context)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(context);
        ILogFormat format = FunctionsFrameworkOptions.Read(context.Configuration).JsonLogging ? new JsonLogFormat() : new TextLogFormat(TimeProvider.System);
        // By a factory, so that the container disposes of it.
        builder.Services.AddSingleton<ILoggerProvider>(_ => new ConsoleLoggerProvider(System.Console.Out, format));
        return builder;
    }
}
