using Google.Api.Gax;
using Google.Api.Gax.Grpc;

namespace Google.Cloud.SecretManager.V1;

/// <summary>Settings of a client.</summary>
public sealed class SecretManagerServiceSettings
{
    /// <summary>For AccessSecretVersion: 60 s in all.</summary>
    public CallSettings AccessSecretVersionSettings { get; set; } = CallSettings.FromExpiration(Expiration.FromTimeout(TimeSpan.FromSeconds(60)));
}
