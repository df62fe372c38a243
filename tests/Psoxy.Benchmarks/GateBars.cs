using System.Diagnostics;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Benchmarks;

/// <summary>Time and allocation of one decision on a typical request.</summary>
internal static class GateBars
{
    private const string Path = "/v1.0/users/48d31887-5fad-4d73-a9f5-3c356e68a038/mailFolders/SentItems/messages";
    private const string Query = "$top=50&$select=id,from,toRecipients,sentDateTime";

    public static void Run()
    {
        var gate = new RequestGate(RulesLoader.Load(ConnectorCatalog.Find("outlook-mail")!.RulesYaml, "outlook-mail").Rules!);
        Decide(gate, 200_000);
        const int count = 200_000;
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var watch = Stopwatch.StartNew();
            Decide(gate, count);
            best = Math.Min(best, watch.Elapsed.TotalMicroseconds / count);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Decide(gate, 1000);
        Bars.AtMost("gate-microseconds", best, 5);
        Bars.AtMost("gate-allocated-bytes", (GC.GetAllocatedBytesForCurrentThread() - before) / 1000.0, 1024);
    }

    private static void Decide(RequestGate gate, int times)
    {
        for (var time = 0; time < times; time++)
            if (!gate.Decide("GET", Path, Query).IsAllowed) throw new InvalidOperationException("the request is legitimate");
    }
}
