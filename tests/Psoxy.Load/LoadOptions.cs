using System.Globalization;

namespace Psoxy.Load;

/// <summary>What the command line says.</summary>
/// <param name="Time">For how long.</param>
/// <param name="Concurrency">Callers at once, over all functions.</param>
/// <param name="Seed">Of the callers' choices.</param>
/// <param name="IsJson">Whether the report is JSON.</param>
/// <param name="HasTelemetry">Whether the functions send traces and metrics, which are looked through too.</param>
internal sealed record LoadOptions(TimeSpan Time, int Concurrency, int Seed, bool IsJson, bool HasTelemetry)
{
    public const string Usage = """
        usage: dotnet run -c Release --project tests/Psoxy.Load -- [--minutes M | --seconds S] [--concurrency N] [--seed N] [--telemetry] [--json]

        Starts the emulator and the functions of all connectors as processes and calls them as Worklytics does, for 5 minutes with 16 callers unless told otherwise.
        With --telemetry they also send traces and metrics, which are looked through.
        Exit code 0 if all is well, 1 if an error occurred, a canary leaked or memory or handles grew beyond the tolerance, 2 if the arguments are wrong.
        """;

    /// <summary><c>null</c> where the arguments are wrong.</summary>
    public static LoadOptions? Read(IReadOnlyList<string> arguments)
    {
        var options = new LoadOptions(TimeSpan.FromMinutes(5), 16, 1, false, false);
        for (var at = 0; at < arguments.Count; at++)
        {
            if (arguments[at] is "--json" or "--telemetry")
            {
                options = arguments[at] == "--json" ? options with { IsJson = true } : options with { HasTelemetry = true };
                continue;
            }

            if (at + 1 == arguments.Count) return null;
            var (name, value) = (arguments[at], arguments[++at]);
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
