using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace Psoxy.Gcp.Secrets;

/// <summary>What may be said of salt and key: nothing of what they hold. They are used as they are all the same, since data already collected depends on them.</summary>
/// <param name="IsSaltDefault">The salt is what templates and examples put there, so anybody can make the pseudonyms.</param>
/// <param name="Warnings">What looks like a mistake.</param>
internal sealed record SecretReview(bool IsSaltDefault, ImmutableArray<string> Warnings)
{
    private const int Short = 12;

    private static readonly FrozenSet<string> Defaults = FrozenSet.ToFrozenSet(
        [
            "salt", "key", "psoxy_salt", "psoxy-salt", "psoxy_encryption_key", "default", "test", "secret", "password", "changeme", "change-me", "change_me", "todo", "tbd",
            "placeholder", "fill me", "fillme", "replace me", "replaceme", "example", "none", "null",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Nothing is known.</summary>
    public static SecretReview None { get; } = new(false, []);

    public static SecretReview Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> key)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        Look("PSOXY_SALT", salt, warnings);
        Look("PSOXY_ENCRYPTION_KEY", key, warnings);
        if (salt.SequenceEqual(key)) warnings.Add("PSOXY_SALT and PSOXY_ENCRYPTION_KEY are the same: who learns one has both.");
        return new(IsDefault(salt), warnings.ToImmutable());
    }

    private static void Look(string name, ReadOnlySpan<byte> secret, ImmutableArray<string>.Builder warnings)
    {
        if (secret[^1] is (byte)'\n' or (byte)'\r')
            warnings.Add($"{name} ends with a line break, which is part of it. Keep it if data has been collected with it; else store it anew without (printf, not echo).");
        if (IsDefault(secret)) warnings.Add($"{name} is a placeholder that anybody can guess: store a random one before data is collected.");
        else if (secret.Length < Short) warnings.Add($"{name} is so short that it can be guessed: store a random one before data is collected.");
    }

    private static bool IsDefault(ReadOnlySpan<byte> secret) => secret.Length < 64 && Defaults.Contains(Encoding.UTF8.GetString(secret).Trim());
}
