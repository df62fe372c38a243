using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Identity;

/// <summary>
/// Certificate and private key of the connector's application, for tenants that allow no federated credential. The key has no way out: it only signs, for MSAL.
/// </summary>
internal sealed class ClientCertificate : IDisposable
{
    private const string Expected = "CLIENT_CERTIFICATE must hold a certificate and its private key as PEM, RSA of at least 2048 bits, as 'psoxy entra certificate create' stores them.";
    private const int LeastBits = 2048;

    private readonly X509Certificate2 _certificate;

    private ClientCertificate(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>As Entra admin center shows it, and Graph as <c>customKeyIdentifier</c>.</summary>
    public string Thumbprint => _certificate.Thumbprint;

    public DateTimeOffset NotBefore => _certificate.NotBefore;

    public DateTimeOffset NotAfter => _certificate.NotAfter;

    /// <summary>Reads both out of one text. Of what is wrong with it only our own words are told.</summary>
    public static Attempt<ClientCertificate> Read(ReadOnlySpan<char> pem)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPem(pem, pem);
            using var key = certificate.GetRSAPrivateKey();
            if (key?.KeySize >= LeastBits) return new ClientCertificate(certificate);
            certificate.Dispose();
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            // Its text may say what it stumbled over.
        }

        return new ProxyFault(ProxyError.ConfigurationFailure, Expected);
    }

    /// <summary>Lets MSAL sign with it: PS256, and no chain, since Entra knows the certificate itself.</summary>
    public ConfidentialClientApplicationBuilder ApplyTo(ConfidentialClientApplicationBuilder builder) => builder.WithCertificate(_certificate, sendX5C: false);

    public void Dispose() => _certificate.Dispose();

    public override string ToString() => nameof(ClientCertificate);
}
