using System.Collections.Frozen;
using Microsoft.Extensions.Time.Testing;
using Psoxy.Emulator.Tokens;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Options;
using static Psoxy.Gcp.Tests.Caller.CallerTokens;

namespace Psoxy.Gcp.Tests.Caller;

/// <summary>How often Google is asked for its keys, whatever comes in and however Google answers.</summary>
public sealed class GoogleSignaturesTests : IDisposable
{
    private readonly TokenSigner _google = new();
    private readonly TokenSigner _next = new();
    private readonly TokenSigner _forger = new();
    private FakeTimeProvider _time = null!;
    private KeyServer _server = null!;
    private GoogleSignatures _signatures = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _server = await KeyServer.StartAsync();
        _server.Answer = () => (200, _google.KeySet().ToJsonString());
        _signatures = new(new ProxyOptions { CallerKeysUrl = _server.Url, CallerAudiences = FrozenSet.Create(StringComparer.Ordinal, Url) }, _time);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _signatures.Dispose();
        await _server.DisposeAsync();
    }

    public void Dispose()
    {
        _google.Dispose();
        _next.Dispose();
        _forger.Dispose();
        _signatures?.Dispose();
    }

    [Test]
    public async Task Many_callers_at_once_make_one_fetch()
    {
        var verdicts = await ManyAsync(_google, 50);

        Assert.That(verdicts, Is.All.EqualTo(CallerVerdict.Accepted));
        Assert.That(_server.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task Forged_tokens_do_not_make_us_hammer_Google()
    {
        Assert.That(await ManyAsync(_forger, 200), Is.All.EqualTo(CallerVerdict.OtherSignature));
        Assert.That(_server.Requests, Is.EqualTo(1), "the keys are new, so that there can be no newer ones");

        _time.Advance(GoogleSignatures.KeysAreNew);
        Assert.That(await ManyAsync(_forger, 200), Is.All.EqualTo(CallerVerdict.OtherSignature));
        Assert.That(_server.Requests, Is.EqualTo(2), "one more, for the lot of them");
        Assert.That(await VerifyAsync(_google), Is.EqualTo(CallerVerdict.Accepted));
        Assert.That(_server.Requests, Is.EqualTo(2));
    }

    [Test]
    public async Task Googles_next_key_is_fetched_when_the_first_token_with_it_comes()
    {
        Assert.That(await VerifyAsync(_google), Is.EqualTo(CallerVerdict.Accepted));
        _server.Answer = () => (200, _next.KeySet().ToJsonString());
        Assert.That(await VerifyAsync(_next), Is.EqualTo(CallerVerdict.OtherSignature), "not before the pause is over");

        _time.Advance(GoogleSignatures.KeysAreNew);

        Assert.That(await VerifyAsync(_next), Is.EqualTo(CallerVerdict.Accepted));
        Assert.That(await VerifyAsync(_google), Is.EqualTo(CallerVerdict.OtherSignature), "a key that Google has withdrawn is good no longer");
        Assert.That(_server.Requests, Is.EqualTo(2));
    }

    [Test]
    public async Task Keys_are_renewed_before_the_library_would_fetch_on_its_own()
    {
        for (var renewal = 1; renewal <= 20; renewal++)
        {
            Assert.That(await VerifyAsync(_google), Is.EqualTo(CallerVerdict.Accepted));
            Assert.That(_server.Requests, Is.LessThanOrEqualTo(renewal));
            if (renewal > 15) continue;
            _time.Advance(GoogleSignatures.KeysLast);
        }

        Assert.That(_server.Requests, Is.EqualTo(16), "as long as its cache, by its own clock, is not asked twice for one address");
    }

    [TestCase(500, "no")]
    [TestCase(404, "{}")]
    [TestCase(200, "")]
    [TestCase(200, "{}")]
    [TestCase(200, "<html>sign in</html>")]
    [TestCase(200, """{"keys":[]}""")]
    [TestCase(200, """{"keys":[{"kty":"RSA"}]}""")]
    [TestCase(200, """{"keys":[{"kty":"RSA","n":"","e":""}]}""")]
    [TestCase(200, """{"keys":{"n":"AQAB"}}""")]
    public async Task What_is_not_keys_verifies_nobody_and_is_asked_for_again_only_after_a_pause(int status, string body)
    {
        _server.Answer = () => (status, body);

        Assert.That(await ManyAsync(_google, 50), Is.All.EqualTo(CallerVerdict.KeysUnreachable));
        Assert.That(_server.Requests, Is.EqualTo(1));

        _server.Answer = () => (200, _google.KeySet().ToJsonString());
        Assert.That(await VerifyAsync(_google), Is.EqualTo(CallerVerdict.KeysUnreachable), "within the pause nobody asks");
        _time.Advance(GoogleSignatures.FailurePause);
        Assert.That(await VerifyAsync(_google), Is.EqualTo(CallerVerdict.Accepted));
        Assert.That(_server.Requests, Is.EqualTo(2));
    }

    [Test]
    public async Task Known_keys_go_on_verifying_while_Google_is_away_until_they_are_old()
    {
        Assert.That(await VerifyAsync(_google), Is.EqualTo(CallerVerdict.Accepted));
        _server.Answer = () => (503, "");
        _time.Advance(GoogleSignatures.KeysLast - TimeSpan.FromSeconds(1));

        Assert.That(await VerifyAsync(_google), Is.EqualTo(CallerVerdict.Accepted));
        Assert.That(await VerifyAsync(_forger), Is.EqualTo(CallerVerdict.KeysUnreachable), "it may be of the next key: nobody can tell");

        _time.Advance(GoogleSignatures.FailurePause);
        Assert.That(await VerifyAsync(_google), Is.EqualTo(CallerVerdict.KeysUnreachable));
    }

    [Test]
    public async Task Who_does_not_answer_is_given_up_and_only_one_request_waits()
    {
        var gate = new TaskCompletionSource();
        _server.Gate = gate.Task;
        var first = ManyAsync(_google, 20);
        await _server.Arrived.Task;

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.That(await first, Is.All.EqualTo(CallerVerdict.KeysUnreachable));
        Assert.That(_server.Requests, Is.EqualTo(1));
        gate.SetResult();
        _time.Advance(GoogleSignatures.FailurePause);
        Assert.That(await VerifyAsync(_google), Is.EqualTo(CallerVerdict.Accepted), "the next one works");
    }

    [Test]
    public async Task Callers_that_go_away_do_not_start_one_fetch_each()
    {
        var gate = new TaskCompletionSource();
        _server.Gate = gate.Task;
        using var gone = new CancellationTokenSource();
        var vanished = Enumerable.Range(0, 20).Select(_ => _signatures.VerifyAsync(_google.Sign(Claims()), gone.Token)).ToArray();
        await _server.Arrived.Task;

        await gone.CancelAsync();
        gate.SetResult();

        foreach (var one in vanished) Assert.That(async () => await one, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await VerifyAsync(_google), Is.EqualTo(CallerVerdict.Accepted));
        Assert.That(_server.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task A_failure_is_remembered_though_who_met_it_has_gone_away()
    {
        var gate = new TaskCompletionSource();
        (_server.Gate, _server.Answer) = (gate.Task, () => (500, ""));
        using var gone = new CancellationTokenSource();
        var vanished = _signatures.VerifyAsync(_google.Sign(Claims()), gone.Token);
        await _server.Arrived.Task;

        await gone.CancelAsync();
        gate.SetResult();

        Assert.That(await vanished, Is.EqualTo(CallerVerdict.KeysUnreachable));
        Assert.That(await VerifyAsync(_google), Is.EqualTo(CallerVerdict.KeysUnreachable));
        Assert.That(_server.Requests, Is.EqualTo(1));
    }

    private Task<CallerVerdict> VerifyAsync(TokenSigner signer) => _signatures.VerifyAsync(signer.Sign(Claims()), CancellationToken.None);

    private Task<CallerVerdict[]> ManyAsync(TokenSigner signer, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => VerifyAsync(signer))));
}
