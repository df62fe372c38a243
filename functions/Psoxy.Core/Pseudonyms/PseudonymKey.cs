using System.Security.Cryptography;

namespace Psoxy.Core.Pseudonyms;

/// <summary>The salt and the AES key that make pseudonyms. There is no way to read them out; disposing zeroes them.</summary>
public sealed class PseudonymKey : IDisposable
{
    private const int Iterations = 65_536;
    private const int AesKeyBytes = 32;

    // Pinned, so that the garbage collector leaves no copies behind when it compacts.
    private readonly byte[] _salt;
    private readonly byte[] _aesKey;
    private volatile bool _disposed;

    private PseudonymKey(byte[] salt, byte[] aesKey) => (_salt, _aesKey) = (salt, aesKey);

    /// <summary>Derives the AES key: PBKDF2-HMAC-SHA256 of key and salt, 65,536 iterations, 32 bytes.</summary>
    /// <param name="saltUtf8">The salt, byte for byte as stored. Not empty.</param>
    /// <param name="keyUtf8">The key, byte for byte as stored. Not empty.</param>
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    public static PseudonymKey Create(ReadOnlySpan<byte> saltUtf8, ReadOnlySpan<byte> keyUtf8)
    {
        if (saltUtf8.IsEmpty) throw new ArgumentException("The salt is empty.", nameof(saltUtf8));
        if (keyUtf8.IsEmpty) throw new ArgumentException("The key is empty.", nameof(keyUtf8));
        var salt = GC.AllocateUninitializedArray<byte>(saltUtf8.Length, pinned: true);
        saltUtf8.CopyTo(salt);
        var aesKey = GC.AllocateUninitializedArray<byte>(AesKeyBytes, pinned: true);
        Rfc2898DeriveBytes.Pbkdf2(keyUtf8, saltUtf8, aesKey, Iterations, HashAlgorithmName.SHA256);
        return new(salt, aesKey);
    }

    /// <summary>Valid until this is disposed.</summary>
    internal ReadOnlySpan<byte> Salt
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _salt;
        }
    }

    /// <summary>A new AES with the key set, to be disposed by the caller.</summary>
    internal Aes CreateAes()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var aes = Aes.Create();
        aes.SetKey(_aesKey);
        try
        {
            ThrowIfDisposed();
            return aes;
        }
        catch (ObjectDisposedException)
        {
            aes.Dispose();
            throw;
        }
    }

    /// <summary>
    /// To be called after salt or key have been used: what was made while another thread zeroed them is made of zeroes, which everybody knows, and must not
    /// be given to anybody.
    /// </summary>
    /// <exception cref="ObjectDisposedException">They may have been zeroed.</exception>
    internal void ThrowIfDisposed()
    {
        // Reads of the salt stay before this, as zeroing stays behind the flag.
        Interlocked.MemoryBarrier();
        ObjectDisposedException.ThrowIf(_disposed, this);
    }

    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(PseudonymKey);

    /// <summary>Zeroes salt and key.</summary>
    public void Dispose()
    {
        _disposed = true;
        Interlocked.MemoryBarrier();
        CryptographicOperations.ZeroMemory(_salt);
        CryptographicOperations.ZeroMemory(_aesKey);
    }
}
