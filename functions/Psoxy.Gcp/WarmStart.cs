using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp;

/// <summary>
/// Lets the port wait for the warm-up, for a while: until it listens, the platform gives the processor for certain. A failure is not kept: the first request
/// tries again, and tells. What takes longer goes on behind the requests, which wait for it as they would without.
/// </summary>
internal sealed class WarmStart(WarmUp warmUp, ILogger<WarmStart> log) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (secrets, token) = await warmUp.EndAsync().WaitAsync(Patience, cancellationToken);
            if (secrets != ProxyError.None || token != ProxyError.None) Log.Log.NotWarm(log, secrets, token);
        }
        catch (TimeoutException)
        {
            Log.Log.StillCold(log, (int)Patience.TotalSeconds);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
