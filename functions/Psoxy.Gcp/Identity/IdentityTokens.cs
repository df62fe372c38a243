using Google.Apis.Auth.OAuth2;
using Psoxy.Gcp.Health;
using Psoxy.Gcp.Options;

namespace Psoxy.Gcp.Identity;

/// <summary>
/// Identity tokens of the function's own service account, from Google's metadata server. The library's token object keeps a token until shortly
/// before it expires and lets concurrent callers share one request.
/// </summary>
internal sealed class IdentityTokens(ProxyOptions options, Clocks clocks)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);
    private OidcToken? _token;

    /// <summary>A token good for at least a minute.</summary>
    /// <exception cref="IdentityException">The metadata server cannot be reached or refuses.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var token = await TokenAsync(limit.Token);
            var jwt = await token.GetAccessTokenAsync(limit.Token);
            return string.IsNullOrEmpty(jwt) ? throw new IdentityException() : jwt;
        }
        catch (Exception fault) when (fault is not IdentityException && !cancellationToken.IsCancellationRequested)
        {
            // Dropped, so that a failure is not what the next request gets.
            _token = null;
            throw new IdentityException();
        }
    }

    // Makes no request yet. Whoever asks for a Graph token waits in line; a health check beside them may make one more request, no harm.
    private async Task<OidcToken> TokenAsync(CancellationToken cancellationToken) =>
        _token ??= await GoogleCredential.FromComputeCredential(new ComputeCredential(new ComputeCredential.Initializer { HttpClientFactory = new MetadataHttp(clocks) }))
            .GetOidcTokenAsync(OidcTokenOptions.FromTargetAudience(options.Audience).WithTokenFormat(OidcTokenFormat.Full), cancellationToken);
}

/// <summary>There is no identity token. Carries nothing of the failure: it could hold the token itself.</summary>
internal sealed class IdentityException : Exception;
