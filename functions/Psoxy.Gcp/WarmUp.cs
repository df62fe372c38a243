using Psoxy.Gcp.Identity;
using Psoxy.Gcp.Replies;
using Psoxy.Gcp.Secrets;

namespace Psoxy.Gcp;

/// <summary>What every first request needs, fetched at the start of the process: secrets and token, at the same time and while the host is still put together.</summary>
internal sealed class WarmUp
{
    private readonly Task<ProxyError> _secrets;
    private readonly Task<ProxyError> _token;

    private WarmUp(Task<ProxyError> secrets, Task<ProxyError> token) => (_secrets, _token) = (secrets, token);

    /// <summary>Nothing is fetched before a request asks for it.</summary>
    public static WarmUp None { get; } = new(Task.FromResult(ProxyError.None), Task.FromResult(ProxyError.None));

    /// <summary>Begins. The sources keep what they get and let one caller fetch for all, so that the first request finds it, or waits for what is under way.</summary>
    public static WarmUp Begin(PseudonymSource secrets, GraphTokens tokens)
    {
        // The token takes two requests in a row, so it goes first.
        var token = Task.Run(async () => (await tokens.GetAsync(CancellationToken.None)).Or(out _)?.Error ?? ProxyError.None);
        return new(Task.Run(async () => (await secrets.GetAsync(CancellationToken.None)).Or(out _)?.Error ?? ProxyError.None), token);
    }

    /// <summary>What came of each.</summary>
    public async Task<(ProxyError Secrets, ProxyError Token)> EndAsync() => (await _secrets, await _token);
}
