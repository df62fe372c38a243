using Google.Api.Gax;
using Google.Api.Gax.Grpc;
using Google.Cloud.SecretManager.V1;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace GoogleCloud.Tests.SecretManager;

public sealed class RetriedCallTests
{
    [Test]
    public void The_client_waits_longer_each_time_and_never_longer_than_its_limit()
    {
        var jitter = new RecordingJitter(TimeSpan.Zero);
        var retry = RetrySettings.FromExponentialBackoff(6, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), 2, _ => true, jitter);

        Assert.That(CallAsync(CallSettings.FromRetry(retry), out var attempts), Throws.InstanceOf<RpcException>());

        Assert.That(attempts(), Is.EqualTo(6));
        Assert.That(jitter.Asked.Select(delay => delay.TotalSeconds), Is.EqualTo([2, 4, 8, 10, 10]));
    }

    [Test]
    public void A_wait_past_the_limit_of_the_call_is_not_begun()
    {
        var retry = RetrySettings.FromConstantBackoff(5, TimeSpan.FromSeconds(10), _ => true, RetrySettings.NoJitter);
        var settings = CallSettings.FromRetry(retry).WithTimeout(TimeSpan.FromSeconds(10));

        Assert.That(CallAsync(settings, out var attempts), Throws.InstanceOf<RpcException>().With.Property(nameof(RpcException.StatusCode)).EqualTo(StatusCode.Unavailable));

        Assert.That(attempts(), Is.EqualTo(1));
    }

    [Test]
    public void The_defaults_are_those_of_the_service()
    {
        var settings = SecretManagerServiceSettings.GetDefault().AccessSecretVersionSettings!;

        Assert.That((settings.Expiration!.Type, settings.Expiration.Timeout), Is.EqualTo((ExpirationType.Timeout, (TimeSpan?)TimeSpan.FromSeconds(60))));
        Assert.That((settings.Retry!.MaxAttempts, settings.Retry.BackoffMultiplier), Is.EqualTo((5, 2.0)));
        Assert.That((settings.Retry.InitialBackoff, settings.Retry.MaxBackoff), Is.EqualTo((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60))));
        Assert.That(settings.Retry.BackoffJitter, Is.SameAs(RetrySettings.RandomJitter));
        Assert.That(Enum.GetValues<StatusCode>().Where(code => settings.Retry.RetryFilter(new RpcException(new(code, "")))), Is.EquivalentTo([StatusCode.Unavailable, StatusCode.ResourceExhausted]));
    }

    [Test]
    public void Settings_of_a_call_win_over_those_of_the_client_one_by_one()
    {
        using var source = new CancellationTokenSource();
        var client = SecretManagerServiceSettings.GetDefault().AccessSecretVersionSettings;
        var merged = client.MergedWith(CallSettings.FromExpiration(Expiration.None).WithCancellationToken(source.Token))!;

        Assert.That(merged.Expiration, Is.SameAs(Expiration.None));
        Assert.That(merged.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(merged.Retry, Is.SameAs(client!.Retry));
    }

    private static Func<Task> CallAsync(CallSettings? settings, out Func<int> attempts)
    {
        var count = 0;
        attempts = () => count;
        var call = new RetriedCall<string, string>(
            (_, _) =>
            {
                count++;
                var failure = Task.FromException<string>(new RpcException(new(StatusCode.Unavailable, "")));
                return new(failure, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
            },
            settings,
            new FakeTimeProvider());
        return () => call.InvokeAsync("", null);
    }

    private sealed class RecordingJitter(TimeSpan delay) : RetrySettings.IJitter
    {
        public List<TimeSpan> Asked { get; } = [];

        public TimeSpan GetDelay(TimeSpan maxDelay)
        {
            Asked.Add(maxDelay);
            return delay;
        }
    }
}
