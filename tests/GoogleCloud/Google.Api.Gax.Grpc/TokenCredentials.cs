using Google.Apis.Auth.OAuth2;
using Grpc.Core;

namespace Google.Api.Gax.Grpc;

/// <summary>Google credentials as those of a gRPC channel.</summary>
internal static class TokenCredentials
{
    /// <summary>TLS, and an access token with every call.</summary>
    internal static ChannelCredentials Over(GoogleCredential google, IReadOnlyList<string> scopes, string? quotaProject)
    {
        var scoped = google.IsCreateScopedRequired ? google.CreateScoped(scopes) : google;
        // A key file signs its tokens itself: no token endpoint is asked.
        if (scoped.UnderlyingCredential is ServiceAccountCredential key) scoped = GoogleCredential.FromServiceAccountCredential(key.WithUseJwtAccessWithScopes(true));
        if (quotaProject is not null) scoped = scoped.CreateWithQuotaProject(quotaProject);
        var source = (ITokenAccessWithHeaders)scoped.UnderlyingCredential;
        return ChannelCredentials.Create(ChannelCredentials.SecureSsl, CallCredentials.FromInterceptor(async (call, headers) =>
        {
            var token = await source.GetAccessTokenWithHeadersForRequestAsync(call.ServiceUrl, call.CancellationToken);
            headers.Add("authorization", $"Bearer {token.AccessToken}");
            foreach (var (name, values) in token.Headers)
                foreach (var value in values) headers.Add(name, value);
        }));
    }
}
