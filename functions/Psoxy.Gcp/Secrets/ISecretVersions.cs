namespace Psoxy.Gcp.Secrets;

/// <summary>Where secrets are; a second implementation stands in for it in tests.</summary>
internal interface ISecretVersions
{
    /// <summary>A version's bytes, as stored.</summary>
    Task<Attempt<byte[]>> AccessAsync(string versionName, CancellationToken cancellationToken);
}
