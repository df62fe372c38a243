using Psoxy.Gcp.Health;

namespace Psoxy.Gcp.Tests.Health;

/// <summary>What a health check says of a certificate, by the days that it has left.</summary>
public sealed class CertificateReviewTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2026, 12, 31, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Is_always_warned_of()
    {
        var review = Of(End.AddDays(-31));

        Assert.That(review.WhatToDo, Is.Null);
        Assert.That(review.Warnings, Is.EqualTo(["The function signs in to Entra with a certificate (AB12, until 2026-12-31), whose private key can be copied. A federated credential has none: use one as soon as the tenant allows it."]));
    }

    [TestCase(30.0, "30 days")]
    [TestCase(29.9, "29 days")]
    [TestCase(1.5, "1 day")]
    [TestCase(0.5, "less than a day")]
    [TestCase(0.0, "less than a day")]
    public void Is_warned_of_first_in_its_last_thirty_days(double days, string left)
    {
        var review = Of(End.AddDays(-days));

        Assert.That(review.WhatToDo, Is.Null);
        Assert.That(review.Warnings[0], Is.EqualTo($"The certificate AB12 expires in {left}, on 2026-12-31; after that nothing is collected: make the next one (psoxy entra certificate rotate --connector msft-teams), deploy, then retire this one."));
        Assert.That(review.Warnings, Has.Count.EqualTo(2));
    }

    [Test]
    public void Is_a_problem_once_it_has_expired()
    {
        var review = Of(End.AddSeconds(1));

        Assert.That(review.WhatToDo, Is.EqualTo("The certificate AB12 expired on 2026-12-31: make the next one (psoxy entra certificate rotate --connector msft-teams), deploy, then retire this one."));
        Assert.That(review.Warnings, Has.Count.EqualTo(1), "what is a problem is not warned of as well");
    }

    [Test]
    public void Is_a_problem_before_it_is_good() => Assert.That(Of(Begin.AddSeconds(-1)).WhatToDo, Does.StartWith("The certificate AB12 is good only from 2026-01-01 00:00:00Z"));

    private static CertificateReview Of(DateTimeOffset now) => CertificateReview.Of("AB12", Begin, End, now, "msft-teams");
}
