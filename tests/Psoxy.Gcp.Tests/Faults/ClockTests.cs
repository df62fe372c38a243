using Psoxy.Emulator.Tokens;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>Clocks that disagree, and lifetimes that make no sense. The function's clock cannot be moved, so Google's and Entra's are.</summary>
[Parallelizable(ParallelScope.Children)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ClockTests
{
    private const string OutsideOfItsTime = "500 CONNECTION_SETUP";

    [TestCase(4, "200")]
    [TestCase(-4, "200")]
    [TestCase(-6, "200")] // it is good for 54 minutes yet
    [TestCase(6, OutsideOfItsTime)] // of the future
    [TestCase(60, OutsideOfItsTime)]
    [TestCase(-66, OutsideOfItsTime)]
    public Task Googles_clock_is_ahead_by_minutes(int minutes, string expected) =>
        CheckAsync("Google ahead by " + minutes + " min", expected, clock => clock.GoogleIsAhead = TimeSpan.FromMinutes(minutes));

    [TestCase(5, "200")]
    [TestCase(-4, "200")]
    [TestCase(-6, OutsideOfItsTime)]
    [TestCase(-60, OutsideOfItsTime)]
    [TestCase(66, OutsideOfItsTime)]
    public Task Entras_clock_is_ahead_by_minutes(int minutes, string expected) =>
        CheckAsync("Entra ahead by " + minutes + " min", expected, clock => clock.EntraIsAhead = TimeSpan.FromMinutes(minutes));

    [TestCase(1)]
    [TestCase(60)]
    [TestCase(299)]
    public Task An_identity_token_that_is_nearly_over(int seconds) => CheckAsync($"identity token of {seconds} s", "200", clock => clock.IdentityTokenSeconds = seconds);

    [TestCase(1)]
    [TestCase(0)]
    [TestCase(-3600)]
    [TestCase(86_400 * 365)]
    [TestCase(long.MaxValue / 1000)]
    public Task Entra_says_that_a_good_token_lasts(long seconds) => CheckAsync($"expires_in {seconds}", "200 or 503 CONNECTION_TO_SOURCE", clock => clock.ExpiresIn = seconds);

    [Test]
    public async Task A_token_that_ends_before_Entra_says_is_replaced_when_Graph_refuses_it()
    {
        await using var fixture = await FunctionFixture.StartAsync();
        fixture.Emulator.Faults.Graph.Set(Emulator.Faults.FaultKind.ExpiredToken, times: 1);

        var answer = await fixture.SendAsync(FaultChecks.Users);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(fixture.Emulator.EntraRequests.Count, Is.EqualTo(2), "the warm-up's and its replacement");
    }

    private static async Task CheckAsync(string name, string expected, Action<TokenClock> change)
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("WARM_UP", "false"));
        change(fixture.Emulator.Clock);

        var outcome = await Outcome.OfAsync(fixture.Client, FaultChecks.Users);

        FaultTable.Add("clock", "cold", name, outcome.ToString());
        if (expected.Contains(" or ", StringComparison.Ordinal)) expected = expected.Split(" or ").Contains(outcome.Verdict) ? outcome.Verdict : expected;
        await FaultChecks.AssertHarmlessAsync(outcome, expected, await fixture.GraphAsync(FaultChecks.Users), fixture.Function);
        if (expected == OutsideOfItsTime) Assert.That(outcome.Answer.Body, Does.Contain("AADSTS700024").And.Contain("compare the clocks"));

        // However short a token's life: one request of Entra's for one of ours, and no storm.
        var before = fixture.Emulator.EntraRequests.Count;
        await fixture.SendAsync(FaultChecks.Users);
        Assert.That(fixture.Emulator.EntraRequests.Count - before, Is.LessThanOrEqualTo(2));
        (fixture.Emulator.Clock.GoogleIsAhead, fixture.Emulator.Clock.EntraIsAhead, fixture.Emulator.Clock.ExpiresIn, fixture.Emulator.Clock.IdentityTokenSeconds) = (TimeSpan.Zero, TimeSpan.Zero, null, 3600);
        if (expected == "200") await FaultChecks.AssertRecoversAsync(fixture);
    }
}
