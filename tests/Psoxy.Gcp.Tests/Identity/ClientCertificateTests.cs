using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Psoxy.Gcp.Identity;
using Psoxy.Gcp.Replies;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Identity;

/// <summary>What a certificate and its key may look like, and that nothing of the key comes out again.</summary>
public sealed class ClientCertificateTests
{
    private SignedCertificate _signed = null!;

    [OneTimeSetUp]
    public void Make() => _signed = SignedCertificate.Make();

    [OneTimeTearDown]
    public void Forget() => _signed.Dispose();

    [Test]
    public void Accepts_both_in_either_order_with_anything_around_them()
    {
        var (certificate, key) = (_signed.Certificate.ExportCertificatePem(), _signed.KeyPem);
        foreach (var pem in (string[])[_signed.Pem, $"{key}\n{certificate}", $"Bag Attributes\r\n{key}\r\n\r\n{certificate}\r\n", $"{certificate}\n{key}\n{certificate}"])
        {
            Assert.That(ClientCertificate.Read(pem).Or(out var read), Is.Null, pem);
            using (read) Assert.That((read.Thumbprint, read.ToString()), Is.EqualTo((_signed.Certificate.Thumbprint, nameof(ClientCertificate))));
        }
    }

    [Test]
    public void Accepts_the_older_form_of_the_key()
    {
        using var key = RSA.Create();
        key.ImportFromPem(_signed.KeyPem);

        Assert.That(ClientCertificate.Read(_signed.Certificate.ExportCertificatePem() + "\n" + key.ExportRSAPrivateKeyPem()).Or(out var read), Is.Null);
        read.Dispose();
    }

    [Test]
    public void Rejects_everything_else_with_what_is_expected_and_nothing_of_the_key()
    {
        using var other = SignedCertificate.Make();
        using var weak = SignedCertificate.Make(bits: 1024);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var elliptic = new CertificateRequest("CN=psoxy-test", curve, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        var (certificate, key) = (_signed.Certificate.ExportCertificatePem(), _signed.KeyPem);
        var rejected = new Dictionary<string, string>
        {
            ["empty"] = "",
            ["certificate only"] = certificate,
            ["key only"] = key,
            ["key of another"] = certificate + "\n" + other.KeyPem,
            ["too short a key"] = weak.Pem,
            ["no RSA"] = elliptic.ExportCertificatePem() + "\n" + curve.ExportPkcs8PrivateKeyPem(),
            ["cut key"] = certificate + "\n" + key[..(key.Length / 2)],
            ["key with a line missing"] = certificate + "\n" + key.Replace(_signed.KeyLines[5] + "\n", "", StringComparison.Ordinal),
            ["in one line"] = _signed.Pem.ReplaceLineEndings(""),
            ["escaped line breaks"] = _signed.Pem.Replace("\n", "\\n", StringComparison.Ordinal),
        };
        foreach (var (what, pem) in rejected)
        {
            var fault = ClientCertificate.Read(pem).Or(out _);
            if (what is "in one line" && fault is null) continue; // white space means nothing in PEM
            Assert.That((fault?.Error, fault?.Message), Is.EqualTo(((ProxyError?)ProxyError.ConfigurationFailure, (string?)"CLIENT_CERTIFICATE must hold a certificate and its private key as PEM, RSA of at least 2048 bits, as 'psoxy entra certificate create' stores them.")), what);
        }
    }
}
