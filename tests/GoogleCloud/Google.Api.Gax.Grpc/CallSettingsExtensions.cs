namespace Google.Api.Gax.Grpc;

/// <summary>Changed copies of call settings, which may be null to begin with.</summary>
public static class CallSettingsExtensions
{
    /// <summary>These settings with whatever the others set.</summary>
    public static CallSettings? MergedWith(this CallSettings? original, CallSettings? overlaid) => CallSettings.Merge(original, overlaid);

    /// <summary>The same with another token.</summary>
    public static CallSettings WithCancellationToken(this CallSettings? settings, CancellationToken cancellationToken) =>
        CallSettings.Merge(settings, CallSettings.FromCancellationToken(cancellationToken))!;

    /// <summary>The same with another limit, or with none of its own for null.</summary>
    public static CallSettings? WithExpiration(this CallSettings? settings, Expiration? expiration) => settings is null
        ? CallSettings.FromExpiration(expiration)
        : new(settings.CancellationToken, expiration, settings.Retry, settings.HeaderMutation, settings.WriteOptions, settings.PropagationToken);

    /// <summary>The same with a limit relative to the beginning of the call.</summary>
    public static CallSettings WithTimeout(this CallSettings? settings, TimeSpan timeout) => settings.WithExpiration(Expiration.FromTimeout(timeout))!;

    /// <summary>The same with a limit at a moment, in UTC.</summary>
    public static CallSettings WithDeadline(this CallSettings? settings, DateTime deadline) => settings.WithExpiration(Expiration.FromDeadline(deadline))!;

    /// <summary>The same with other retries, or with none of its own for null.</summary>
    public static CallSettings? WithRetry(this CallSettings? settings, RetrySettings? retry) => settings is null
        ? CallSettings.FromRetry(retry)
        : new(settings.CancellationToken, settings.Expiration, retry, settings.HeaderMutation, settings.WriteOptions, settings.PropagationToken);

    /// <summary>The same with one more request header.</summary>
    public static CallSettings WithHeader(this CallSettings? settings, string name, string value) => CallSettings.Merge(settings, CallSettings.FromHeader(name, value))!;
}
