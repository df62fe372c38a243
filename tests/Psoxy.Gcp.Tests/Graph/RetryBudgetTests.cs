using Psoxy.Gcp.Graph;

namespace Psoxy.Gcp.Tests.Graph;

/// <summary>How many failures an instance puts up with before it stops repeating.</summary>
public sealed class RetryBudgetTests
{
    [Test]
    public void Allows_while_more_than_half_of_ten_failures_are_left()
    {
        var budget = new RetryBudget();
        for (var failure = 0; failure < 4; failure++) budget.Failed();
        Assert.That(budget.Allows, Is.True);

        budget.Failed();

        Assert.That(budget.Allows, Is.False);
    }

    [Test]
    public void One_failure_in_ten_is_always_repeated()
    {
        var budget = new RetryBudget();
        for (var round = 0; round < 1000; round++)
        {
            budget.Failed();
            Assert.That(budget.Allows, Is.True, $"round {round}");
            for (var success = 0; success < 10; success++) budget.Succeeded();
        }
    }

    [Test]
    public void An_outage_takes_fifty_successes_and_one_to_be_forgotten()
    {
        var budget = new RetryBudget();
        for (var failure = 0; failure < 1000; failure++) budget.Failed();
        for (var success = 0; success < 50; success++) budget.Succeeded();
        Assert.That(budget.Allows, Is.False);

        budget.Succeeded();

        Assert.That(budget.Allows, Is.True);
    }
}
