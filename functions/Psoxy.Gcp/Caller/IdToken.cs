using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;

namespace Psoxy.Gcp.Caller;

/// <summary>
/// An ID token's claims, read strictly; not verified. Stricter than the library that verifies the signature, which ignores the key's id, unknown algorithms' keys, unused bits
/// of base64, names that occur twice, and <c>nbf</c>. Says nothing when it is written out.
/// </summary>
internal sealed class IdToken
{
    /// <summary>Google's own libraries read no longer ones.</summary>
    public const int MaxLength = 10_000;

    private const string RemovedSignature = "SIGNATURE_REMOVED_BY_GOOGLE";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    // They bring a key, or make the token something else: a critical extension, an unencoded or compressed payload, a token within, encryption.
    private static readonly ImmutableArray<string> RefusedHeaders = ["crit", "jwk", "jku", "x5c", "x5u", "b64", "zip", "cty", "enc"];

    private IdToken()
    {
    }

    public required string Issuer { get; init; }

    /// <summary>All of them; at least one.</summary>
    public required ImmutableArray<string> Audiences { get; init; }

    /// <summary>The caller's unique id.</summary>
    public required string Subject { get; init; }

    /// <summary><c>null</c> unless Google says that it is verified.</summary>
    public required string? VerifiedEmail { get; init; }

    /// <summary>Unix time in seconds.</summary>
    public required long IssuedAt { get; init; }

    /// <summary>Unix time in seconds.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>Unix time in seconds; zero if it is not told.</summary>
    public required long NotBefore { get; init; }

    /// <summary>The token, or why it is none.</summary>
    public static (IdToken? Token, CallerVerdict Verdict) Read(string text)
    {
        if (text.Length > MaxLength) return (null, CallerVerdict.TooLong);
        var parts = text.Split('.');
        if (parts.Length != 3) return (null, CallerVerdict.Malformed);
        if (parts[2] == RemovedSignature) return (null, CallerVerdict.SignatureRemoved);
        if (Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } payload || Decode(parts[2]) is null) return (null, CallerVerdict.Malformed);
        try
        {
            using var head = JsonDocument.Parse(header, Strict);
            using var claims = JsonDocument.Parse(payload, Strict);
            if (head.RootElement.ValueKind != JsonValueKind.Object || claims.RootElement.ValueKind != JsonValueKind.Object) return (null, CallerVerdict.Malformed);
            if (!IsGoogles(head.RootElement)) return (null, CallerVerdict.UnknownHeader);
            return Read(claims.RootElement) is { } token ? (token, CallerVerdict.Undecided) : (null, CallerVerdict.Malformed);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The second: text that is not UTF-8, or half a surrogate pair.
            return (null, CallerVerdict.Malformed);
        }
    }

    public override string ToString() => nameof(IdToken);

    private static bool IsGoogles(JsonElement header) =>
        Text(header, "alg") == "RS256"
        && Text(header, "kid") is { Length: > 0 }
        && (!header.TryGetProperty("typ", out _) || Text(header, "typ") == "JWT")
        && !RefusedHeaders.Any(name => header.TryGetProperty(name, out _));

    private static IdToken? Read(JsonElement claims)
    {
        var audiences = Recipients(claims);
        if (Text(claims, "iss") is not { } issuer || Text(claims, "sub") is not { Length: > 0 } subject || audiences.IsEmpty) return null;
        if (Seconds(claims, "iat") is not { } issuedAt || Seconds(claims, "exp") is not { } expiresAt) return null;
        var notBefore = claims.TryGetProperty("nbf", out _) ? Seconds(claims, "nbf") : 0;
        if (notBefore is null) return null;
        var isVerified = claims.TryGetProperty("email_verified", out var verified) && verified.ValueKind == JsonValueKind.True;
        return new IdToken
        {
            Issuer = issuer,
            Audiences = audiences,
            Subject = subject,
            VerifiedEmail = isVerified ? Text(claims, "email") : null,
            IssuedAt = issuedAt,
            ExpiresAt = expiresAt,
            NotBefore = notBefore.Value,
        };
    }

    private static ImmutableArray<string> Recipients(JsonElement claims)
    {
        if (Text(claims, "aud") is { } one) return [one];
        if (!claims.TryGetProperty("aud", out var many) || many.ValueKind != JsonValueKind.Array) return [];
        return many.EnumerateArray().All(each => each.ValueKind == JsonValueKind.String) ? [.. many.EnumerateArray().Select(each => each.GetString()!)] : [];
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Seconds(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is >= 0 and < 1L << 40 ? seconds : null;

    // One spelling only: what decodes to the same bytes in another way, with padding, blanks or unused bits, is not what was signed.
    private static byte[]? Decode(string part)
    {
        if (part.Length == 0 || !Base64Url.IsValid(part)) return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        if (Base64Url.DecodeFromChars(part, bytes, out _, out var length) != OperationStatus.Done) return null;
        return Base64Url.EncodeToString(bytes.AsSpan(0, length)) == part ? bytes[..length] : null;
    }
}
