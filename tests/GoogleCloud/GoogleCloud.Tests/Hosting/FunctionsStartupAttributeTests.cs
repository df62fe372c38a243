using Google.Cloud.Functions.Hosting;

namespace GoogleCloud.Tests.Hosting;

public sealed class FunctionsStartupAttributeTests
{
    [Test]
    public void Startups_run_by_order_then_by_name() =>
        Assert.That(FunctionsStartupAttribute.GetStartupTypes(typeof(FunctionsStartupAttributeTests).Assembly, typeof(Target)), Is.EqualTo([typeof(First), typeof(Beta), typeof(Gamma)]));

    private sealed class First : FunctionsStartup;

    private sealed class Beta : FunctionsStartup;

    private sealed class Gamma : FunctionsStartup;

    [FunctionsStartup(typeof(Gamma), Order = 2)]
    [FunctionsStartup(typeof(Beta), Order = 2)]
    [FunctionsStartup(typeof(First), Order = 1)]
    private sealed class Target;
}
