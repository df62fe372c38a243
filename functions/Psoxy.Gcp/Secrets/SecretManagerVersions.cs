using System.Numerics;
using Google.Api.Gax;
using Google.Api.Gax.Grpc;
using Google.Cloud.SecretManager.V1;
using Grpc.Core;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Secrets;

/// <summary>Secret Manager, with its checksum checked: the client leaves that to us.</summary>
internal sealed class SecretManagerVersions(ProxyOptions options) : ISecretVersions
{
    private const int RetrySeconds = 5;

    // The client's own default of 60 s with five attempts would eat the caller's patience.
    private static readonly Expiration Limit = Expiration.FromTimeout(TimeSpan.FromSeconds(6));

    // After a connection that failed, gRPC itself makes no other for a second or two and fails what is asked meanwhile: a shorter pause would be for nothing.
    private static readonly RetrySettings Retries = RetrySettings.FromConstantBackoff(3, TimeSpan.FromMilliseconds(1500), IsOfConnection, RetrySettings.NoJitter);
    private readonly Lazy<Task<SecretManagerServiceClient>> _client = new(() => new SecretManagerServiceClientBuilder
    {
        Endpoint = options.SecretManagerEndpoint?.ToString(),
        ChannelCredentials = options.SecretManagerEndpoint?.Scheme == Uri.UriSchemeHttp ? ChannelCredentials.Insecure : null,
    }.BuildAsync());

    public async Task<Attempt<byte[]>> AccessAsync(string versionName, CancellationToken cancellationToken)
    {
        if (!SecretVersionName.TryParse(versionName, out var name)) return Misconfigured("PSOXY_SALT, PSOXY_ENCRYPTION_KEY or CLIENT_CERTIFICATE begins like the name of a secret's version and is none: projects/PROJECT/secrets/SECRET/versions/N.");
        try
        {
            var client = await _client.Value;
            var response = await client.AccessSecretVersionAsync(name, CallSettings.FromExpiration(Limit).WithRetry(Retries).WithCancellationToken(cancellationToken));
            var data = response.Payload.Data.ToByteArray();
            if (response.Payload.HasDataCrc32C && response.Payload.DataCrc32C != Crc32C(data))
                return new ProxyFault(ProxyError.ConnectionToSource, "A secret arrived damaged: its checksum is wrong.", RetrySeconds);
            return data;
        }
        catch (RpcException fault)
        {
            return Explain(fault.StatusCode, name);
        }
        catch (InvalidOperationException)
        {
            return Misconfigured("There are no Google credentials to read secrets with: run on Google Cloud with a service account.");
        }
    }

    // Depending on when it was cut, gRPC calls it Unavailable or Internal.
    private static bool IsOfConnection(Exception failure) => failure is RpcException { StatusCode: StatusCode.Unavailable } or RpcException { Status.DebugException: HttpRequestException or IOException };

    private static ProxyFault Explain(StatusCode status, SecretVersionName name) => status switch
    {
        StatusCode.NotFound => Misconfigured($"The secret version '{name}' does not exist: create it, or correct the name in PSOXY_SALT, PSOXY_ENCRYPTION_KEY or CLIENT_CERTIFICATE."),
        StatusCode.PermissionDenied => Misconfigured($"The function's service account may not read '{name}': grant it roles/secretmanager.secretAccessor on that secret."),
        StatusCode.FailedPrecondition => Misconfigured($"The secret version '{name}' is disabled or destroyed: enable it, or name another version."),
        StatusCode.Unauthenticated => Misconfigured("Secret Manager does not accept the function's credentials."),
        _ => new ProxyFault(ProxyError.ConnectionToSource, "Secret Manager cannot be reached.", RetrySeconds),
    };

    private static ProxyFault Misconfigured(string message) => new(ProxyError.ConfigurationFailure, message);

    // Castagnoli's, as Secret Manager computes it.
    private static long Crc32C(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var octet in data) crc = BitOperations.Crc32C(crc, octet);
        return ~crc;
    }
}
