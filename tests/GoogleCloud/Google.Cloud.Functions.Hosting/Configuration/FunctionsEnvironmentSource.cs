using Microsoft.Extensions.Configuration;

namespace Google.Cloud.Functions.Hosting.Configuration;

/// <summary>Turns the variables that Cloud Functions and Cloud Run set into the section <c>FunctionsFramework</c>.</summary>
internal sealed class FunctionsEnvironmentSource(Func<string, string?> environment) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(environment);

    private sealed class Provider(Func<string, string?> environment) : ConfigurationProvider
    {
        public override void Load()
        {
            Copy(EntryPoint.FunctionTargetEnvironmentVariable, FunctionsFrameworkOptions.FunctionTargetKey);
            Copy(EntryPoint.PortEnvironmentVariable, FunctionsFrameworkOptions.PortKey);
            // Both are always written, so no appsettings file and no variable of the section's own name can change them.
            var inContainer = string.Equals(environment("DOTNET_RUNNING_IN_CONTAINER"), "true", StringComparison.OrdinalIgnoreCase);
            Data[FunctionsFrameworkOptions.AddressKey] = inContainer ? "Any" : "Loopback";
            Data[FunctionsFrameworkOptions.JsonLoggingKey] = string.IsNullOrEmpty(environment("K_SERVICE")) ? bool.FalseString : bool.TrueString;
        }

        private void Copy(string variable, string key)
        {
            var value = environment(variable);
            if (!string.IsNullOrEmpty(value)) Data[key] = value;
        }
    }
}
