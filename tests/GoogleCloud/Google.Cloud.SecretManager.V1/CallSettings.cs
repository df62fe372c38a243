namespace Google.Api.Gax.Grpc;

/// <summary>How one call is made. What is not set is taken from the client's settings.</summary>
public sealed class CallSettings
{
    private CallSettings(CancellationToken? cancellationToken, Expiration? expiration) => (CancellationToken, Expiration) = (cancellationToken, expiration);

    /// <summary>Ends the call.</summary>
    public CancellationToken? CancellationToken { get; }

    /// <summary>Limit of the call, retries included.</summary>
    public Expiration? Expiration { get; }

    /// <summary>Settings with a token only.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public static CallSettings FromCancellationToken(CancellationToken cancellationToken) => new(cancellationToken, null);

    /// <summary>Settings with a limit only.</summary>
    /// <param name="expiration">The limit.</param>
    public static CallSettings FromExpiration(Expiration expiration) => new(null, expiration);

    internal CallSettings Merge(CallSettings over) => new(over.CancellationToken ?? CancellationToken, over.Expiration ?? Expiration);
}

/// <summary>Changes to call settings.</summary>
public static class CallSettingsExtensions
{
    /// <summary>The same settings with another token.</summary>
    /// <param name="settings">May be <c>null</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static CallSettings WithCancellationToken(this CallSettings? settings, CancellationToken cancellationToken)
    {
        var token = CallSettings.FromCancellationToken(cancellationToken);
        return settings is null ? token : settings.Merge(token);
    }
}
