using Psoxy.Gcp.Limits;

namespace Psoxy.Gcp.Tests.Limits;

/// <summary>Four at a time at each mailbox, in the order of arrival, and nothing kept of a mailbox that nobody reads.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MailboxTurnsTests
{
    private readonly MailboxTurns _turns = new();

    [TearDown]
    public void Nothing_is_kept() => Assert.That(_turns.Count, Is.Zero);

    [Test]
    public async Task A_fifth_waits_until_one_of_four_is_done()
    {
        var four = await TakeAsync("a", 4);
        var fifth = _turns.TakeAsync("a", default);
        Assert.That(fifth.IsCompleted, Is.False);

        four[2].Dispose();

        using var turn = await fifth;
        Assert.That(turn, Is.Not.Null);
        End(four);
    }

    [Test]
    public async Task Nobody_waits_for_another_mailbox()
    {
        var four = await TakeAsync("a", 4);

        var other = _turns.TakeAsync("b", default);

        Assert.That(other.IsCompleted, Is.True);
        Assert.That(_turns.Count, Is.EqualTo(2));
        End([.. four, (await other)!]);
    }

    [Test]
    public async Task A_mailbox_is_the_same_in_any_case()
    {
        var four = await TakeAsync("Ann@contoso.example", 4);

        var fifth = _turns.TakeAsync("ann@CONTOSO.example", default);

        Assert.That(fifth.IsCompleted, Is.False);
        End(four);
        (await fifth)!.Dispose();
    }

    [Test]
    public async Task Too_many_who_wait_are_told_at_once()
    {
        var four = await TakeAsync("a", 4);
        var waiting = Enumerable.Range(0, MailboxTurns.Waiting).Select(_ => _turns.TakeAsync("a", default)).ToList();
        Assert.That(waiting.TrueForAll(one => !one.IsCompleted), Is.True);

        var tooMany = _turns.TakeAsync("a", default);

        Assert.That(tooMany.IsCompleted, Is.True);
        Assert.That(await tooMany, Is.Null);
        End(four);
        foreach (var one in waiting) (await one)!.Dispose();
    }

    [Test]
    public async Task Who_gives_up_makes_room()
    {
        var four = await TakeAsync("a", 4);
        using var patience = new CancellationTokenSource();
        var fifth = _turns.TakeAsync("a", patience.Token);
        var sixth = _turns.TakeAsync("a", default);

        await patience.CancelAsync();

        Assert.That(async () => await fifth, Throws.InstanceOf<OperationCanceledException>());
        four[0].Dispose();
        (await sixth)!.Dispose();
        End(four);
    }

    [Test]
    public async Task A_turn_is_given_back_once()
    {
        var four = await TakeAsync("a", 4);
        four[0].Dispose();
        four[0].Dispose();
        using (await _turns.TakeAsync("a", default))
        {
            var another = _turns.TakeAsync("a", default);

            Assert.That(another.IsCompleted, Is.False, "three of the first four and one more are there");
            four[1].Dispose();
            (await another)!.Dispose();
        }

        End(four);
    }

    [Test]
    public async Task Ten_thousand_mailboxes_leave_nothing_behind()
    {
        for (var number = 0; number < 10_000; number++) (await _turns.TakeAsync($"{number}", default))!.Dispose();

        Assert.That(_turns.Count, Is.Zero);
    }

    private async Task<List<IDisposable>> TakeAsync(string mailbox, int count)
    {
        var turns = new List<IDisposable>();
        for (var number = 0; number < count; number++) turns.Add((await _turns.TakeAsync(mailbox, default))!);
        return turns;
    }

    private static void End(List<IDisposable> turns) => turns.ForEach(turn => turn.Dispose());
}
