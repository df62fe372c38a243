using Google.Apis.Auth.OAuth2;
using Grpc.Core;
using Grpc.Net.Client;

namespace Google.Cloud.SecretManager.V1;

/// <summary>Makes clients.</summary>
public sealed class SecretManagerServiceClientBuilder
{
    /// <summary><c>host:port</c> or an URL; the service's own where <c>null</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Channel credentials; application default credentials over TLS where <c>null</c>.</summary>
    public ChannelCredentials? ChannelCredentials { get; set; }

    /// <summary>The credential to use over TLS.</summary>
    public GoogleCredential? GoogleCredential { get; set; }

    /// <summary>Settings of the client.</summary>
    public SecretManagerServiceSettings? Settings { get; set; }

    /// <summary>Makes a client.</summary>
    /// <param name="cancellationToken">Ends the search for credentials.</param>
    /// <exception cref="InvalidOperationException">There are two sources of credentials, or none.</exception>
    public async Task<SecretManagerServiceClient> BuildAsync(CancellationToken cancellationToken = default)
    {
        if (ChannelCredentials is not null && GoogleCredential is not null) throw new InvalidOperationException("At most one source of credentials may be set.");
        var credentials = ChannelCredentials ?? await TlsAsync(cancellationToken);
        var endpoint = Endpoint ?? SecretManagerServiceClient.DefaultEndpoint;
        if (!endpoint.Contains("://", StringComparison.Ordinal)) endpoint = (credentials == Grpc.Core.ChannelCredentials.Insecure ? "http://" : "https://") + endpoint;
        var channel = GrpcChannel.ForAddress(endpoint, new GrpcChannelOptions { Credentials = credentials });
        return new SecretManagerServiceClientImpl(new SecretManagerService.SecretManagerServiceClient(channel), Settings ?? new SecretManagerServiceSettings());
    }

    private async Task<ChannelCredentials> TlsAsync(CancellationToken cancellationToken)
    {
        var google = GoogleCredential ?? await Google.Apis.Auth.OAuth2.GoogleCredential.GetApplicationDefaultAsync(cancellationToken);
        var token = (ITokenAccess)google.CreateScoped(SecretManagerServiceClient.DefaultScopes);
        return Grpc.Core.ChannelCredentials.Create(new SslCredentials(), CallCredentials.FromInterceptor(async (context, metadata) =>
            metadata.Add("authorization", "Bearer " + await token.GetAccessTokenForRequestAsync(context.ServiceUrl, context.CancellationToken))));
    }
}
