using Google.Api.Gax.Grpc;

namespace Google.Cloud.SecretManager.V1;

/// <summary>A client of Secret Manager. It does not compare checksums: that is left to the application.</summary>
/// <remarks>Methods are virtual, so that a test can put its own client in place.</remarks>
public abstract class SecretManagerServiceClient
{
    /// <summary>Where the service is.</summary>
    public static string DefaultEndpoint { get; } = "secretmanager.googleapis.com:443";

    /// <summary>What tokens must be good for.</summary>
    public static IReadOnlyList<string> DefaultScopes { get; } = ["https://www.googleapis.com/auth/cloud-platform"];

    /// <summary>The generated client underneath.</summary>
    public virtual SecretManagerService.SecretManagerServiceClient GrpcClient => throw new NotImplementedException();

    /// <summary>A client that is all default.</summary>
    public static SecretManagerServiceClient Create() => new SecretManagerServiceClientBuilder().Build();

    /// <summary>A client that is all default.</summary>
    public static Task<SecretManagerServiceClient> CreateAsync(CancellationToken cancellationToken = default) => new SecretManagerServiceClientBuilder().BuildAsync(cancellationToken);

    /// <summary>The bytes of a version.</summary>
    /// <param name="request">Which version.</param>
    /// <param name="callSettings">What this call does not take from the client's settings.</param>
    /// <exception cref="Grpc.Core.RpcException">The service refuses, or it cannot be reached within the limit.</exception>
    public virtual AccessSecretVersionResponse AccessSecretVersion(AccessSecretVersionRequest request, CallSettings? callSettings = null) => throw new NotImplementedException();

    /// <inheritdoc cref="AccessSecretVersion(AccessSecretVersionRequest, CallSettings)" />
    public virtual Task<AccessSecretVersionResponse> AccessSecretVersionAsync(AccessSecretVersionRequest request, CallSettings? callSettings = null) => throw new NotImplementedException();

    /// <inheritdoc cref="AccessSecretVersion(AccessSecretVersionRequest, CallSettings)" />
    public virtual Task<AccessSecretVersionResponse> AccessSecretVersionAsync(AccessSecretVersionRequest request, CancellationToken cancellationToken) =>
        AccessSecretVersionAsync(request, CallSettings.FromCancellationToken(cancellationToken));

    /// <summary>The bytes of a version.</summary>
    /// <param name="name">Which version.</param>
    /// <param name="callSettings">What this call does not take from the client's settings.</param>
    /// <exception cref="Grpc.Core.RpcException">The service refuses, or it cannot be reached within the limit.</exception>
    public virtual AccessSecretVersionResponse AccessSecretVersion(string name, CallSettings? callSettings = null) => AccessSecretVersion(Request(name), callSettings);

    /// <inheritdoc cref="AccessSecretVersion(string, CallSettings)" />
    public virtual Task<AccessSecretVersionResponse> AccessSecretVersionAsync(string name, CallSettings? callSettings = null) => AccessSecretVersionAsync(Request(name), callSettings);

    /// <inheritdoc cref="AccessSecretVersion(string, CallSettings)" />
    public virtual Task<AccessSecretVersionResponse> AccessSecretVersionAsync(string name, CancellationToken cancellationToken) =>
        AccessSecretVersionAsync(name, CallSettings.FromCancellationToken(cancellationToken));

    /// <inheritdoc cref="AccessSecretVersion(string, CallSettings)" />
    public virtual AccessSecretVersionResponse AccessSecretVersion(SecretVersionName name, CallSettings? callSettings = null) => AccessSecretVersion(Request(name), callSettings);

    /// <inheritdoc cref="AccessSecretVersion(string, CallSettings)" />
    public virtual Task<AccessSecretVersionResponse> AccessSecretVersionAsync(SecretVersionName name, CallSettings? callSettings = null) =>
        AccessSecretVersionAsync(Request(name), callSettings);

    /// <inheritdoc cref="AccessSecretVersion(string, CallSettings)" />
    public virtual Task<AccessSecretVersionResponse> AccessSecretVersionAsync(SecretVersionName name, CancellationToken cancellationToken) =>
        AccessSecretVersionAsync(name, CallSettings.FromCancellationToken(cancellationToken));

    private static AccessSecretVersionRequest Request(SecretVersionName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Request(name.ToString());
    }

    private static AccessSecretVersionRequest Request(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new() { Name = name };
    }
}
