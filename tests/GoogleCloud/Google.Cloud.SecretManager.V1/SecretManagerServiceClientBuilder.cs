using Google.Api.Gax.Grpc;
using Grpc.Core;

namespace Google.Cloud.SecretManager.V1;

/// <summary>Makes clients of another endpoint, with other credentials or other settings than the default.</summary>
public sealed class SecretManagerServiceClientBuilder : ClientBuilderBase<SecretManagerServiceClient>
{
    /// <summary>A builder of clients that are all default.</summary>
    public SecretManagerServiceClientBuilder()
        : base("secretmanager", SecretManagerServiceClient.DefaultScopes)
    {
    }

    /// <summary>Settings of the client; the default ones where null.</summary>
    public SecretManagerServiceSettings? Settings { get; set; }

    /// <inheritdoc />
    public override SecretManagerServiceClient Build()
    {
        Validate();
        return Over(CreateCallInvoker());
    }

    /// <inheritdoc />
    public override async Task<SecretManagerServiceClient> BuildAsync(CancellationToken cancellationToken = default)
    {
        Validate();
        return Over(await CreateCallInvokerAsync(cancellationToken));
    }

    private SecretManagerServiceClientImpl Over(CallInvoker invoker) => new(new SecretManagerService.SecretManagerServiceClient(invoker), Settings);
}
