using Microsoft.Identity.Client;
using Psoxy.Gcp.Health;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Identity;

/// <summary>
/// Graph tokens of the connector's Entra application, got with the service account's identity token as a federated credential, or signed for with a certificate
/// where one is configured.
/// </summary>
internal sealed class GraphTokens : IDisposable
{
    private const int RetrySeconds = 10;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    // MSAL's own: a token that ends sooner is not given out.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly ProxyOptions _options;
    private readonly IdentityTokens _identity;
    private readonly CertificateSource _certificates;
    private readonly string[] _scopes;
    private readonly EntraHttp _http;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly TimeProvider _time;
    private IConfidentialClientApplication? _application;
    private string? _dropped;
    private Held? _held;

    public GraphTokens(ProxyOptions options, IdentityTokens identity, CertificateSource certificates, Clocks clocks, TimeProvider time)
    {
        (_options, _identity, _certificates) = (options, identity, certificates);
        (_time, _http) = (time, new EntraHttp(clocks));
        _scopes = [options.Scope];
    }

    /// <summary>
    /// A token. MSAL is asked when it would ask Entra, and by one at a time, since it lets every cold call ask; its own cache costs more than all the rest of a
    /// request's way to Graph.
    /// </summary>
    public async Task<Attempt<GraphToken>> GetAsync(CancellationToken cancellationToken)
    {
        if (_held is { } held && _time.GetUtcNow() < held.Until && held.Token.Value != _dropped) return held.Token;
        using var timeout = new CancellationTokenSource(Limit, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await _one.WaitAsync(limit.Token);
            try
            {
                if (_application is null)
                {
                    if ((await BuildAsync(limit.Token)).Or(out var application) is { } unusable) return unusable;
                    _application = application;
                }

                var token = await AskAsync(_application, limit.Token);
                if (token.AccessToken == _dropped) token = await _application.AcquireTokenForClient(_scopes).WithForceRefresh(true).ExecuteAsync(limit.Token);
                _held = new(new GraphToken(token.AccessToken), _time.GetUtcNow(), token.AuthenticationResultMetadata.RefreshOn ?? token.ExpiresOn - Margin);
                return _held.Token;
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
            return new ProxyFault(ProxyError.ConnectionToSource, "Entra asks to wait.", EntraErrors.RetryAfter(throttled.OriginalServiceException?.Headers) ?? RetrySeconds)
            {
                Entra = EntraRefusal.Read(throttled.OriginalServiceException?.ResponseBody),
            };
        }
        catch (MsalServiceException refused)
        {
            return EntraErrors.Explain(refused);
        }
        catch (OperationCanceledException)
        {
            // Whether our limit ended or the request's own time: who is told, if anybody still listens, is told the same.
            return new ProxyFault(ProxyError.ConnectionToSource, "Entra takes too long to answer.", RetrySeconds);
        }
        catch (Exception)
        {
            // Refused connections, TLS, and answers that are not Entra's end in many kinds of exceptions, whose texts may hold what was received.
            return new ProxyFault(ProxyError.ConnectionToSource, "Entra cannot be reached, or does not answer as Entra does.", RetrySeconds);
        }
    }

    /// <summary>Time since the token in use was got; <c>null</c> while there is none.</summary>
    public TimeSpan? Age => _held is { } held ? _time.GetUtcNow() - held.Since : null;

    /// <summary>Does not use this token again: Graph refuses it.</summary>
    public void Drop(GraphToken token)
    {
        _dropped = token.Value;
        if (_held is { } held && held.Token.Value == token.Value) _held = null;
    }

    public void Dispose()
    {
        _one.Dispose();
        _http.Dispose();
    }

    // MSAL repeats what Entra answers with a 5xx once, and keeps to a Retry-After; a connection that fails it leaves to us.
    private Task<AuthenticationResult> AskAsync(IConfidentialClientApplication application, CancellationToken cancellationToken) =>
        SecondTry.OfAsync(() => application.AcquireTokenForClient(_scopes).ExecuteAsync(cancellationToken), _time, cancellationToken);

    private async Task<Attempt<IConfidentialClientApplication>> BuildAsync(CancellationToken cancellationToken)
    {
        // With an unusable configuration no request gets here; the builder still wants something that looks right.
        var builder = ConfidentialClientApplicationBuilder
            .Create(_options.ClientId.Length > 0 ? _options.ClientId : Guid.Empty.ToString("D"))
            .WithAuthority($"https://{_options.LoginHost}/{(_options.TenantId.Length > 0 ? _options.TenantId : Guid.Empty.ToString("D"))}", validateAuthority: false)
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(_http);
        if (!_certificates.IsUsed) return Built(builder.WithClientAssertion(assertion => _identity.GetAsync(assertion.CancellationToken)));
        return (await _certificates.GetAsync(cancellationToken)).Or(out var certificate) is { } fault ? fault : Built(certificate.ApplyTo(builder));
    }

    private static Attempt<IConfidentialClientApplication> Built(ConfidentialClientApplicationBuilder builder) => Attempt<IConfidentialClientApplication>.Of(builder.Build());

    private sealed record Held(GraphToken Token, DateTimeOffset Since, DateTimeOffset Until);
}

/// <summary>An access token. Says nothing when it is written out.</summary>
internal sealed class GraphToken(string value)
{
    public string Value => value;

    /// <summary>The header's value: put together once, since a token is long and goes out often.</summary>
    public string Header { get; } = "Bearer " + value;

    public override string ToString() => nameof(GraphToken);
}
