using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Psoxy.Gcp.Caller;

namespace Psoxy.Gcp.Tests.Caller;

/// <summary>Whose address counts.</summary>
public sealed class CallerAddressTests
{
    [TestCase("203.0.113.9, 10.1.1.1", 2, "203.0.113.9")]
    [TestCase("203.0.113.9,10.1.1.1", 2, "203.0.113.9")]
    [TestCase("203.0.113.9 \t, 10.1.1.1", 2, "203.0.113.9")]
    [TestCase("198.51.100.7, 203.0.113.9, 10.1.1.1", 2, "203.0.113.9", TestName = "{m}: one spoofed entry before it")]
    [TestCase("rubbish, , 1, 203.0.113.9, 10.1.1.1", 2, "203.0.113.9", TestName = "{m}: spoofed rubbish before it")]
    [TestCase("203.0.113.9", 1, "203.0.113.9")]
    [TestCase("198.51.100.7, 203.0.113.9", 1, "203.0.113.9", TestName = "{m}: the last one, spoofed before")]
    [TestCase("203.0.113.9, 10.1.1.1, 10.2.2.2", 3, "203.0.113.9")]
    [TestCase("2001:db8::5, 10.1.1.1", 2, "2001:db8::5")]
    [TestCase("2001:0DB8:0:0::0005, 10.1.1.1", 2, "2001:db8::5", TestName = "{m}: v6 in another spelling")]
    [TestCase("::ffff:203.0.113.9, 10.1.1.1", 2, "203.0.113.9", TestName = "{m}: v4 in v6's clothes")]
    [TestCase("::ffff:cb00:7109, 10.1.1.1", 2, "203.0.113.9", TestName = "{m}: v4 in v6's clothes, in hex")]
    public void Accepts(string header, int hop, string expected) => Assert.That(Of(hop, header), Is.EqualTo(IPAddress.Parse(expected)));

    [TestCase("203.0.113.9", 2, TestName = "{m}: too few entries")]
    [TestCase("", 2, TestName = "{m}: an empty header")]
    [TestCase("203.0.113.9, 10.1.1.1", 3, TestName = "{m}: fewer than the deployment says")]
    [TestCase(", 10.1.1.1", 2, TestName = "{m}: an empty entry")]
    [TestCase("unknown, 10.1.1.1", 2)]
    [TestCase("_hidden, 10.1.1.1", 2)]
    [TestCase("203.0.113.9:4711, 10.1.1.1", 2, TestName = "{m}: a port")]
    [TestCase("[2001:db8::5], 10.1.1.1", 2, TestName = "{m}: brackets")]
    [TestCase("[2001:db8::5]:443, 10.1.1.1", 2, TestName = "{m}: brackets and a port")]
    [TestCase("fe80::1%eth0, 10.1.1.1", 2, TestName = "{m}: a zone")]
    [TestCase("203.0.113.09, 10.1.1.1", 2, TestName = "{m}: a zero in front")]
    [TestCase("0313.0.0161.011, 10.1.1.1", 2, TestName = "{m}: octal")]
    [TestCase("0xcb.0.0x71.9, 10.1.1.1", 2, TestName = "{m}: hex")]
    [TestCase("3405803785, 10.1.1.1", 2, TestName = "{m}: one number")]
    [TestCase("203.0.28937, 10.1.1.1", 2, TestName = "{m}: three numbers")]
    [TestCase("203.0.113.9/32, 10.1.1.1", 2, TestName = "{m}: a block")]
    [TestCase("203.0.113.9 10.1.1.1", 2, TestName = "{m}: blanks for a comma")]
    [TestCase("\"203.0.113.9\", 10.1.1.1", 2, TestName = "{m}: quotes")]
    [TestCase("for=203.0.113.9, 10.1.1.1", 2, TestName = "{m}: another header's form")]
    [TestCase("\u0662\u0660\u0663.0.113.9, 10.1.1.1", 2, TestName = "{m}: other digits")]
    public void Rejects(string header, int hop) => Assert.That(Of(hop, header), Is.Null);

    [Test]
    public void Many_headers_are_one_list()
    {
        Assert.That(Of(2, "198.51.100.7", "203.0.113.9, 10.1.1.1"), Is.EqualTo(IPAddress.Parse("203.0.113.9")));
        Assert.That(Of(2, "203.0.113.9", "10.1.1.1"), Is.EqualTo(IPAddress.Parse("203.0.113.9")));
    }

    [Test]
    public void Without_a_front_end_it_is_the_connections()
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse("::ffff:127.0.0.1");

        Assert.That(CallerAddress.Of(context.Request, 2), Is.EqualTo(IPAddress.Loopback));
    }

    [Test]
    public void A_front_end_that_names_nobody_does_not_make_it_the_connections()
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Request.Headers["X-Forwarded-For"] = "rubbish, 10.1.1.1";

        Assert.That(CallerAddress.Of(context.Request, 2), Is.Null);
    }

    private static IPAddress? Of(int hop, params string[] headers)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers["X-Forwarded-For"] = new StringValues(headers);
        return CallerAddress.Of(context.Request, hop);
    }
}
