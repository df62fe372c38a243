using System.Security.Cryptography;
using System.Text;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Secrets;

namespace Psoxy.Gcp.Identity;

/// <summary>The certificate of this deployment, if it signs in with one: read once, and kept. A failure is not kept.</summary>
internal sealed class CertificateSource(ProxyOptions options, ISecretVersions versions) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private ClientCertificate? _certificate;

    /// <summary>Whether there is to be one; else the service account's identity token is the credential.</summary>
    public bool IsUsed => options.ClientCertificate.Length > 0;

    public async Task<Attempt<ClientCertificate>> GetAsync(CancellationToken cancellationToken)
    {
        if (_certificate is { } known) return known;
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_certificate is { } made) return made;
            if ((await ReadAsync(cancellationToken)).Or(out var certificate) is { } fault) return fault;
            return _certificate = certificate;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _certificate?.Dispose();
        _one.Dispose();
    }

    // What is not a version's name is the text, which the platform has injected.
    private async Task<Attempt<ClientCertificate>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!options.ClientCertificate.StartsWith("projects/", StringComparison.Ordinal)) return ClientCertificate.Read(options.ClientCertificate);
        if ((await versions.AccessAsync(options.ClientCertificate, cancellationToken)).Or(out var data) is { } unread) return unread;
        var text = new char[Encoding.UTF8.GetMaxCharCount(data.Length)];
        try
        {
            return ClientCertificate.Read(text.AsSpan(0, Encoding.UTF8.GetChars(data, text)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(data);
            Array.Clear(text);
        }
    }
}
