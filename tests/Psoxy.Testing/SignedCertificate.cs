using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Psoxy.Testing;

/// <summary>A self-signed certificate with its key, as the function is given it.</summary>
public sealed class SignedCertificate : IDisposable
{
    private SignedCertificate(X509Certificate2 certificate, string keyPem) => (Certificate, KeyPem) = (certificate, keyPem);

    public X509Certificate2 Certificate { get; }

    public string KeyPem { get; }

    /// <summary>Both, as they are stored.</summary>
    public string Pem => Certificate.ExportCertificatePem() + "\n" + KeyPem + "\n";

    /// <summary>Lines of the key: what must never be seen anywhere.</summary>
    public IReadOnlyList<string> KeyLines => [.. KeyPem.Split('\n').Where(line => line.Length >= 16 && !line.StartsWith('-'))];

    /// <param name="days">From now until its end; negative where that is over.</param>
    /// <param name="bits">Of its key.</param>
    /// <param name="fromDays">From now until its beginning.</param>
    public static SignedCertificate Make(int days = 365, int bits = 2048, int fromDays = 0)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=psoxy-test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = DateTimeOffset.UtcNow;
        var begin = now.AddDays(Math.Min(fromDays, days - 1)).AddMinutes(-5);
        using var certificate = request.CreateSelfSigned(fromDays > 0 ? now.AddDays(fromDays) : begin, now.AddDays(days));
        return new(X509CertificateLoader.LoadCertificate(certificate.RawData), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>What of the key is in a text, or <c>null</c>.</summary>
    public string? FindIn(string text) => KeyLines.FirstOrDefault(line => text.Contains(line, StringComparison.Ordinal) || text.Contains(line[4..^4], StringComparison.Ordinal));

    public void Dispose() => Certificate.Dispose();
}
