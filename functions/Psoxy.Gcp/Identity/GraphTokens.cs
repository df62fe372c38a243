using System.Net.Http.Headers;
using Microsoft.Identity.Client;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Identity;

/// <summary>Graph tokens of the connector's Entra application, got with the service account's identity token as a federated credential.</summary>
internal sealed class GraphTokens : IDisposable
{
    private const int RetrySeconds = 10;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Lazy<IConfidentialClientApplication> _application;
    private readonly string[] _scopes;
    private readonly EntraHttp _http = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private string? _dropped;

    public GraphTokens(ProxyOptions options, IdentityTokens identity)
    {
        _scopes = [options.Scope];

        // With an unusable configuration no request gets here; the builder still wants something that looks right.
        _application = new(() => ConfidentialClientApplicationBuilder
            .Create(options.ClientId.Length > 0 ? options.ClientId : Guid.Empty.ToString("D"))
            .WithAuthority($"https://{options.LoginHost}/{(options.TenantId.Length > 0 ? options.TenantId : Guid.Empty.ToString("D"))}", validateAuthority: false)
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(_http)
            .WithClientAssertion(assertion => identity.GetAsync(assertion.CancellationToken))
            .Build());
    }

    /// <summary>A token, mostly from MSAL's cache. One at a time: MSAL lets every cold call ask Entra.</summary>
    public async Task<Attempt<GraphToken>> GetAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await _one.WaitAsync(limit.Token);
            try
            {
                var token = await _application.Value.AcquireTokenForClient(_scopes).ExecuteAsync(limit.Token);
                if (token.AccessToken == _dropped) token = await _application.Value.AcquireTokenForClient(_scopes).WithForceRefresh(true).ExecuteAsync(limit.Token);
                return new GraphToken(token.AccessToken);
            }
            finally
            {
                _one.Release();
            }
        }
        catch (IdentityException)
        {
            return new ProxyFault(ProxyError.ConnectionToSource, "Google's metadata server gives no identity token.", RetrySeconds);
        }
        catch (MsalThrottledServiceException throttled)
        {
            return new ProxyFault(ProxyError.ConnectionToSource, "Entra asks to wait.", EntraErrors.RetryAfter(throttled.OriginalServiceException?.Headers) ?? RetrySeconds);
        }
        catch (MsalServiceException refused)
        {
            return EntraErrors.Explain(refused);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProxyFault(ProxyError.ConnectionToSource, "Entra takes too long to answer.", RetrySeconds);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Refused connections, TLS, and answers that are not Entra's end in many kinds of exceptions, whose texts may hold what was received.
            return new ProxyFault(ProxyError.ConnectionToSource, "Entra cannot be reached, or does not answer as Entra does.", RetrySeconds);
        }
    }

    /// <summary>Does not use this token again: Graph refuses it.</summary>
    public void Drop(GraphToken token) => _dropped = token.Value;

    public void Dispose()
    {
        _one.Dispose();
        _http.Dispose();
    }
}

/// <summary>An access token. Says nothing when it is written out.</summary>
internal sealed class GraphToken(string value)
{
    public string Value => value;

    public AuthenticationHeaderValue Header => new("Bearer", value);

    public override string ToString() => nameof(GraphToken);
}
