using Psoxy.Core.Gate;
using Psoxy.Core.Sanitize.Values;

namespace Psoxy.Core.Tests.Sanitize.Values;

public sealed class PagingLinksTests
{
    private const string Host = "https://graph.microsoft.com";

    [TestCase("/v1.0/users?$top=5&$skiptoken=RFNwdA%3D%3D", "RFNwdA==")]
    [TestCase("/v1.0/users?%24skiptoken=abc", "abc")]
    [TestCase("/v1.0/drives/1/root/delta?token=abc&x=1", "abc")]
    [TestCase("/v1.0/users/alice%40contoso.com/messages?$skip=10", "alice@contoso.com")]
    [TestCase("/v1.0/users('alice@contoso.com')/messages?$skip=10", "alice@contoso.com")]
    [TestCase("/v1.0/users(%27alice@contoso.com%27)/messages?$skip=10", "alice@contoso.com")]
    [TestCase("/v1.0/users%28'alice%40contoso.com'%29/messages?$skip=10", "alice@contoso.com")]
    [TestCase("/v1.0/users('o''neill@contoso.com')/messages?$skip=10", "o''neill@contoso.com")]
    [TestCase("/v1.0/users?$filter=mail%20ne%20'alice@contoso.com'&$skip=1", "alice@contoso.com")]
    [TestCase("/v1.0/users?$filter=employeeId%20ne%20'O''Neill'", "O'Neill")]
    [TestCase("/v1.0/users?who=alice@contoso.com", "alice@contoso.com")]
    [TestCase("/v1.0/users?who=E12345", "E12345")]
    [TestCase("/v1.0/users/alice+news@contoso.com/messages?$skip=10", "alice+news@contoso.com")]
    [TestCase("/v1.0/users(%27alice%40contoso.com%27)/messages?$skip=10", "alice@contoso.com")]
    [TestCase("/v1.0/users('o''brien@contoso.com')/messages?$skip=10", "o''brien@contoso.com")]
    [TestCase("/v1.0/f(user='alice@contoso.com',days=7)?$skip=10", "alice@contoso.com")]
    [TestCase("/v1.0/users?$filter=mail%20in%20('alice@contoso.com',%20'bob@contoso.com')&$skip=1", "bob@contoso.com")]
    [TestCase("/v1.0/teams?$expand=members($filter=mail%20eq%20'alice@contoso.com')&$skip=1", "alice@contoso.com")]
    public void What_may_name_somebody_is_sealed_and_comes_back(string target, string hidden)
    {
        var sealed_ = PagingLinks.Seal(Host + target, Sanitizing.Pseudonymizer);

        Assert.That(sealed_.Action, Is.EqualTo(ValueAction.Replace));
        Assert.That(sealed_.Text, Does.Not.Contain(hidden).And.Not.Contain(Uri.EscapeDataString(hidden)).And.Contain("p~"));
        var split = sealed_.Text![Host.Length..].Split('?');
        Assert.That(CanonicalUrl.TryRead("GET", split[0], split[1], out var request), Is.EqualTo(GateReason.Allowed));
        Assert.That(ReverseTokens.TryReverse(request!, Sanitizing.Pseudonymizer, out var back), Is.True);
        Assert.That(Uri.UnescapeDataString(back!), Is.EqualTo(Uri.UnescapeDataString(target)));
    }

    [Test]
    public void A_quote_that_should_be_doubled_hides_nobody() =>
        Assert.That(PagingLinks.Seal(Host + "/v1.0/users('o%27brien@contoso.com')/x", Sanitizing.Pseudonymizer).Text, Does.Not.Contain("brien").And.Not.Contain("contoso").And.Contain("p~"));

    [TestCase("/v1.0/users?$top=5&$skip=100")]
    [TestCase("/v1.0/users/48d31887-5fad-4d73-a9f5-3c356e68a038/messages?%24skip=10&$select=id,mail")]
    [TestCase("/v1.0/users?$filter=accountEnabled%20eq%20true&$skip=1")]
    [TestCase("/v1.0/users")]
    [TestCase("/v1.0/users/1/calendarView?startDateTime=2026-01-01T00:00:00Z&endDateTime=2026-02-01&$count=true&$orderby=start/dateTime")]
    [TestCase("/v1.0/users/1/events?since=2026-01-01T00%3A00%3A00Z&deleted=true&empty=")]
    public void All_else_keeps_its_bytes(string target) => Assert.That(PagingLinks.Seal(Host + target, Sanitizing.Pseudonymizer).Text, Is.EqualTo(Host + target));

    [TestCase("/v1.0/chats/19%3a5610%40thread.v2/messages?$skip=1", "/v1.0/chats/19:5610@thread.v2/messages?$skip=1")]
    [TestCase("/v1.0/chats('19%3A5610%40thread.v2')/messages?$skip=1", "/v1.0/chats('19%3A5610%40thread.v2')/messages?$skip=1")]
    [TestCase("/v1.0/users/1/onlineMeetings/MSo1%3D%3D/attendanceReports", "/v1.0/users/1/onlineMeetings/MSo1==/attendanceReports")]
    [TestCase("/v1.0/x/a%2527b/c%2Fd", "/v1.0/x/a%2527b/c%2Fd")]
    public void An_id_in_the_path_is_spelled_as_the_gate_spells_it(string target, string spelled) =>
        Assert.That(PagingLinks.Seal(Host + target, Sanitizing.Pseudonymizer).Text, Is.EqualTo(Host + spelled));

    [TestCase("http://graph.microsoft.com/v1.0/users")]
    [TestCase("Alice Smith")]
    [TestCase("https://graph.microsoft.com/v1.0/users?$skiptoken=%zz")]
    [TestCase("https://graph.microsoft.com/v1.0/users?$skiptoken=%00")]
    [TestCase("https://graph.microsoft.com/v1.0/users?$filter=mail%20eq%20'alice@contoso.com")]
    [TestCase("https://graph.microsoft.com/v1.0/users?a%26b=1")]
    public void What_cannot_be_read_becomes_null(string link) => Assert.That(PagingLinks.Seal(link, Sanitizing.Pseudonymizer).Action, Is.EqualTo(ValueAction.Null));
}
