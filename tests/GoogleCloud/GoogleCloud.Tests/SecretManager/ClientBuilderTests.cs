using Google.Apis.Auth.OAuth2;
using Google.Cloud.SecretManager.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace GoogleCloud.Tests.SecretManager;

public sealed class ClientBuilderTests
{
    [TestCase(null, null, "secretmanager.googleapis.com")]
    [TestCase(null, "example.test", "secretmanager.example.test")]
    [TestCase("here.test:1", "example.test", "here.test:1")]
    public async Task Connects_to_the_endpoint_or_to_the_service_of_the_universe(string? endpoint, string? universe, string expected)
    {
        var builder = new SecretManagerServiceClientBuilder { Endpoint = endpoint, UniverseDomain = universe, ChannelCredentials = ChannelCredentials.SecureSsl };
        await builder.BuildAsync();

        // A channel does not say the port of its scheme, 443.
        Assert.That(builder.LastCreatedChannel!.Target, Is.EqualTo(expected));
    }

    [Test]
    public void Takes_one_source_of_credentials_only()
    {
        var builder = new SecretManagerServiceClientBuilder { ChannelCredentials = ChannelCredentials.Insecure, GoogleCredential = GoogleCredential.FromAccessToken("t") };

        Assert.That(builder.Build, Throws.InvalidOperationException.With.Message.Contains("At most one"));
        Assert.That(() => builder.BuildAsync(), Throws.InvalidOperationException);
    }

    [Test]
    public void Takes_nothing_else_with_a_channel_of_ones_own()
    {
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:1");
        var invoker = channel.CreateCallInvoker();

        Assert.That(new SecretManagerServiceClientBuilder { CallInvoker = invoker }.Build(), Is.Not.Null);
        Assert.That(new SecretManagerServiceClientBuilder { CallInvoker = invoker, Endpoint = "here.test:1" }.Build, Throws.InvalidOperationException);
        Assert.That(new SecretManagerServiceClientBuilder { CallInvoker = invoker, ChannelCredentials = ChannelCredentials.Insecure }.Build, Throws.InvalidOperationException);
    }

    [Test]
    public void A_client_can_be_a_double_of_a_test() =>
        Assert.That(async () => (await new Double().AccessSecretVersionAsync(new SecretVersionName("p", "s", "1"))).Name, Is.EqualTo("projects/p/secrets/s/versions/1"));

    private sealed class Double : SecretManagerServiceClient
    {
        public override Task<AccessSecretVersionResponse> AccessSecretVersionAsync(AccessSecretVersionRequest request, Google.Api.Gax.Grpc.CallSettings? callSettings = null) =>
            Task.FromResult(new AccessSecretVersionResponse { Name = request.Name });
    }
}
