using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Psoxy.Gcp.Limits;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Tests.Limits;

/// <summary>How many requests are in work, and what becomes of the others.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TurnsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<IDisposable> _ends = [];
    private readonly Engine _engine = Exchanges.Engine(new ProxyOptions());
    private readonly Turns _turns;

    public TurnsTests() => _turns = new(new ProxyOptions { MaxConcurrentRequests = 2 }, _engine);

    public void Dispose()
    {
        _ends.ForEach(end => end.Dispose());
        _turns.Dispose();
    }

    [Test]
    public async Task A_third_waits_until_one_of_two_is_done()
    {
        var first = await TakeAsync();
        await TakeAsync();
        var third = _turns.TakeAsync(Exchange());
        Assert.That(third.IsCompleted, Is.False);

        first.Dispose();

        Assert.That((await third).TryGet(out var turn), Is.True);
        _ends.Add(turn!);
    }

    [Test]
    public async Task Who_finds_twice_as_many_waiting_is_told_to_come_back()
    {
        await TakeAsync();
        await TakeAsync();
        var waiting = Enumerable.Range(0, 4).Select(_ => _turns.TakeAsync(Exchange())).ToList();
        Assert.That(waiting.TrueForAll(one => !one.IsCompleted), Is.True);

        var fault = (await _turns.TakeAsync(Exchange())).Or(out _)!;

        Assert.That((fault.Error, fault.Error.Http()), Is.EqualTo((ProxyError.Busy, (503, "CONNECTION_TO_SOURCE"))));
        Assert.That(fault.RetryAfterSeconds, Is.InRange(2, 7));
    }

    [Test]
    public async Task Nobody_waits_longer_than_ten_seconds()
    {
        await TakeAsync();
        await TakeAsync();
        var third = _turns.TakeAsync(Exchange());
        _time.Advance(Turns.Patience - TimeSpan.FromMilliseconds(1));
        Assert.That(third.IsCompleted, Is.False);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That((await third).Or(out _)!.Error, Is.EqualTo(ProxyError.Busy));
    }

    [Test]
    public async Task A_turn_leaves_the_request_all_of_its_time()
    {
        var exchange = Exchange();
        _ends.Add((await _turns.TakeAsync(exchange)).TryGet(out var turn) ? turn : throw new AssertionException("no turn"));

        _time.Advance(_engine.Budget - TimeSpan.FromMilliseconds(1));
        Assert.That(exchange.IsOutOfTime, Is.False);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(exchange.IsOutOfTime, Is.True);
    }

    [Test]
    public async Task A_caller_who_goes_away_waits_no_longer()
    {
        await TakeAsync();
        await TakeAsync();
        using var gone = new CancellationTokenSource();
        var third = _turns.TakeAsync(Exchange(context: new DefaultHttpContext { RequestAborted = gone.Token }));

        await gone.CancelAsync();

        Assert.That(async () => await third, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_health_check_does_not_wait_behind_requests()
    {
        await TakeAsync();
        await TakeAsync();

        var check = _turns.TakeForHealthCheckAsync(Exchange());

        Assert.That(check.IsCompleted, Is.True);
        Assert.That((await check).TryGet(out var turn), Is.True);
        turn!.Dispose();
    }

    [Test]
    public async Task Health_checks_are_no_way_around_the_limit()
    {
        var checks = Enumerable.Range(0, 11).Select(_ => _turns.TakeForHealthCheckAsync(Exchange())).ToList();

        Assert.That(checks.Count(check => check.IsCompletedSuccessfully), Is.EqualTo(3), "two in work and one refused; eight wait");
        Assert.That((await checks[10]).Or(out _)!.Error, Is.EqualTo(ProxyError.Busy));
        foreach (var check in checks.Take(2)) _ends.Add((await check).TryGet(out var turn) ? turn : throw new AssertionException("no turn"));
    }

    [Test]
    public async Task Requests_to_one_mailbox_wait_for_each_other_and_for_no_other_mailbox()
    {
        using var wide = new Turns(new ProxyOptions(), _engine);
        var first = await KeepAsync(wide.TakeAsync(Exchange(Mail(1))));
        for (var number = 1; number < MailboxTurns.AtOnce; number++) await KeepAsync(wide.TakeAsync(Exchange(Mail(1))));

        var fifth = wide.TakeAsync(Exchange(Mail(1)));
        var other = wide.TakeAsync(Exchange(Mail(2)));
        var directory = wide.TakeAsync(Exchange("/v1.0/users/00000001-5fad-4d73-a9f5-000000000001"));

        Assert.That((fifth.IsCompleted, other.IsCompleted, directory.IsCompleted), Is.EqualTo((false, true, true)));
        await KeepAsync(other);
        await KeepAsync(directory);
        first.Dispose();
        await KeepAsync(fifth);
    }

    [Test]
    public async Task A_key_in_parentheses_names_the_same_mailbox()
    {
        using var wide = new Turns(new ProxyOptions(), _engine);
        var first = await KeepAsync(wide.TakeAsync(Exchange(Mail(1))));
        for (var number = 1; number < MailboxTurns.AtOnce; number++) await KeepAsync(wide.TakeAsync(Exchange(Mail(1))));

        var fifth = wide.TakeAsync(Exchange("/v1.0/users('00000001-5fad-4d73-a9f5-000000000001')/mailboxSettings"));

        Assert.That(fifth.IsCompleted, Is.False);
        first.Dispose();
        await KeepAsync(fifth);
    }

    private static string Mail(int user) => $"/v1.0/users/00000001-5fad-4d73-a9f5-{user:D12}/mailFolders/SentItems/messages";

    private async Task<Turn> TakeAsync() => await KeepAsync(_turns.TakeAsync(Exchange()));

    private async Task<Turn> KeepAsync(Task<Attempt<Turn>> taking)
    {
        if (!(await taking).TryGet(out var turn)) throw new AssertionException("no turn");
        _ends.Add(turn);
        return turn;
    }

    private Exchange Exchange(string path = "/v1.0/users", HttpContext? context = null)
    {
        var exchange = Exchanges.Of(_engine, _time, path, context);
        _ends.Add(exchange);
        return exchange;
    }
}
