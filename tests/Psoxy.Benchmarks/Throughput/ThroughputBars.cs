using System.Text;
using System.Text.Json;
using Psoxy.Benchmarks.Pages;
using Psoxy.Emulator;

namespace Psoxy.Benchmarks.Throughput;

/// <summary>Requests per second through the whole function, beside YARP forwarding the same answers as they are.</summary>
internal static class ThroughputBars
{
    private const int Rounds = 9;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    public static async Task RunAsync()
    {
        using var upstream = await HelperProcess.StartAsync(["upstream"]);
        var environment = JsonSerializer.Deserialize<Dictionary<string, string>>(upstream.FirstLine)!;
        using var yarp = await HelperProcess.StartAsync(["yarp", "https://" + environment["TARGET_HOST"]], environment);
        await using var function = await FunctionProcess.StartAsync(StartBars.Assembly("FunctionAssembly"), environment);
        using var ours = new Load(function.Address, MessagePage.Path);
        using var theirs = new Load(new Uri(yarp.FirstLine), MessagePage.Path);
        await CheckAsync(ours, theirs);
        await ours.RunAsync(WarmUp);
        await theirs.RunAsync(WarmUp);

        // Slices in turn: what else runs on the machine slows both.
        var (us, them) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            us.Add(await ours.RunAsync(Slice));
            them.Add(await theirs.RunAsync(Slice));
        }

        Bars.Figure("requests-per-second", us.Order().ElementAt(Rounds / 2));
        Bars.Figure("requests-per-second-yarp", them.Order().ElementAt(Rounds / 2));
        Bars.AtLeast("throughput-vs-yarp", us.Zip(them, (ours, theirs) => ours / theirs).Order().ElementAt(Rounds / 2), 0.7);
    }

    // A proxy that answers fast and wrong would win.
    private static async Task CheckAsync(Load ours, Load theirs)
    {
        const string name = "Person Number";
        var forwarded = Encoding.UTF8.GetString(await theirs.AskAsync());
        var sanitized = Encoding.UTF8.GetString(await ours.AskAsync());
        if (forwarded != Encoding.UTF8.GetString(UpstreamServer.Answer) || !forwarded.Contains(name, StringComparison.Ordinal)) throw new InvalidOperationException("YARP does not forward the page as it is.");
        if (sanitized.Contains(name, StringComparison.Ordinal) || !sanitized.Contains("\"toRecipients\"", StringComparison.Ordinal)) throw new InvalidOperationException("The function does not sanitize the page.");
    }
}
