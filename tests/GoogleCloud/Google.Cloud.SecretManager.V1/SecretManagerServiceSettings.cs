using Google.Api.Gax;
using Google.Api.Gax.Grpc;
using Grpc.Core;

namespace Google.Cloud.SecretManager.V1;

/// <summary>Settings of a client.</summary>
public sealed class SecretManagerServiceSettings : ServiceSettingsBase
{
    private const int Attempts = 5;
    private const double Growth = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(2);

    /// <summary>The default settings, to be changed.</summary>
    public SecretManagerServiceSettings()
    {
    }

    private SecretManagerServiceSettings(SecretManagerServiceSettings existing)
        : base(existing) => AccessSecretVersionSettings = existing.AccessSecretVersionSettings;

    /// <summary>For AccessSecretVersion: 60 s in all; 5 attempts after Unavailable or ResourceExhausted, up to 2 s apart at first, doubled each time.</summary>
    public CallSettings? AccessSecretVersionSettings { get; set; } = new(
        null,
        Expiration.FromTimeout(Limit),
        RetrySettings.FromExponentialBackoff(Attempts, FirstBackoff, Limit, Growth, RetrySettings.FilterForStatusCodes(StatusCode.Unavailable, StatusCode.ResourceExhausted)),
        null,
        null,
        null);

    /// <summary>The default settings, to be changed.</summary>
    public static SecretManagerServiceSettings GetDefault() => new();

    /// <summary>A copy.</summary>
    public SecretManagerServiceSettings Clone() => new(this);
}
