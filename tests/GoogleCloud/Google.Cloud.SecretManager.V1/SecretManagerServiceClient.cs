using Google.Api.Gax.Grpc;
using Grpc.Core;

namespace Google.Cloud.SecretManager.V1;

/// <summary>A client of Secret Manager. It does not check checksums: the application does.</summary>
public abstract class SecretManagerServiceClient
{
    /// <summary>Where the service is.</summary>
    public static string DefaultEndpoint { get; } = "secretmanager.googleapis.com:443";

    /// <summary>What tokens must be good for.</summary>
    public static IReadOnlyList<string> DefaultScopes { get; } = ["https://www.googleapis.com/auth/cloud-platform"];

    /// <summary>A version's payload.</summary>
    /// <param name="name">Which version.</param>
    /// <param name="callSettings">Over the client's settings.</param>
    public virtual Task<AccessSecretVersionResponse> AccessSecretVersionAsync(SecretVersionName name, CallSettings? callSettings = null) =>
        AccessSecretVersionAsync(new AccessSecretVersionRequest { Name = name.ToString() }, callSettings);

    /// <summary>A version's payload.</summary>
    /// <param name="name">Which version.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public virtual Task<AccessSecretVersionResponse> AccessSecretVersionAsync(SecretVersionName name, CancellationToken cancellationToken) =>
        AccessSecretVersionAsync(name, CallSettings.FromCancellationToken(cancellationToken));

    /// <summary>A version's payload.</summary>
    /// <param name="request">Which version.</param>
    /// <param name="callSettings">Over the client's settings.</param>
    /// <exception cref="RpcException">The call failed.</exception>
    public abstract Task<AccessSecretVersionResponse> AccessSecretVersionAsync(AccessSecretVersionRequest request, CallSettings? callSettings = null);
}

/// <summary>The client over gRPC.</summary>
internal sealed class SecretManagerServiceClientImpl(SecretManagerService.SecretManagerServiceClient grpc, SecretManagerServiceSettings settings) : SecretManagerServiceClient
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);

    public override async Task<AccessSecretVersionResponse> AccessSecretVersionAsync(AccessSecretVersionRequest request, CallSettings? callSettings = null)
    {
        var effective = callSettings is null ? settings.AccessSecretVersionSettings : settings.AccessSecretVersionSettings.Merge(callSettings);
        var deadline = effective.Expiration?.Timeout is { } timeout ? DateTime.UtcNow + timeout : (DateTime?)null;
        var cancellation = effective.CancellationToken ?? CancellationToken.None;
        var headers = new Metadata { { "x-goog-request-params", $"name={Uri.EscapeDataString(request.Name)}" } };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await grpc.AccessSecretVersionAsync(request, headers, deadline, cancellation);
            }
            catch (RpcException fault) when (attempt < MaxAttempts && fault.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted)
            {
                // Back-off of 2 s, doubled, with jitter; given up where the deadline would pass first.
                var delay = FirstDelay * Math.Pow(2, attempt - 1) * Random.Shared.NextDouble();
                if (deadline is { } end && DateTime.UtcNow + delay >= end) throw;
                await Task.Delay(delay, cancellation);
            }
        }
    }
}
