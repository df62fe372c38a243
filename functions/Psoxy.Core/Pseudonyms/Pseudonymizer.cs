using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Psoxy.Core.Pseudonyms;

/// <summary>Makes pseudonyms and reverses the reversible ones, byte for byte as the Java original does (rules-language section 6). Thread-safe.</summary>
public sealed class Pseudonymizer : IDisposable
{
    private const int HashBytes = SHA256.HashSizeInBytes;
    private const int MaxOnStack = 512;
    private const string FingerprintPepper = "f33c366c-ae91-4819-b221-f9794ebb8145";

    private readonly PseudonymKey _key;
    private readonly PseudonymOptions _options;
    private readonly PseudonymCache _cache = new();

    /// <summary>Owns the key from here on.</summary>
    public Pseudonymizer(PseudonymKey key, PseudonymOptions options)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(options);
        (_key, _options) = (key, options);
        SaltFingerprint = Fingerprint(key.Salt);
    }

    /// <summary>Tells whether two deployments share a salt without telling the salt: the value of <c>X-Psoxy-PII-Salt-Sha256</c>.</summary>
    public string SaltFingerprint { get; }

    /// <summary>The pseudonym of an identifier.</summary>
    /// <param name="value">As received. Its canonical form decides the hash; its exact text is what a reversible one gives back.</param>
    /// <param name="encoding">How it is written.</param>
    /// <param name="includeOriginal">Whether <see cref="PseudonymEncoding.Json"/> carries the value in the clear.</param>
    /// <param name="includeReversible">Whether who holds the key can reverse it.</param>
    public string Pseudonymize(string value, PseudonymEncoding encoding, bool includeOriginal = false, bool includeReversible = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Make(value, EmailAddress.TryParse(value, out var email) ? email : null, encoding, includeOriginal, includeReversible);
    }

    /// <summary>The pseudonym of an address that has been read already; it cannot be reversed.</summary>
    internal string PseudonymizeAddress(EmailAddress address, PseudonymEncoding encoding) => Make("", address, encoding, includeOriginal: false, includeReversible: false);

    /// <summary><see cref="Pseudonymize"/> for the sanitizer's hot path: UTF-8 in, a quoted JSON string out, remembered.</summary>
    /// <param name="valueUtf8">The unescaped value; valid UTF-8.</param>
    /// <param name="encoding">See <see cref="Pseudonymize"/>.</param>
    /// <param name="includeOriginal">See <see cref="Pseudonymize"/>.</param>
    /// <param name="includeReversible">See <see cref="Pseudonymize"/>.</param>
    /// <returns>Shared: not to be changed.</returns>
    internal byte[] PseudonymizeToJson(ReadOnlySpan<byte> valueUtf8, PseudonymEncoding encoding, bool includeOriginal, bool includeReversible)
    {
        _ = _key.Salt.Length;
        var kind = PseudonymCache.Kind(encoding, includeOriginal, includeReversible);
        if (_cache.TryGet(kind, valueUtf8, out var known)) return known;
        var made = PseudonymJson.Quote(Pseudonymize(Encoding.UTF8.GetString(valueUtf8), encoding, includeOriginal, includeReversible));
        _cache.Add(kind, valueUtf8, made);
        return made;
    }

    /// <summary>A reversible token of the exact text, without a canonical form.</summary>
    public string Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> hash = stackalloc byte[HashBytes];
        Hash(text, hash);
        return Token(hash, text, reversible: true);
    }

    /// <summary>A one-way token of the exact text (<c>t~…</c>), without a canonical form.</summary>
    public string HashToken(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> hash = stackalloc byte[HashBytes];
        Hash(text, hash);
        return Token(hash, text, reversible: false);
    }

    /// <summary>What a reversible token stands for.</summary>
    /// <param name="token">One token, <c>p~…</c> with or without <c>@domain</c>.</param>
    /// <param name="original">The value as it was received.</param>
    /// <returns>False if it does not decrypt under our key, or its hash does not belong to what it decrypts to.</returns>
    public bool TryReverse(ReadOnlySpan<char> token, out string original)
    {
        original = "";
        if (!token.StartsWith(TokenPattern.ReversiblePrefix)) return false;
        var body = token[TokenPattern.ReversiblePrefix.Length..];
        var at = body.IndexOf('@');
        if (at >= 0) body = body[..at];

        // The decoder by itself passes over blanks and padding: many spellings of one token.
        if (body.Length is < TokenPattern.MinBodyLength or > TokenPattern.MaxBodyLength || !TokenPattern.IsBody(body) || !Base64Url.IsValid(body)) return false;

        // A token has one spelling: no padding, no blanks, nothing in the last character's spare bits.
        var bytes = Base64Url.DecodeFromChars(body);
        if (!body.SequenceEqual(Base64Url.EncodeToString(bytes))) return false;
        if (bytes.Length <= HashBytes || (bytes.Length - HashBytes) % 16 != 0) return false;
        var hash = bytes.AsSpan(0, HashBytes);
        if (!TryDecrypt(hash, bytes.AsSpan(HashBytes), out var text)) return false;

        Span<byte> expected = stackalloc byte[HashBytes];
        Hash(text, expected);
        var exact = CryptographicOperations.FixedTimeEquals(hash, expected);
        var canonical = false;
        if (EmailAddress.TryParse(text, out var email))
        {
            Hash(email.Canonical(_options.Canonicalization), expected);
            canonical = CryptographicOperations.FixedTimeEquals(hash, expected);
        }

        if (!exact && !canonical) return false;
        original = text;
        return true;
    }

    /// <summary>Forgets the cache and zeroes the key.</summary>
    public void Dispose()
    {
        _cache.Clear();
        _key.Dispose();
    }

    private static string Fingerprint(ReadOnlySpan<byte> salt)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(salt);
        sha.AppendData(Encoding.UTF8.GetBytes(FingerprintPepper));
        return Convert.ToBase64String(sha.GetHashAndReset()).TrimEnd('=').Replace('/', '_').Replace('+', '.');
    }

    private string Make(string value, EmailAddress? email, PseudonymEncoding encoding, bool includeOriginal, bool includeReversible)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        Hash(email?.Canonical(_options.Canonicalization) ?? value, hash);
        if (encoding == PseudonymEncoding.UrlSafeHashOnly) return Base64Url.EncodeToString(hash);
        var domain = email is { } address ? ShownDomain(address) : null;
        var suffix = domain is null ? "" : "@" + domain;
        return encoding switch
        {
            PseudonymEncoding.UrlSafeToken => Token(hash, value, includeReversible) + suffix,
            PseudonymEncoding.Json => PseudonymJson.Write(
                domain,
                Base64Url.EncodeToString(hash),
                includeOriginal ? value : null,
                includeReversible ? Token(hash, value, reversible: true) + suffix : null),
            _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
        };
    }

    private void Hash(string text, Span<byte> hash)
    {
        var salt = _key.Salt;
        var length = Encoding.UTF8.GetByteCount(text);
        if (length + salt.Length > MaxOnStack) HashParts(text, salt, hash);
        else
        {
            Span<byte> buffer = stackalloc byte[MaxOnStack];
            Encoding.UTF8.GetBytes(text, buffer);
            salt.CopyTo(buffer[length..]);
            SHA256.HashData(buffer[..(length + salt.Length)], hash);
            CryptographicOperations.ZeroMemory(buffer);
        }

        _key.ThrowIfDisposed();
    }

    // A buffer on the heap could leave copies of the salt behind when it is moved.
    private static void HashParts(string text, ReadOnlySpan<byte> salt, Span<byte> hash)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Encoding.UTF8.GetBytes(text));
        sha.AppendData(salt);
        sha.GetHashAndReset(hash);
    }

    private string Token(ReadOnlySpan<byte> hash, string text, bool reversible)
    {
        if (!reversible) return TokenPattern.HashPrefix + Base64Url.EncodeToString(hash);
        var plain = Encoding.UTF8.GetBytes(text);
        using var aes = _key.CreateAes();
        var cipher = aes.EncryptCbc(plain, hash[..16]);
        var both = new byte[HashBytes + cipher.Length];
        hash.CopyTo(both);
        cipher.CopyTo(both, HashBytes);
        return TokenPattern.ReversiblePrefix + Base64Url.EncodeToString(both);
    }

    private bool TryDecrypt(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> cipher, out string text)
    {
        text = "";
        using var aes = _key.CreateAes();
        try
        {
            var plain = aes.DecryptCbc(cipher, hash[..16]);
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(plain);
            return true;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            // Padding or text is wrong: not a token of ours.
            return false;
        }
    }

    private string? ShownDomain(EmailAddress address) => _options.DomainHandling switch
    {
        EmailDomainHandling.Preserve => address.Host,
        EmailDomainHandling.Tokenize => "h~" + HashToken(address.Domain)[2..],
        EmailDomainHandling.Encrypt => "e~" + Tokenize(address.Domain)[2..],
        _ => null,
    };
}
