using System.Collections.Immutable;
using Psoxy.Gcp.Identity;
using Psoxy.Gcp.Secrets;

namespace Psoxy.Gcp.Health;

/// <summary>What a health check found beside what is configured.</summary>
internal sealed record HealthReport
{
    public required ImmutableArray<Check> Checks { get; init; }

    /// <summary>Of the salt; <c>null</c> if it could not be read.</summary>
    public string? SaltFingerprint { get; init; }

    public SecretReview Secrets { get; init; } = SecretReview.None;

    /// <summary>The service account's: the subject of its federated credential.</summary>
    public string? ServiceAccountUniqueId { get; init; }

    /// <summary>With which the function signs in; <c>null</c> if it has a federated credential, or if it could not be read.</summary>
    public CertificateReview? Certificate { get; init; }

    public bool HasEntraToken { get; init; }

    /// <summary><c>null</c> without a token, or if it cannot be read.</summary>
    public RoleReview? Roles { get; init; }

    /// <summary>Where Entra refused.</summary>
    public EntraRefusal? Refusal { get; init; }

    /// <summary>What is no problem yet.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    public bool IsWell => Checks.All(check => check.Ok);
}
