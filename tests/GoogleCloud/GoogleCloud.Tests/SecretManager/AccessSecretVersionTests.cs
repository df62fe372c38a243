using Google.Api.Gax;
using Google.Api.Gax.Grpc;
using Google.Cloud.SecretManager.V1;
using Google.Protobuf;
using Grpc.Core;

namespace GoogleCloud.Tests.SecretManager;

public sealed class AccessSecretVersionTests
{
    private const string Name = "projects/p/secrets/s/versions/1";
    private static readonly SecretVersionName ParsedName = SecretVersionName.Parse(Name);
    private static readonly SecretPayload Payload = new() { Data = ByteString.CopyFromUtf8("salt"), DataCrc32C = 42 };

    [Test]
    public async Task Brings_the_bytes_and_leaves_the_checksum_to_the_application()
    {
        await using var server = await GrpcServer.StartAsync(_ => (StatusCode.OK, Payload));
        var answer = await (await ClientAsync(server)).AccessSecretVersionAsync(ParsedName);

        Assert.That(answer.Name, Is.EqualTo(Name));
        Assert.That(answer.Payload.Data.ToStringUtf8(), Is.EqualTo("salt"));
        Assert.That((answer.Payload.HasDataCrc32C, answer.Payload.DataCrc32C), Is.EqualTo((true, 42L)), "a wrong checksum, and no complaint");
    }

    [Test]
    public async Task Tells_a_missing_checksum_from_zero()
    {
        await using var server = await GrpcServer.StartAsync(number => (StatusCode.OK, number == 1 ? new() : new() { DataCrc32C = 0 }));
        var client = await ClientAsync(server);

        Assert.That((await client.AccessSecretVersionAsync(Name)).Payload.HasDataCrc32C, Is.False);
        Assert.That((await client.AccessSecretVersionAsync(Name)).Payload.HasDataCrc32C, Is.True);
    }

    [Test]
    public async Task Every_overload_asks_for_the_same_and_says_where_it_belongs()
    {
        await using var server = await GrpcServer.StartAsync(_ => (StatusCode.OK, Payload));
        var client = await ClientAsync(server, "http://");
        var request = new AccessSecretVersionRequest { Name = Name };

        await client.AccessSecretVersionAsync(ParsedName, CancellationToken.None);
        await client.AccessSecretVersionAsync(Name);
        await client.AccessSecretVersionAsync(Name, CancellationToken.None);
        await client.AccessSecretVersionAsync(request);
        await client.AccessSecretVersionAsync(request, CancellationToken.None);
        client.AccessSecretVersion(ParsedName);
        client.AccessSecretVersion(Name);
        client.AccessSecretVersion(request);

        Assert.That(server.Requests, Has.Count.EqualTo(8));
        Assert.That(server.Requests.Select(sent => sent.Name), Is.All.EqualTo(Name));
        Assert.That(server.Requests.Select(sent => sent.Headers["x-goog-request-params"]), Is.All.EqualTo("name=projects%2Fp%2Fsecrets%2Fs%2Fversions%2F1"));
    }

    [Test]
    public async Task A_call_that_hangs_ends_at_its_limit()
    {
        await using var server = await GrpcServer.StartAsync(_ => (StatusCode.OK, null));
        var client = await ClientAsync(server);

        Assert.That(await FailureAsync(() => client.AccessSecretVersionAsync(ParsedName, CallSettings.FromExpiration(Expiration.FromTimeout(TimeSpan.FromMilliseconds(200))))),
            Is.EqualTo(StatusCode.DeadlineExceeded));
        Assert.That(await FailureAsync(() => client.AccessSecretVersionAsync(ParsedName, CallSettings.FromExpiration(Expiration.FromDeadline(DateTime.UtcNow.AddMilliseconds(200))))),
            Is.EqualTo(StatusCode.DeadlineExceeded));
    }

    [Test]
    public async Task A_call_that_hangs_can_be_given_up()
    {
        using var source = new CancellationTokenSource();
        await using var server = await GrpcServer.StartAsync(_ => { source.Cancel(); return (StatusCode.OK, null); });
        var client = await ClientAsync(server);

        Assert.That(await FailureAsync(() => client.AccessSecretVersionAsync(ParsedName, source.Token)), Is.EqualTo(StatusCode.Cancelled));
    }

    [TestCase(StatusCode.Unavailable)]
    [TestCase(StatusCode.ResourceExhausted)]
    public async Task Tries_again_after_what_passes(StatusCode passing)
    {
        await using var server = await GrpcServer.StartAsync(number => number < 5 ? (passing, null) : (StatusCode.OK, Payload));
        var client = await ClientAsync(server, settings: Impatient());

        Assert.That((await client.AccessSecretVersionAsync(ParsedName)).Payload, Is.EqualTo(Payload));
        Assert.That(server.Requests, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Gives_up_after_the_last_attempt()
    {
        await using var server = await GrpcServer.StartAsync(_ => (StatusCode.Unavailable, null));
        var client = await ClientAsync(server, settings: Impatient());

        Assert.That(await FailureAsync(() => client.AccessSecretVersionAsync(ParsedName)), Is.EqualTo(StatusCode.Unavailable));
        Assert.That(server.Requests, Has.Count.EqualTo(5));
    }

    [TestCase(StatusCode.NotFound)]
    [TestCase(StatusCode.PermissionDenied)]
    [TestCase(StatusCode.FailedPrecondition)]
    [TestCase(StatusCode.Unauthenticated)]
    public async Task Does_not_try_again_after_what_stays(StatusCode staying)
    {
        await using var server = await GrpcServer.StartAsync(_ => (staying, null));
        var client = await ClientAsync(server);

        Assert.That(await FailureAsync(() => client.AccessSecretVersionAsync(ParsedName)), Is.EqualTo(staying));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_call_without_retries_is_made_once()
    {
        await using var server = await GrpcServer.StartAsync(_ => (StatusCode.Unavailable, null));
        var settings = new SecretManagerServiceSettings();
        settings.AccessSecretVersionSettings = settings.AccessSecretVersionSettings.WithRetry(null);
        var client = await ClientAsync(server, settings: settings);

        Assert.That(await FailureAsync(() => client.AccessSecretVersionAsync(ParsedName)), Is.EqualTo(StatusCode.Unavailable));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Headers_of_the_client_and_of_the_call_are_sent_both()
    {
        await using var server = await GrpcServer.StartAsync(_ => (StatusCode.OK, Payload));
        var client = await ClientAsync(server, settings: new() { CallSettings = CallSettings.FromHeader("x-of-client", "1") });

        await client.AccessSecretVersionAsync(ParsedName, CallSettings.FromHeader("x-of-call", "2"));

        Assert.That(server.Requests.Single().Headers, Contains.Key("x-of-client").WithValue("1").And.ContainKey("x-of-call").WithValue("2"));
    }

    private static SecretManagerServiceSettings Impatient() => new()
    {
        AccessSecretVersionSettings = new SecretManagerServiceSettings().AccessSecretVersionSettings.WithRetry(RetrySettings.FromConstantBackoff(
            5, TimeSpan.FromMilliseconds(1), RetrySettings.FilterForStatusCodes(StatusCode.Unavailable, StatusCode.ResourceExhausted), RetrySettings.NoJitter)),
    };

    private static Task<SecretManagerServiceClient> ClientAsync(GrpcServer server, string scheme = "", SecretManagerServiceSettings? settings = null) =>
        new SecretManagerServiceClientBuilder { Endpoint = scheme + server.Endpoint, ChannelCredentials = ChannelCredentials.Insecure, Settings = settings }.BuildAsync();

    private static async Task<StatusCode> FailureAsync(Func<Task<AccessSecretVersionResponse>> call)
    {
        try
        {
            await call();
            return StatusCode.OK;
        }
        catch (RpcException failure)
        {
            return failure.StatusCode;
        }
    }
}
