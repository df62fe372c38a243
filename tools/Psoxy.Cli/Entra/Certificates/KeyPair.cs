using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Psoxy.Cli.Entra.Certificates;

/// <summary>
/// A new private key with a certificate that it signed itself. The key is made in this process's memory and leaves it once, as bytes for a pipe; it has no getter and is
/// wiped.
/// </summary>
internal sealed class KeyPair : IDisposable
{
    // 128 bits of security, and a size that every library signs and verifies with.
    private const int Bits = 3072;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly byte[] _pem;

    private KeyPair(byte[] pem, X509Certificate2 certificate) => (_pem, Certificate, Thumbprint, NotAfter) = (pem, certificate.RawData, certificate.Thumbprint, certificate.NotAfter);

    /// <summary>The certificate, which is public.</summary>
    public byte[] Certificate { get; }

    /// <summary>SHA-1, by which Entra's pages name it.</summary>
    public string Thumbprint { get; }

    public DateTimeOffset NotAfter { get; }

    /// <param name="name">Common name.</param>
    /// <param name="days">For how long.</param>
    /// <param name="now">From when, less a little for others' clocks.</param>
    public static KeyPair Make(string name, int days, DateTimeOffset now)
    {
        using var key = RSA.Create(Bits);
        var request = new CertificateRequest(new X500DistinguishedName($"CN={name}"), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        var begin = now - ClockSkew;
        using var certificate = request.CreateSelfSigned(begin, begin.AddDays(days));
        return new(Pem(certificate, key), certificate);
    }

    /// <summary>Hands certificate and key over, as one PEM text.</summary>
    public Task<T> StoreAsync<T>(Func<ReadOnlyMemory<byte>, Task<T>> store) => store(_pem);

    public void Dispose() => CryptographicOperations.ZeroMemory(_pem);

    public override string ToString() => nameof(KeyPair);

    private static byte[] Pem(X509Certificate2 certificate, RSA key)
    {
        var pkcs8 = key.ExportPkcs8PrivateKey();
        var secret = PemEncoding.Write("PRIVATE KEY", pkcs8);
        try
        {
            var open = Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n");
            var pem = new byte[open.Length + secret.Length + 1];
            open.CopyTo(pem, 0);
            Encoding.ASCII.GetBytes(secret, pem.AsSpan(open.Length));
            pem[^1] = (byte)'\n';
            return pem;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
            Array.Clear(secret);
        }
    }
}
