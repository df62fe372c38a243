using Google.Cloud.Functions.Hosting.Configuration;

namespace Microsoft.Extensions.Configuration;

/// <summary>Configuration sources of the functions host.</summary>
public static class FunctionsFrameworkConfigurationExtensions
{
    private static readonly Dictionary<string, string> Switches = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--target"] = FunctionsFrameworkOptions.FunctionTargetKey,
        ["--port"] = FunctionsFrameworkOptions.PortKey,
    };

    /// <summary>Adds FUNCTION_TARGET, PORT, DOTNET_RUNNING_IN_CONTAINER and K_SERVICE, as the section <c>FunctionsFramework</c>.</summary>
    public static IConfigurationBuilder AddFunctionsEnvironment(this IConfigurationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new FunctionsEnvironmentSource(Environment.GetEnvironmentVariable));
    }

    /// <summary>Adds a command line: one bare argument is the target; otherwise <c>--target</c>, <c>--port</c> and any <c>--Key=Value</c>.</summary>
    public static IConfigurationBuilder AddFunctionsCommandLine(this IConfigurationBuilder builder, string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Length == 1 && !args[0].StartsWith('-') && !args[0].StartsWith('/') && !args[0].Contains('=', StringComparison.Ordinal))
            return builder.AddInMemoryCollection([new(FunctionsFrameworkOptions.FunctionTargetKey, args[0])]);
        return builder.AddCommandLine(args, Switches);
    }
}
