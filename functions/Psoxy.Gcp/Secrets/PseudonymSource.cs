using System.Security.Cryptography;
using System.Text;
using Psoxy.Core.Pseudonyms;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Secrets;

/// <summary>The pseudonymizer of this deployment: salt and key are read once, at the same time, and kept. A failure is not kept.</summary>
internal sealed class PseudonymSource(ProxyOptions options, ISecretVersions versions) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private Pseudonymizer? _pseudonymizer;

    /// <summary>What looks wrong with salt and key, once they are there.</summary>
    public SecretReview Review { get; private set; } = SecretReview.None;

    public async Task<Attempt<Pseudonymizer>> GetAsync(CancellationToken cancellationToken)
    {
        if (_pseudonymizer is { } known) return known;
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_pseudonymizer is { } made) return made;
            var saltTask = ReadAsync(options.Salt, cancellationToken);
            var keyTask = ReadAsync(options.EncryptionKey, cancellationToken);
            await Task.WhenAll(saltTask, keyTask);
            if ((await saltTask).Or(out var salt) is { } saltless) return saltless;
            if ((await keyTask).Or(out var key) is { } keyless) return keyless;
            if (salt.Length == 0 || key.Length == 0) return new ProxyFault(ProxyError.ConfigurationFailure, "The salt or the encryption key is empty.");
            Review = SecretReview.Of(salt, key);
            _pseudonymizer = new Pseudonymizer(PseudonymKey.Create(salt, key), options.Pseudonyms);
            CryptographicOperations.ZeroMemory(salt);
            CryptographicOperations.ZeroMemory(key);
            return _pseudonymizer;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _pseudonymizer?.Dispose();
        _one.Dispose();
    }

    // What is not a version's name is the value, which the platform has injected.
    private async Task<Attempt<byte[]>> ReadAsync(string configured, CancellationToken cancellationToken) =>
        configured.StartsWith("projects/", StringComparison.Ordinal) ? await versions.AccessAsync(configured, cancellationToken) : Encoding.UTF8.GetBytes(configured);
}
