using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Google.Cloud.Functions.Hosting.Configuration;

/// <summary>The section <c>FunctionsFramework</c> of the configuration.</summary>
internal sealed record FunctionsFrameworkOptions(string? FunctionTarget, int Port, IPAddress Address, bool JsonLogging)
{
    internal const string Section = "FunctionsFramework";
    internal const string FunctionTargetKey = Section + ":FunctionTarget";
    internal const string PortKey = Section + ":Port";
    internal const string AddressKey = Section + ":Address";
    internal const string JsonLoggingKey = Section + ":JsonLogging";

    internal static FunctionsFrameworkOptions Read(IConfiguration configuration) => new(
        configuration[FunctionTargetKey] is { Length: > 0 } target ? target : null,
        configuration[PortKey] is { Length: > 0 } port ? int.Parse(port, NumberStyles.Integer, CultureInfo.InvariantCulture) : 8080,
        ReadAddress(configuration[AddressKey]),
        configuration[JsonLoggingKey] is { Length: > 0 } json && bool.Parse(json));

    private static IPAddress ReadAddress(string? text) => text switch
    {
        null or "" or "Loopback" => IPAddress.Loopback,
        "Any" => IPAddress.Any,
        "IPv6Loopback" => IPAddress.IPv6Loopback,
        "IPv6Any" => IPAddress.IPv6Any,
        _ => IPAddress.Parse(text),
    };
}
