using System.Diagnostics;
using System.Reflection;
using Psoxy.Emulator;

namespace Psoxy.Benchmarks;

/// <summary>From the start of the process to the first answer, beside an empty function on the same host.</summary>
internal static class StartBars
{
    private const int Rounds = 9;

    public static async Task RunAsync()
    {
        await using var emulator = await EmulatorHost.StartAsync();
        var ours = new List<double>();
        var empty = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            empty.Add(await FirstAnswerAsync(Assembly("EmptyAssembly"), new Dictionary<string, string> { ["FUNCTION_TARGET"] = "Sample.Function.EmptyFunction" }, "/"));
            ours.Add(await FirstAnswerAsync(Assembly("FunctionAssembly"), emulator.FunctionEnvironment("outlook-mail", "Psoxy.Gcp.OutlookMailFunction"), "/v1.0/users?$top=1"));
        }

        var (us, them) = (ours.Order().ElementAt(Rounds / 2), empty.Order().ElementAt(Rounds / 2));
        Bars.Figure("start-to-first-answer-ms", us);
        Bars.Figure("start-to-first-answer-empty-function-ms", them);
        Bars.AtMost("start-ratio", us / them, 1.5);
    }

    private static async Task<double> FirstAnswerAsync(string assembly, IReadOnlyDictionary<string, string> environment, string target)
    {
        var watch = Stopwatch.StartNew();
        await using var function = await FunctionProcess.StartAsync(assembly, environment);
        using var client = new HttpClient { BaseAddress = function.Address };
        using var answer = await client.GetAsync(target);
        answer.EnsureSuccessStatusCode();
        return watch.Elapsed.TotalMilliseconds;
    }

    internal static string Assembly(string key) => typeof(StartBars).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
