using Psoxy.Gcp.Options;

namespace Psoxy.Gcp.Tests.Options;

/// <summary>Settings of limits: their defaults, their ranges, and what is said of a value outside.</summary>
public sealed class LimitOptionsTests
{
    [Test]
    public void Defaults_are_what_the_documentation_says()
    {
        var options = Read("MAX_CONCURRENT_REQUESTS", null).Options;

        Assert.That((options.MaxConcurrentRequests, options.RetryWait, options.SourceIdle), Is.EqualTo((32, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30))));
        Assert.That(options, Has.Property("MaxConcurrentRequests").EqualTo(new ProxyOptions().MaxConcurrentRequests));
    }

    [TestCase("MAX_CONCURRENT_REQUESTS", "1")]
    [TestCase("MAX_CONCURRENT_REQUESTS", "1000")]
    [TestCase("RETRY_WAIT_SECONDS", "0")]
    [TestCase("RETRY_WAIT_SECONDS", "60")]
    [TestCase("SOURCE_IDLE_SECONDS", "1")]
    [TestCase("SOURCE_IDLE_SECONDS", "600")]
    public void Accepts_the_ends_of_each_range(string name, string value) => Assert.That(Read(name, value).Problems.Where(problem => problem.Contains(name, StringComparison.Ordinal)), Is.Empty);

    [TestCase("MAX_CONCURRENT_REQUESTS", "0", "from 1 to 1000")]
    [TestCase("MAX_CONCURRENT_REQUESTS", "1001", "from 1 to 1000")]
    [TestCase("MAX_CONCURRENT_REQUESTS", "many", "from 1 to 1000")]
    [TestCase("RETRY_WAIT_SECONDS", "61", "from 0 to 60")]
    [TestCase("RETRY_WAIT_SECONDS", "-1", "from 0 to 60")]
    [TestCase("RETRY_WAIT_SECONDS", "1.5", "from 0 to 60")]
    [TestCase("SOURCE_IDLE_SECONDS", "0", "from 1 to 600")]
    [TestCase("SOURCE_IDLE_SECONDS", "601", "from 1 to 600")]
    public void Rejects_what_is_outside_and_names_the_range(string name, string value, string range) =>
        Assert.That(Read(name, value).Problems, Has.Some.Matches<string>(problem => problem == $"{name} must be a whole number {range}."));

    private static (ProxyOptions Options, System.Collections.Immutable.ImmutableArray<string> Problems) Read(string name, string? value) =>
        ProxyOptionsReader.Read(asked => asked == name ? value : null);
}
