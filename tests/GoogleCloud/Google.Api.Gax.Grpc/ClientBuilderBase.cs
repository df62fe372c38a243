using Google.Apis.Auth.OAuth2;
using Grpc.Core;
using Grpc.Net.Client;

namespace Google.Api.Gax.Grpc;

/// <summary>Where a client connects to and with whose credentials. At most one source of credentials may be set.</summary>
public abstract class ClientBuilderBase<TClient>
{
    private const string DefaultUniverse = "googleapis.com";
    private readonly string service;
    private readonly IReadOnlyList<string> defaultScopes;

    /// <summary>A builder for a service.</summary>
    /// <param name="service">First label of the service's host name.</param>
    /// <param name="defaultScopes">What tokens must be good for.</param>
    protected ClientBuilderBase(string service, IReadOnlyList<string> defaultScopes) => (this.service, this.defaultScopes) = (service, defaultScopes);

    /// <summary>A host and port, or an address; the service's own where null.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Last labels of the service's host name; where null, GOOGLE_CLOUD_UNIVERSE_DOMAIN, then googleapis.com.</summary>
    public string? UniverseDomain { get; set; }

    /// <summary>Transport and caller in one: a channel without TLS is made with <see cref="ChannelCredentials.Insecure"/>.</summary>
    public ChannelCredentials? ChannelCredentials { get; set; }

    /// <summary>Whose tokens to send, over TLS.</summary>
    public GoogleCredential? GoogleCredential { get; set; }

    /// <summary>What tokens must be good for, instead of the service's own scopes.</summary>
    public IReadOnlyList<string>? Scopes { get; set; }

    /// <summary>The project to bill, sent as x-goog-user-project.</summary>
    public string? QuotaProject { get; set; }

    /// <summary>A channel of one's own; nothing else may be set with it.</summary>
    public CallInvoker? CallInvoker { get; set; }

    /// <summary>The channel of the last client, for its owner to shut down; null where the caller brought one.</summary>
    public ChannelBase? LastCreatedChannel { get; private set; }

    /// <summary>Makes a client. Blocks while application default credentials are looked for, where no others are set.</summary>
    /// <exception cref="InvalidOperationException">The properties contradict each other, or there are no application default credentials.</exception>
    public abstract TClient Build();

    /// <summary>Makes a client. Connects with the first call only.</summary>
    /// <param name="cancellationToken">Ends the search for application default credentials.</param>
    /// <exception cref="InvalidOperationException">The properties contradict each other, or there are no application default credentials.</exception>
    public abstract Task<TClient> BuildAsync(CancellationToken cancellationToken = default);

    /// <summary>Throws for properties that contradict each other.</summary>
    protected virtual void Validate()
    {
        if (ChannelCredentials is not null && GoogleCredential is not null)
            throw new InvalidOperationException($"At most one of {nameof(ChannelCredentials)} and {nameof(GoogleCredential)} may be set.");
        if (CallInvoker is not null && (ChannelCredentials ?? GoogleCredential ?? Endpoint ?? UniverseDomain ?? QuotaProject ?? (object?)Scopes) is not null)
            throw new InvalidOperationException($"With {nameof(CallInvoker)}, neither endpoint nor credentials may be set.");
    }

    /// <summary>The way to the service, for <see cref="Build"/>.</summary>
    protected CallInvoker CreateCallInvoker() => CallInvoker ?? Connect(ChannelCredentials ?? TokenCredentials.Over(GoogleCredential ?? GoogleCredential.GetApplicationDefault(), Scopes ?? defaultScopes, QuotaProject));

    /// <summary>The way to the service, for <see cref="BuildAsync"/>.</summary>
    protected async Task<CallInvoker> CreateCallInvokerAsync(CancellationToken cancellationToken) => CallInvoker
        ?? Connect(ChannelCredentials ?? TokenCredentials.Over(GoogleCredential ?? await GoogleCredential.GetApplicationDefaultAsync(cancellationToken), Scopes ?? defaultScopes, QuotaProject));

    private CallInvoker Connect(ChannelCredentials credentials)
    {
        var endpoint = Endpoint ?? $"{service}.{UniverseDomain ?? Environment.GetEnvironmentVariable("GOOGLE_CLOUD_UNIVERSE_DOMAIN") ?? DefaultUniverse}:443";
        var scheme = credentials == ChannelCredentials.Insecure ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        var address = endpoint.Contains(Uri.SchemeDelimiter, StringComparison.Ordinal) ? endpoint : $"{scheme}://{endpoint}";
        var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { Credentials = credentials });
        LastCreatedChannel = channel;
        return channel.CreateCallInvoker();
    }
}
