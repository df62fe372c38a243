using Psoxy.Gcp.Options;

namespace Psoxy.Gcp.Tests.Caller;

/// <summary>What ALLOWED_CALLERS and CALLER_AUDIENCES may say.</summary>
public sealed class CallerOptionsTests
{
    private const string Account = "worklytics@customer.iam.gserviceaccount.com";
    private const string Url = "https://psoxy.a.run.app";

    [TestCase(Account, Url, new[] { Account }, new[] { Url, Url + "/" })]
    [TestCase(" " + Account + " , 112233445566778899001,person@customer.example", Url + "/", new[] { Account, "112233445566778899001", "person@customer.example" }, new[] { Url, Url + "/" })]
    [TestCase(Account, "32555940559.apps.googleusercontent.com", new[] { Account }, new[] { "32555940559.apps.googleusercontent.com" })]
    [TestCase(Account, Url + ", my-custom-audience", new[] { Account }, new[] { Url, Url + "/", "my-custom-audience" })]
    public void Accepts(string callers, string audiences, string[] allowed, string[] expected)
    {
        var (options, problems) = Read(callers, audiences);

        Assert.That(problems, Is.Empty);
        Assert.That(options.Allowed.Keys, Is.EquivalentTo(allowed));
        Assert.That(options.Audiences, Is.EquivalentTo(expected));
    }

    [TestCase("", Url, "ALLOWED_CALLERS: entry 1 is empty.")]
    [TestCase(" , ", Url, "ALLOWED_CALLERS: entry 2 is empty.")]
    [TestCase(Account + ",", Url, "ALLOWED_CALLERS: entry 2 is empty.")]
    [TestCase("serviceAccount:" + Account, Url, "without 'serviceAccount:'")]
    [TestCase("Worklytics@customer.iam.gserviceaccount.com", Url, "must be in lower case")]
    [TestCase("*", Url, "no wildcards")]
    [TestCase("*@customer.iam.gserviceaccount.com", Url, "no wildcards")]
    [TestCase("allusers", Url, "is neither the e-mail")]
    [TestCase("@customer.example", Url, "is neither the e-mail")]
    [TestCase("a@b@c.example", Url, "is neither the e-mail")]
    [TestCase("w\u043erklytics@customer.example", Url, "is neither the e-mail")]
    [TestCase("a@b.example c@d.example", Url, "is neither the e-mail")]
    [TestCase("12345", Url, "is no unique id")]
    [TestCase(Account, null, "CALLER_AUDIENCES is missing")]
    [TestCase(null, Url, "CALLER_AUDIENCES does nothing without ALLOWED_CALLERS")]
    [TestCase(Account, "http://psoxy.example", "CALLER_AUDIENCES: entry 1 must be an https URL.")]
    [TestCase(Account, "https://", "must be an https URL")]
    [TestCase(Account, "https://*.run.app", "no wildcards")]
    [TestCase(Account, Url + ",", "CALLER_AUDIENCES: entry 2 is empty.")]
    [TestCase(Account, "a b", "without blanks")]
    public void Rejects(string? callers, string? audiences, string expected)
    {
        var problems = Read(callers, audiences).Problems;

        Assert.That(problems, Has.Some.Contains(expected));
        Assert.That(string.Join('\n', problems), Does.Not.Contain("customer.example"), "nobody's address is told");
    }

    [Test]
    public void None_asks_nobody()
    {
        var (options, problems) = Read(null, null);

        Assert.That(problems, Is.Empty);
        Assert.That(options.Allowed, Is.Empty);
    }

    private static (CallerOptions Options, List<string> Problems) Read(string? callers, string? audiences)
    {
        var problems = new List<string>();
        var options = CallerOptions.Read(name => name == "ALLOWED_CALLERS" ? callers : audiences, problems.Add);
        return (options, problems);
    }
}
