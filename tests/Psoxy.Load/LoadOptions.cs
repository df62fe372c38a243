using System.Globalization;

namespace Psoxy.Load;

/// <summary>What the command line says.</summary>
/// <param name="Time">For how long.</param>
/// <param name="Concurrency">Callers at once, over all functions.</param>
/// <param name="Seed">Of the callers' choices.</param>
/// <param name="IsJson">Whether the report is JSON.</param>
/// <param name="TelemetryEndpoint">Where the functions send telemetry by OTLP; nowhere where <c>null</c>.</param>
internal sealed record LoadOptions(TimeSpan Time, int Concurrency, int Seed, bool IsJson, string? TelemetryEndpoint)
{
    public const string Usage = """
        usage: dotnet run -c Release --project tests/Psoxy.Load -- [--minutes M | --seconds S] [--concurrency N] [--seed N] [--otlp URL] [--json]

        Starts the emulator and the functions of all connectors as processes and calls them as Worklytics does, for 5 minutes with 16 callers unless told otherwise.
        Exit code 0 if all is well, 1 if an error occurred, a canary leaked or memory or handles grew beyond the tolerance, 2 if the arguments are wrong.
        """;

    /// <summary><c>null</c> where the arguments are wrong.</summary>
    public static LoadOptions? Read(IReadOnlyList<string> arguments)
    {
        var options = new LoadOptions(TimeSpan.FromMinutes(5), 16, 1, false, null);
        for (var at = 0; at < arguments.Count; at++)
        {
            if (arguments[at] == "--json")
            {
                options = options with { IsJson = true };
                continue;
            }

            if (at + 1 == arguments.Count) return null;
            var (name, value) = (arguments[at], arguments[++at]);
            if (name == "--otlp" && Uri.TryCreate(value, UriKind.Absolute, out _))
            {
                options = options with { TelemetryEndpoint = value };
                continue;
            }

            if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number <= 0) return null;
            switch (name)
            {
                case "--minutes":
                    options = options with { Time = TimeSpan.FromMinutes(number) };
                    break;
                case "--seconds":
                    options = options with { Time = TimeSpan.FromSeconds(number) };
                    break;
                case "--concurrency":
                    options = options with { Concurrency = (int)Math.Ceiling(number) };
                    break;
                case "--seed":
                    options = options with { Seed = (int)number };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
