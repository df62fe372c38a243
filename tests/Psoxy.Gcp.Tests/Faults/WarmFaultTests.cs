using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>With secrets and token in hand, what is wrong with where they came from is nobody's concern.</summary>
[Parallelizable(ParallelScope.Self)]
[TestFixture("metadata")]
[TestFixture("Entra")]
[TestFixture("Secret Manager")]
public sealed class WarmFaultTests(string dependency)
{
    private FunctionFixture _fixture = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _fixture = await FunctionFixture.StartAsync();
        Assert.That((await _fixture.SendAsync(FaultChecks.Users)).Status, Is.EqualTo(200));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    [Test]
    public async Task Is_not_asked([Values] FaultKind fault)
    {
        var faults = _fixture.Emulator.Faults.Of(dependency);
        faults.Set(fault);
        var asked = faults.Begun;

        var outcome = await Outcome.OfAsync(_fixture.Client, FaultChecks.Users);

        faults.Clear();
        if (fault != FaultKind.None) FaultTable.Add(dependency, "warm", fault.ToString(), outcome.ToString());
        var source = await _fixture.GraphAsync(FaultChecks.Users);
        await FaultChecks.AssertHarmlessAsync(outcome, "200", source, _fixture.Function);
        FaultChecks.AssertRows(source, outcome.Answer.Body);
        Assert.That(faults.Begun, Is.EqualTo(asked), "no request");
    }
}
