using System.Globalization;

namespace Psoxy.Cli.Entra;

/// <summary>The certificates of a connector that may not have a federated credential. Their names in Entra tell which secret version holds the key of each.</summary>
/// <param name="Secret">Id of the secret.</param>
/// <param name="InUse">The version that psoxy.yaml names, <c>projects/…</c>; <c>null</c> where there is none yet.</param>
internal sealed record WantedCertificate(string Secret, string? InUse)
{
    private string Prefix => Secret + "/versions/";

    /// <summary>What the certificate of a version is called in Entra.</summary>
    public string NameOf(int version) => Prefix + version.ToString(CultureInfo.InvariantCulture);

    /// <summary>The version that a certificate belongs to; <c>null</c> if it is none of ours.</summary>
    public int? VersionOf(TenantCertificate certificate) =>
        certificate.DisplayName.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(certificate.DisplayName.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>Whether it is the one that psoxy.yaml names.</summary>
    public bool IsInUse(TenantCertificate certificate) => InUse is not null && VersionOf(certificate) is { } version && InUse.EndsWith("/secrets/" + NameOf(version), StringComparison.Ordinal);
}
