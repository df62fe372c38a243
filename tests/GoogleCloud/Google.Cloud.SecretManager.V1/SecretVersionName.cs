using System.Diagnostics.CodeAnalysis;

namespace Google.Cloud.SecretManager.V1;

/// <summary>Resource name of a secret's version, with or without a location.</summary>
public sealed class SecretVersionName
{
    /// <summary>A name without a location.</summary>
    /// <param name="projectId">Id or number.</param>
    /// <param name="secretId">Id.</param>
    /// <param name="secretVersionId">Number, <c>latest</c> or an alias.</param>
    public SecretVersionName(string projectId, string secretId, string secretVersionId) => (ProjectId, SecretId, SecretVersionId) = (projectId, secretId, secretVersionId);

    /// <summary>Id or number of the project.</summary>
    public string ProjectId { get; }

    /// <summary>The region, of regional secrets.</summary>
    public string? LocationId { get; private init; }

    /// <summary>Id of the secret.</summary>
    public string SecretId { get; }

    /// <summary>Number, <c>latest</c> or an alias.</summary>
    public string SecretVersionId { get; }

    /// <summary>A name with a location.</summary>
    /// <param name="projectId">Id or number.</param>
    /// <param name="locationId">Region.</param>
    /// <param name="secretId">Id.</param>
    /// <param name="secretVersionId">Number, <c>latest</c> or an alias.</param>
    public static SecretVersionName FromProjectLocationSecretSecretVersion(string projectId, string locationId, string secretId, string secretVersionId) =>
        new(projectId, secretId, secretVersionId) { LocationId = locationId };

    /// <summary>Reads a resource name.</summary>
    /// <param name="secretVersionName">The name.</param>
    /// <param name="result">What it says.</param>
    public static bool TryParse(string secretVersionName, [NotNullWhen(true)] out SecretVersionName? result)
    {
        result = secretVersionName.Split('/') switch
        {
            ["projects", { Length: > 0 } project, "secrets", { Length: > 0 } secret, "versions", { Length: > 0 } version] => new(project, secret, version),
            ["projects", { Length: > 0 } project, "locations", { Length: > 0 } location, "secrets", { Length: > 0 } secret, "versions", { Length: > 0 } version] =>
                FromProjectLocationSecretSecretVersion(project, location, secret, version),
            _ => null,
        };
        return result is not null;
    }

    /// <summary>Reads a resource name.</summary>
    /// <param name="secretVersionName">The name.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static SecretVersionName Parse(string secretVersionName) =>
        TryParse(secretVersionName, out var result) ? result : throw new FormatException("The given resource name is not a secret version's.");

    /// <summary>The resource name.</summary>
    public override string ToString() => LocationId is null
        ? $"projects/{ProjectId}/secrets/{SecretId}/versions/{SecretVersionId}"
        : $"projects/{ProjectId}/locations/{LocationId}/secrets/{SecretId}/versions/{SecretVersionId}";
}
