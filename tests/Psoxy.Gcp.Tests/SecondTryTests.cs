using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Time.Testing;

namespace Psoxy.Gcp.Tests;

/// <summary>One more try for a connection that failed, none for an answer.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SecondTryTests
{
    private static readonly Exception[] Failures = [new HttpRequestException("refused"), new IOException("reset once made"), new SocketException((int)SocketError.ConnectionReset)];
    private readonly FakeTimeProvider _time = new();
    private int _tries;

    [TestCaseSource(nameof(Failures))]
    public async Task A_connection_that_fails_is_tried_again_after_a_quarter_of_a_second(Exception fault)
    {
        var trying = TryAsync(fault, null);
        Assert.That((_tries, trying.IsCompleted), Is.EqualTo((1, false)));
        _time.Advance(TimeSpan.FromMilliseconds(249));
        Assert.That(_tries, Is.EqualTo(1));

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(await trying, Is.EqualTo(2));
    }

    [Test]
    public void A_second_failure_is_final()
    {
        var trying = TryAsync(new HttpRequestException("refused"), new HttpRequestException("again"), null);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(async () => await trying, Throws.InstanceOf<HttpRequestException>().With.Message.EqualTo("again"));
        Assert.That(_tries, Is.EqualTo(2));
    }

    [Test]
    public void An_answer_is_final_whatever_it_says()
    {
        var trying = TryAsync(new HttpRequestException("unavailable", null, HttpStatusCode.ServiceUnavailable), null);

        Assert.That(async () => await trying, Throws.InstanceOf<HttpRequestException>());
        Assert.That(_tries, Is.EqualTo(1));
    }

    [Test]
    public void A_certificate_that_is_not_accepted_is_final()
    {
        var trying = TryAsync(new HttpRequestException("TLS", new AuthenticationException()), null);

        Assert.That(async () => await trying, Throws.InstanceOf<HttpRequestException>());
        Assert.That(_tries, Is.EqualTo(1));
    }

    private Task<int> TryAsync(params Exception?[] faults) =>
        SecondTry.OfAsync(() => faults[_tries++] is { } fault ? Task.FromException<int>(fault) : Task.FromResult(_tries), _time, default);
}
