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
        var reading = emulator.FunctionEnvironment("outlook-mail", "Psoxy.Gcp.OutlookMailFunction");

        // As deploy.sh deploys it: the platform injects salt and key.
        var deployed = new Dictionary<string, string>(reading) { ["PSOXY_SALT"] = new('s', 32), ["PSOXY_ENCRYPTION_KEY"] = new('k', 32) };
        var (empty, injected, read) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            empty.Add(await FirstAnswerAsync(Assembly("EmptyAssembly"), new Dictionary<string, string> { ["FUNCTION_TARGET"] = "Sample.Function.EmptyFunction" }, "/"));
            injected.Add(await FirstAnswerAsync(Assembly("FunctionAssembly"), deployed, "/v1.0/users?$top=1"));
            read.Add(await FirstAnswerAsync(Assembly("FunctionAssembly"), reading, "/v1.0/users?$top=1"));
        }

        Bars.Figure("start-to-first-answer-ms", Median(injected));
        Bars.Figure("start-to-first-answer-empty-function-ms", Median(empty));
        Bars.Figure("start-ratio-with-secret-manager", Median(read) / Median(empty));
        Bars.AtMost("start-ratio", Median(injected) / Median(empty), 1.5);
    }

    private static double Median(List<double> times) => times.Order().ElementAt(Rounds / 2);

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
