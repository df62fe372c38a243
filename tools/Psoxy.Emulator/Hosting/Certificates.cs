using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Psoxy.Emulator.Hosting;

/// <summary>A certificate authority of this run's own, and a certificate for loopback. Trusted by who sets SSL_CERT_FILE to the authority's file.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("psoxy-emulator-");

    public Certificates()
    {
        var from = DateTimeOffset.UtcNow.AddMinutes(-5);
        var until = from.AddDays(2);
        using var caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ca = new CertificateRequest("CN=Psoxy emulator", caKey, HashAlgorithmName.SHA256);
        ca.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        ca.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        ca.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(ca.PublicKey, false));
        using var authority = ca.CreateSelfSigned(from, until);
        AuthorityFile = Path.Combine(_folder.FullName, "ca.pem");
        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());

        Server = Issue(authority, "localhost", from, until);
        OtherName = Issue(authority, "elsewhere.invalid", from, until);
        Expired = Issue(authority, "localhost", from, from.AddMinutes(1));
        using var strangerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ca = new CertificateRequest("CN=Nobody knows me", strangerKey, HashAlgorithmName.SHA256) { CertificateExtensions = { ca.CertificateExtensions[0], ca.CertificateExtensions[1] } };
        using var stranger = ca.CreateSelfSigned(from, until);
        UnknownAuthority = Issue(stranger, "localhost", from, until);
        Authority = X509CertificateLoader.LoadCertificate(authority.RawData);
    }

    public string AuthorityFile { get; }

    public X509Certificate2 Authority { get; }

    public X509Certificate2 Server { get; }

    /// <summary>For the right name, by an authority of its own.</summary>
    public X509Certificate2 UnknownAuthority { get; }

    public X509Certificate2 OtherName { get; }

    public X509Certificate2 Expired { get; }

    public void Dispose()
    {
        foreach (var certificate in (X509Certificate2[])[UnknownAuthority, OtherName, Expired]) certificate.Dispose();
        Server.Dispose();
        Authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost") names.AddIpAddress(IPAddress.Loopback);
        leaf.CertificateExtensions.Add(names.Build());
        leaf.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        leaf.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var signed = leaf.Create(authority, from, until, RandomNumberGenerator.GetBytes(12));
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
