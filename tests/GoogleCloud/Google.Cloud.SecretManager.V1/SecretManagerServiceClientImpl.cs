using Google.Api.Gax.Grpc;

namespace Google.Cloud.SecretManager.V1;

/// <summary>The client over gRPC.</summary>
internal sealed class SecretManagerServiceClientImpl : SecretManagerServiceClient
{
    private readonly RetriedCall<AccessSecretVersionRequest, AccessSecretVersionResponse> accessSecretVersion;

    internal SecretManagerServiceClientImpl(SecretManagerService.SecretManagerServiceClient grpcClient, SecretManagerServiceSettings? settings, TimeProvider? time = null)
    {
        GrpcClient = grpcClient;
        settings ??= SecretManagerServiceSettings.GetDefault();
        accessSecretVersion = new(grpcClient.AccessSecretVersionAsync, settings.CallSettings.MergedWith(settings.AccessSecretVersionSettings), time ?? TimeProvider.System);
    }

    public override SecretManagerService.SecretManagerServiceClient GrpcClient { get; }

    public override AccessSecretVersionResponse AccessSecretVersion(AccessSecretVersionRequest request, CallSettings? callSettings = null) =>
        AccessSecretVersionAsync(request, callSettings).GetAwaiter().GetResult();

    public override Task<AccessSecretVersionResponse> AccessSecretVersionAsync(AccessSecretVersionRequest request, CallSettings? callSettings = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Google's front ends route by this header, because they do not read messages.
        var routing = CallSettings.FromHeader("x-goog-request-params", $"name={Uri.EscapeDataString(request.Name)}");
        return accessSecretVersion.InvokeAsync(request, routing.MergedWith(callSettings));
    }
}
