using System.Globalization;

namespace Psoxy.Gcp.Health;

/// <summary>What may be said of the certificate with which a function signs in. That there is one is always warned of: a private key can be copied.</summary>
/// <param name="Thumbprint">As Entra admin center shows it.</param>
/// <param name="NotBefore">From when it is good.</param>
/// <param name="NotAfter">Until when.</param>
/// <param name="WhatToDo">Where it is not good now.</param>
/// <param name="Warnings">What is no problem yet.</param>
internal sealed record CertificateReview(string Thumbprint, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string? WhatToDo, IReadOnlyList<string> Warnings)
{
    // Time enough for somebody who needs another department's help with Entra.
    private static readonly TimeSpan Near = TimeSpan.FromDays(30);

    public static CertificateReview Of(string thumbprint, DateTimeOffset notBefore, DateTimeOffset notAfter, DateTimeOffset now, string connectorId)
    {
        (notBefore, notAfter) = (notBefore.ToUniversalTime(), notAfter.ToUniversalTime());
        var rotate = $"make the next one (psoxy entra certificate rotate --connector {connectorId}), deploy, then retire this one";
        var whatToDo = now > notAfter ? $"The certificate {thumbprint} expired on {Day(notAfter)}: {rotate}."
            : now < notBefore ? $"The certificate {thumbprint} is good only from {notBefore.ToString("u", CultureInfo.InvariantCulture)}: wait, or look at the check \"clock\"."
            : null;
        var soon = now <= notAfter && notAfter - now <= Near
            ? (string[])[$"The certificate {thumbprint} expires in {Days(notAfter - now)}, on {Day(notAfter)}; after that nothing is collected: {rotate}."]
            : [];
        return new(
            thumbprint,
            notBefore,
            notAfter,
            whatToDo,
            [.. soon, $"The function signs in to Entra with a certificate ({thumbprint}, until {Day(notAfter)}), whose private key can be copied. A federated credential has none: use one as soon as the tenant allows it."]);
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Days(TimeSpan time) => (int)time.TotalDays switch
    {
        0 => "less than a day",
        1 => "1 day",
        var days => $"{days} days",
    };
}
