using Psoxy.Core.Pseudonyms;

namespace Psoxy.Core.Tests.Pseudonyms;

public sealed class EmailAddressTests
{
    private static readonly string Padded = "\"" + new string('x', EmailAddress.MaxLength) + "\" <alice@contoso.com>";

    [TestCase("alice@contoso.com", "alice@contoso.com")]
    [TestCase("  Alice@Contoso.COM\r\n", "alice@contoso.com")]
    [TestCase("<alice@contoso.com>", "alice@contoso.com")]
    [TestCase("Alice J. Smith <alice@contoso.com>", "alice@contoso.com")]
    [TestCase("\"Smith, Alice (HR)\" <alice+news@contoso.com>", "alice@contoso.com")]
    [TestCase("alice@contoso.com (Alice Smith)", "alice@contoso.com")]
    [TestCase("alice@contoso.com(Alice \\) Smith)", "alice@contoso.com")]
    [TestCase("alice(Alice Smith)@contoso.com", "alice@contoso.com")]
    [TestCase("\"a b\"@contoso.com", "a b@contoso.com")]
    [TestCase("alice@[192.0.2.1]", "alice@[192.0.2.1]")]
    [TestCase("zoë@exämple.se", "zoë@exämple.se")]
    public void Reads_what_is_one_mailbox(string text, string canonical)
    {
        Assert.That(EmailAddress.TryParse(text, out var address), Is.True);
        Assert.That(address.Canonical(EmailCanonicalization.Strict), Is.EqualTo(canonical));
    }

    [TestCase("")]
    [TestCase("@")]
    [TestCase("alice")]
    [TestCase("alice@")]
    [TestCase("@contoso.com")]
    [TestCase("alice@contoso.com, bob@contoso.com")]
    [TestCase("alice@contoso.com bob@contoso.com")]
    [TestCase("alice@contoso.com\r\nBcc: bob@contoso.com")]
    [TestCase("alice@bob@contoso.com")]
    [TestCase("alice@contoso..com")]
    [TestCase("alice@contoso.com.")]
    [TestCase("alice@contoso.com (Alice")]
    [TestCase("Team: alice@contoso.com;")]
    [TestCase("alice@[192.0.2.1")]
    [TestCase("sip:alice@contoso.com")]
    [TestCase("thanks @bob", Description = "RFC 5322, section 3.4.1: no blanks around the @")]
    [TestCase("thanks@ bob")]
    [TestCase("alice@contoso.com. Bob", Description = "obs-domain")]
    [TestCase("alice@contoso .com")]
    [TestCase("alice@contoso(Bob).com")]
    [TestCase("Hi. alice@contoso.com")]
    [TestCase("al\u0000ice@contoso.com")]
    [TestCase("alice@con\u0007toso.com")]
    public void Refuses_what_is_none_or_more(string text) => Assert.That(EmailAddress.TryParse(text, out _), Is.False);

    [Test]
    public void Refuses_what_is_too_long() => Assert.That(EmailAddress.TryParse(Padded, out _), Is.False);

    // Whatever else stands for a domain is free text: it would go out in the clear behind the token.
    [TestCase("x@[Alice Smith]", "Alice")]
    [TestCase("x@contoso.com/Alice", "Alice")]
    [TestCase("x@contoso.com\uFF08Alice\uFF09", "Alice")]
    [TestCase("x@{Alice}", "Alice")]
    [TestCase("x@-Alice!", "Alice")]
    public void A_domain_that_is_no_host_is_not_shown(string text, string canary)
    {
        using var pseudonymizer = Make(EmailDomainHandling.Preserve);

        Assert.That(text, Does.Contain(canary));
        foreach (var encoding in Enum.GetValues<PseudonymEncoding>())
            Assert.That(pseudonymizer.Pseudonymize(text, encoding, includeReversible: true), Does.Not.Contain(canary));
    }

    [TestCase("x@contoso.com", "@contoso.com")]
    [TestCase("x@Sub_1.contoso-2.COM", "@Sub_1.contoso-2.COM")]
    [TestCase("x@exämple.se", "@exämple.se")]
    [TestCase("x@हिन्दी.भारत", "@हिन्दी.भारत")]
    public void A_host_is_shown_as_written_and_comes_back_with_its_token(string text, string suffix)
    {
        using var pseudonymizer = Make(EmailDomainHandling.Preserve);
        var token = pseudonymizer.Pseudonymize(text, PseudonymEncoding.UrlSafeToken, includeReversible: true);

        Assert.That(token, Does.EndWith(suffix));
        Assert.That(TokenPattern.TryFind("<" + token + ">", 0, out var start, out var length), Is.True);
        Assert.That((start, length), Is.EqualTo((1, token.Length)));
    }

    [TestCase(EmailDomainHandling.Preserve, "\"domain\":\"contoso.com\"")]
    [TestCase(EmailDomainHandling.Redact, null)]
    [TestCase(EmailDomainHandling.Tokenize, "\"domain\":\"h~")]
    [TestCase(EmailDomainHandling.Encrypt, "\"domain\":\"e~")]
    public void The_json_form_treats_the_domain_as_the_deployment_says(EmailDomainHandling handling, string? expected)
    {
        using var pseudonymizer = Make(handling);

        var json = pseudonymizer.Pseudonymize("alice@contoso.com", PseudonymEncoding.Json, includeReversible: true);

        Assert.That(json, expected is null ? Does.Not.Contain("domain") : Does.Contain(expected));
        if (handling != EmailDomainHandling.Preserve) Assert.That(json, Does.Not.Contain("contoso"));
    }

    private static Pseudonymizer Make(EmailDomainHandling handling) => new(PseudonymKey.Create("salt"u8, "secret"u8), new PseudonymOptions(DomainHandling: handling));
}
