using Microsoft.Identity.Client;
using Psoxy.Core.Entra;
using Psoxy.Emulator;
using Psoxy.Gcp.Identity;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Tests.Identity;

public sealed class EntraErrorsTests
{
    private static IEnumerable<int> Codes => EntraErrorCatalog.All.Select(error => error.Code);

    [TestCaseSource(nameof(Codes))]
    public void Every_known_code_gets_its_cause_and_fix_and_none_of_Entras_words(int code)
    {
        var refused = Refused(400, $$"""{"error":"invalid_client","error_description":"AADSTS{{code}}: Kanarie App of Kanarie Tenant.","error_codes":[{{code}}]}""");
        Assert.That(Canaries.FindIn(refused.ResponseBody), Is.Not.Null);
        var known = EntraErrorCatalog.Find(code)!;

        var fault = EntraErrors.Explain(refused);

        Assert.That(fault.Error, Is.EqualTo(known.Retry == EntraRetry.Later ? ProxyError.ConnectionToSource : ProxyError.ConnectionSetup));
        Assert.That(fault.Message, Does.EndWith($" AADSTS{code}: {known.Cause} {known.Fix}"));
        Assert.That(fault.RetryAfterSeconds, Is.EqualTo(known.Retry == EntraRetry.Later ? 10 : (int?)null));
        Assert.That(Canaries.FindIn(fault.Message + fault), Is.Null);
    }

    [Test]
    public void An_unknown_code_leads_to_Microsofts_page()
    {
        var fault = EntraErrors.Explain(Refused(400, """{"error":"invalid_grant","error_description":"AADSTS12345678: Kanarie","error_codes":[12345678]}"""));

        Assert.That((fault.Error, fault.Message), Is.EqualTo((ProxyError.ConnectionSetup, "Entra refuses. AADSTS12345678: look the code up at https://login.microsoftonline.com/error?code=12345678.")));
    }

    [Test]
    public void Of_several_codes_the_first_that_is_known_is_told()
    {
        var fault = EntraErrors.Explain(Refused(400, """{"error_codes":[12345678,700213]}"""));

        Assert.That(fault.Message, Does.StartWith("Entra refuses. AADSTS700213: "));
    }

    [TestCase(400, "{}", ProxyError.ConnectionSetup, "Entra refuses. It gives no code.")]
    [TestCase(401, "<html>Kanarie</html>", ProxyError.ConnectionSetup, "Entra refuses. It gives no code.")]
    [TestCase(200, "<html>Kanarie</html>", ProxyError.ConnectionToSource, "Entra does not answer as Entra does.")]
    [TestCase(429, "Kanarie", ProxyError.ConnectionToSource, "Entra cannot answer now.")]
    [TestCase(503, """{"error_codes":[700213]}""", ProxyError.ConnectionToSource, "Entra cannot answer now. AADSTS700213: ")]
    public void Whatever_it_is_something_is_told(int status, string body, object error, string message)
    {
        var fault = EntraErrors.Explain(Refused(status, body));

        Assert.That(fault.Error, Is.EqualTo(error));
        Assert.That(fault.Message, Does.StartWith(message));
        Assert.That(Canaries.FindIn(fault.Message), Is.Null);
    }

    private static MsalServiceException Refused(int status, string body) => new("invalid_client", "Kanarie", status) { ResponseBody = body };
}
