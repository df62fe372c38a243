using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Psoxy.Gcp;

/// <summary>Logs at start what is wrong with configuration and rules, so that nobody learns it from the first request.</summary>
internal sealed class StartReport(Engine engine, ILogger<StartReport> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var problem in engine.Problems) Log.Log.Problem(log, problem);
        Log.Log.Started(log, engine.Connector.Id, engine.Rules?.Sha1 ?? "none", engine.Problems.Length);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
