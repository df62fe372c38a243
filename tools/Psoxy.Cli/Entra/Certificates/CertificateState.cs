namespace Psoxy.Cli.Entra.Certificates;

/// <summary>A connector's certificates as Entra, Secret Manager and psoxy.yaml have them.</summary>
/// <param name="Application">The application.</param>
/// <param name="Wanted">What psoxy.yaml says.</param>
/// <param name="Versions">Of the secret.</param>
/// <param name="Now">By whose time they expire.</param>
internal sealed record CertificateState(TenantApplication Application, WantedCertificate Wanted, IReadOnlyList<SecretVersion> Versions, DateTimeOffset Now)
{
    /// <summary>Ours in Entra, with the version that holds the key of each; oldest first.</summary>
    public IReadOnlyList<(int Version, TenantCertificate Certificate)> Registered { get; } =
        [.. Application.Certificates.Select(certificate => (Version: Wanted.VersionOf(certificate), certificate)).Where(pair => pair.Version is not null).Select(pair => (pair.Version!.Value, pair.certificate)).OrderBy(pair => pair.Value)];

    /// <summary>The one that psoxy.yaml names, if a function can sign in with it.</summary>
    public (int Version, TenantCertificate Certificate)? InUse => Find(pair => Wanted.IsInUse(pair.Certificate));

    /// <summary>One that is made and that psoxy.yaml does not name yet: a run broke off before its last step.</summary>
    public (int Version, TenantCertificate Certificate)? Next => Find(pair => pair.Version > (NumberInUse ?? 0));

    /// <summary>Others than the one in use that are still accepted.</summary>
    public IEnumerable<(int Version, TenantCertificate Certificate)> Others => Registered.Where(pair => !Wanted.IsInUse(pair.Certificate) && IsUsable(pair));

    private int? NumberInUse => Wanted.InUse is { } name && int.TryParse(name.Split('/')[^1], out var number) ? number : null;

    /// <summary>Whether its key can be read and Entra accepts it.</summary>
    public bool IsUsable((int Version, TenantCertificate Certificate) pair) => !pair.Certificate.IsExpired(Now) && Versions.Any(version => version.Number == pair.Version && version.IsEnabled);

    private (int Version, TenantCertificate Certificate)? Find(Func<(int Version, TenantCertificate Certificate), bool> matches) =>
        Registered.Where(pair => matches(pair) && IsUsable(pair)).Select(pair => ((int, TenantCertificate)?)pair).LastOrDefault();
}
